#include "runner/suite/width.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runner/casebook/case.h"
#include "runner/suite/probe.h"
#include "runner/suite/probe_answer.h"
#include "runner/suite/probe_cases.h"

namespace wsconform {
namespace {

constexpr std::size_t many = 16;
constexpr std::size_t few = 4;

// Once it is done with those held before.
bool serves_beside(Stage& stage, std::size_t held, double patience = 1) {
  probe_liveness(stage);
  return probe_liveness(stage, held, patience).speaks;
}

Width one_at_a_time(Fact why) {
  Width width;
  width.one_at_a_time = true;
  width.facts.push_back(std::move(why));
  return width;
}

}  // namespace

std::size_t served_at_once(Stage& stage, std::size_t wanted) {
  // Twice, for a target that was only slow.
  if (wanted <= 1 || probe_liveness(stage, wanted - 1).speaks || serves_beside(stage, wanted - 1))
    return std::max<std::size_t>(1, wanted);
  std::size_t served = 1;
  while (2 * served < wanted && serves_beside(stage, 2 * served - 1)) served *= 2;
  return served;
}

bool tells_others(Stage& stage, std::size_t connections) {
  const std::vector<Case> cases = cases_beside_others(connections);
  Order order{.jobs = connections};
  for (const Case& each : cases) order.tasks.push_back({&each, 1});
  const Played played = stage.play(std::move(order));
  return std::ranges::any_of(played.finished, [](const Finished& each) {
    return each.result.verdict == Verdict::fail && upgraded(each) && !each.outcome.timed_out &&
           !each.outcome.ended_by_target();
  });
}

Width find_width(Stage& stage, TargetKeeper& keeper, std::size_t jobs, std::size_t waiting) {
  const std::size_t wanted = std::max(many, jobs);
  // One that shows no work is asked for all of it at once.
  if (stage.profile().mute() && waiting > 0 &&
      probe_liveness(stage, wanted + waiting - 1, briefly(stage.pace())).speaks)
    return {.jobs = jobs, .several = true, .many = true, .waiting = waiting};
  if (keeper.exited()) keeper.revive();
  const std::size_t served = served_at_once(stage, wanted);
  if (keeper.exited()) keeper.revive();
  if (served >= few && stage.profile().echoes && tells_others(stage, few))
    return one_at_a_time({"messages of one connection", "go to all the others too", 0, ""});
  if (served == 1) return one_at_a_time({"connections served at once", "1", 0, ""});
  Width width{.jobs = jobs, .several = true, .many = served >= many};
  if (served == wanted) {
    // It is of use where it is easy. A target that ends at it is started again, and served as
    // before.
    if (waiting > 0 && serves_beside(stage, wanted + waiting - 1, briefly(stage.pace())))
      width.waiting = waiting;
    if (keeper.exited()) keeper.revive();
    return width;
  }
  width.jobs = std::clamp<std::size_t>(served / 2, 1, jobs);
  width.facts.push_back(
      {"connections served at once",
       fmt::format("at least {}, fewer than {}", served, std::min(2 * served, wanted)), 0, ""});
  return width;
}

void adopt(const Width& width, TargetProfile& profile) {
  profile.one_at_a_time = width.one_at_a_time;
  if (width.several) profile.features.insert("several-connections");
  if (width.many) profile.features.insert("many-connections");
}

}  // namespace wsconform
