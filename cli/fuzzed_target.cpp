#include "cli/fuzzed_target.h"

#include <fmt/format.h>

#include "cli/run_targets.h"
#include "core/handshake_fault.h"
#include "runner/suite/overlooked_fault.h"
#include "runner/suite/probe.h"
#include "runner/suite/target_unreachable.h"
#include "runner/suite/width.h"

namespace wsconform {
namespace {

// Each takes a few of the descriptors that we may have.
constexpr std::size_t at_most_waiting = 128;

// What it is like, into its profile; gives how many connections it serves at once, of so many.
Width get_to_know(Stage& stage, TargetKeeper& keeper, TargetProfile& profile, std::size_t jobs) {
  const ProbeResult found = probe(stage);
  if (!found.speaks)
    throw TargetUnreachable(fmt::format("{} cannot be fuzzed. {}", profile.url, found.reason));
  adopt(found, profile);
  Width width = find_width(stage, keeper, jobs, at_most_waiting);
  adopt(width, profile);
  return width;
}

}  // namespace

FuzzedTarget::FuzzedTarget(const DeclaredTarget& target, Duration patience, std::size_t at_once)
    : started(target.exec),
      time(started.loop),
      profile(profile_of(target, started.port)),
      pace(patience) {
  started.interrupts.on_first([this] { end(Stop::Kind::interrupted); });
  stage.emplace(started.loop, profile, pace, stop, started.process.get());
  keeper.emplace(*stage);
  if (const auto not_reached = keeper->start())
    throw TargetUnreachable(fmt::format("The command of --exec did not become reachable at {}: {}",
                                        profile.url, not_reached->why));
  const Width width = get_to_know(*stage, *keeper, profile, at_once);
  jobs = width.jobs;
  waiting = width.waiting;
  if (started.process) watch.emplace(*stage, std::chrono::seconds(10));
  if (watch) watch->begin_run();
}

void FuzzedTarget::end(Stop::Kind why) {
  stop.raise({why});
  if (stage) stage->cancel();
  if (beside != nullptr) beside->cancel();
}

void FuzzedTarget::end_by(Instant then) {
  time.expires_at(then);
  time.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) end(Stop::Kind::out_of_time);
  });
}

std::vector<std::string> FuzzedTarget::always_wrong() const {
  std::vector<std::string> sentences;
  for (const HandshakeRule& rule : handshake_rules()) {
    if (!profile.overlooked[static_cast<std::size_t>(rule.fault)]) continue;
    const Fact fact = fact_of(rule.fault, true);
    sentences.push_back(fact.name + ": " + fact.value);
  }
  return sentences;
}

ComparedTarget::ComparedTarget(FuzzedTarget& fuzzed, const DeclaredTarget& target,
                               std::size_t at_once)
    : profile(profile_of(target, 0)), pace(fuzzed.pace.patience()) {
  stage.emplace(fuzzed.started.loop, profile, pace, fuzzed.stop, nullptr);
  fuzzed.beside = &*stage;
  keeper.emplace(*stage);
  const Width width = get_to_know(*stage, *keeper, profile, at_once);
  jobs = width.jobs;
  waiting = width.waiting;
}

}  // namespace wsconform
