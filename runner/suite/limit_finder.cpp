#include "runner/suite/limit_finder.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "runner/casebook/case.h"
#include "runner/suite/probe_answer.h"

namespace wsconform {
namespace {

constexpr std::string_view target_gone = "the target died and did not come back";
constexpr Duration long_round = std::chrono::milliseconds(150);
constexpr Duration longest_try = std::chrono::milliseconds(500);
constexpr Duration short_try = std::chrono::milliseconds(50);

// A target that dies leaves such an end behind too.
bool may_be_a_death(const Finished& ended) {
  const Outcome& outcome = ended.outcome;
  return unreached(ended) || outcome.timed_out || outcome.cut_off() ||
         outcome.reaction.end == StreamEnd::reset;
}

}  // namespace

LimitFinder::LimitFinder(Stage& stage, TargetKeeper& keeper, LimitOptions options,
                         std::span<const LimitedQuantity> quantities)
    : stage_(stage), keeper_(keeper), options_(options) {
  for (const LimitedQuantity& each : quantities)
    searches_.push_back({&each, LimitSearch(range_of(each, options_.full))});
}

void LimitFinder::run() {
  const Instant last = stage_.now() + options_.time;
  for (Round round = searches_under_way(); !round.empty(); round = searches_under_way()) {
    if (stage_.stopped()) return stop_all("the run was stopped");
    if (stage_.now() >= last) return stop_all("its time was over");
    const auto others = std::ranges::partition(round, std::not_fn(&Search::by_itself));
    try_together({round.begin(), others.begin()});
    try_one_by_one({others.begin(), others.end()});
  }
}

void LimitFinder::try_together(const Round& round) {
  if (round.empty()) return;
  if (!try_side_by_side(round)) try_one_by_one(round);
}

// Of the next try, where time goes on to grow as it did: four times as much takes four times as
// long, or with the square of it. Zero where the size is not to grow.
Duration LimitFinder::expected(const Search& search) {
  if (search.search.found().refused) return {};
  constexpr Duration::rep linear = 4;
  constexpr Duration::rep square = 16;
  const Duration::rep grew = search.before > Duration::zero() ? search.latest / search.before : 0;
  return search.latest * std::clamp(grew, linear, square);
}

std::vector<Fact> LimitFinder::facts() const {
  std::vector<Fact> facts;
  for (const Search& each : searches_)
    facts.push_back(fact_of(*each.quantity, each.search.found()));
  return facts;
}

LimitFinder::Round LimitFinder::searches_under_way() {
  Round round;
  for (Search& each : searches_)
    if (each.search.next()) round.push_back(&each);
  return round;
}

bool LimitFinder::try_side_by_side(const Round& round) {
  std::vector<Case> cases;
  for (const Search* each : round)
    cases.push_back(each->quantity->sized(*each->search.next(), stage_.profile()));
  const auto [ended, took] = played(cases, options_.jobs);
  for (Search* each : round) each->by_itself = took >= long_round;
  const bool doubtful = keeper_.exited() || std::ranges::any_of(ended, may_be_a_death);
  if (doubtful && !stage_.stopped() && keeper_.death()) {
    if (!keeper_.revive()) stop_all(std::string(target_gone));
    return false;
  }
  for (const Finished& each : ended) {
    const auto index = static_cast<std::size_t>(each.task.to_run - cases.data());
    round[index]->search.learn(outcome_of(each, stage_.profile().secrets));
  }
  return true;
}

void LimitFinder::try_one_by_one(const Round& round) {
  for (Search* each : round) {
    const auto size = each->search.next();
    if (!size || stage_.stopped()) continue;
    if (expected(*each) > longest_try) {
      each->search.stop("a larger try would hold up the target for long");
      continue;
    }
    const std::vector<Case> alone = {each->quantity->sized(*size, stage_.profile())};
    const auto [ended, took] = played(alone, 1);
    if (ended.empty()) return;
    each->before = std::exchange(each->latest, took);
    each->by_itself = each->latest > short_try || expected(*each) > long_round;
    if (const auto death = keeper_.death()) {
      each->search.learn(
          {SizeOutcome::Kind::died, death->how.empty() ? "it answers no more" : death->how});
      if (!keeper_.revive()) return stop_all(std::string(target_gone));
    } else {
      each->search.learn(outcome_of(ended.front(), stage_.profile().secrets));
    }
  }
}

LimitFinder::Tries LimitFinder::played(const std::vector<Case>& cases, std::size_t jobs) {
  Order order{.jobs = jobs};
  for (const Case& each : cases) order.tasks.push_back({&each, 1});
  const Instant began = stage_.now();
  Tries tries{.ended = stage_.play(std::move(order)).finished};
  for (const Finished& each : tries.ended)
    if (upgraded(each))
      handshake_ = std::min(handshake_, from_seconds(each.result.handshake_ms / 1000));
  const Duration all = stage_.now() - began;
  tries.took = all - std::min(all, handshake_ == Duration::max() ? Duration{} : handshake_);
  return tries;
}

void LimitFinder::stop_all(const std::string& why) {
  for (Search& each : searches_) each.search.stop(why);
}

}  // namespace wsconform
