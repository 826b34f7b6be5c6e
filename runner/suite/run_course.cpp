#include "runner/suite/run_course.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <new>
#include <utility>

#include "core/machine_fault.h"
#include "core/phrase.h"
#include "runner/casebook/case.h"
#include "runner/input/id_order.h"
#include "runner/suite/limit_finder.h"
#include "runner/suite/probe.h"
#include "runner/suite/watched_run.h"
#include "runner/suite/width.h"

namespace wsconform {
namespace {

void append(const std::vector<Fact>& facts, std::vector<Fact>& to) {
  std::ranges::copy(facts, std::back_inserter(to));
}

}  // namespace

RunCourse::RunCourse(Stage& stage, TargetProfile& profile, StopSign& stop, RunOptions options,
                     Hooks hooks)
    : stage_(stage),
      profile_(profile),
      stop_(stop),
      options_(std::move(options)),
      hooks_(std::move(hooks)),
      keeper_(stage, options_.longest_work),
      runner_(
          stage, keeper_, stop,
          TaskRunner::Hooks{[this](Finished ended) { take(std::move(ended)); }, options_.ends_run,
                            [this](std::string_view what) { wait_for(what); }}) {
  assert(options_.jobs > 0 && options_.repeat > 0);
}

void RunCourse::prepare(std::size_t spare) {
  reach();
  learn(spare);
  results_.seed = options_.seed;
  results_.shuffled = options_.shuffle;
  results_.jobs = static_cast<int>(options_.jobs);
  if (!watches()) return;
  watch_.emplace(stage_, options_.until_spinning);
  watch_->begin_run();
}

void RunCourse::reach() {
  if (stage_.process() != nullptr) wait_for("the command of --exec to listen");
  const auto not_reached = keeper_.start();
  if (!not_reached) return;
  const std::string why = fmt::format("The command of --exec did not become reachable at {}: {}",
                                      profile_.url, not_reached->why);
  if (not_reached->port_taken) throw PortTaken(why);
  throw TargetUnreachable(why);
}

void RunCourse::learn(std::size_t spare) {
  wait_for("answers to what the target can do");
  if (const auto fault = stage_.login_fault(); fault && !stop_.raised())
    throw TargetUnreachable(fmt::format("{} cannot be judged. {}", profile_.url, *fault));
  const ProbeResult found = probe(stage_);
  if (!found.speaks && !stop_.raised())
    throw TargetUnreachable(fmt::format("{} cannot be judged. {}", profile_.url, found.reason));
  keeper_.hear_no_banner();
  adopt(found, profile_);
  Target& target = results_.target;
  target.name = profile_.name;
  target.url = profile_.url;
  target.server = found.server;
  target.echoes = found.echoes;
  target.round_trip_ms = in_milliseconds(found.round_trip);
  append(facts_of(found), target.facts);
  const Width width = find_width(stage_, keeper_, options_.jobs, spare);
  adopt(width, profile_);
  options_.jobs = width.jobs;
  waiting_ = width.waiting;
  append(width.facts, target.facts);
}

void RunCourse::run(const std::vector<Case>& cases) {
  expected_ = cases.size() * static_cast<std::size_t>(options_.repeat);
  try {
    play(plan_of(cases, profile_,
                 {options_.repeat, options_.shuffle, options_.seed, watch_.has_value()}));
    find_limits();
    check_liveness();
  } catch (const MachineFault& fault) {
    stop_.raise({Stop::Kind::machine_fault, {}, fault.what()});
  } catch (const std::bad_alloc&) {
    stop_.raise({Stop::Kind::machine_fault, {}, "there is not enough memory"});
  }
  runner_.drop_waiting();
  for (CaseResult& each : std::exchange(left_, {}))
    if (!is_recorded(each)) record(std::move(each));
}

void RunCourse::play(const RunPlan& plan) {
  for (const CaseResult& each : plan.skipped) record(each);
  run_side_by_side(plan.beside);
  if (watch_) {
    run_watched(plan);
  } else {
    runner_.finish(breadth());
    runner_.run(plan.alone, {});
  }
}

// In the end some may only wait, while others are watched. What a fault decided that showed in many
// 101s is played again, with the fault overlooked.
void RunCourse::run_side_by_side(const std::vector<Task>& tasks) {
  held_by_fault_.emplace();
  try {
    runner_.begin(tasks, breadth());
  } catch (...) {
    for (Finished& each : held_by_fault_->release()) left_.push_back(std::move(each.result));
    held_by_fault_.reset();
    throw;
  }
  std::vector<Finished> held = held_by_fault_->release();
  held_by_fault_.reset();
  std::vector<Task> again;
  for (Finished& each : held) {
    const auto fault = static_cast<std::size_t>(*overlookable_fault(each));
    if (!profile_.overlooked[fault] || stop_.raised()) {
      record(std::move(each.result));
    } else {
      again.push_back(each.task);
      left_.push_back(std::move(each.result));
    }
  }
  if (again.empty()) return;
  runner_.finish(breadth());
  runner_.begin(std::move(again), breadth());
}

// Cases whose target is looked at from beside it.
void RunCourse::run_watched(const RunPlan& plan) {
  const auto play = [this](std::vector<Task> some, bool alone) {
    held_.emplace();
    try {
      runner_.run(std::move(some), alone ? TaskRunner::Breadth{} : breadth());
    } catch (...) {
      std::ranges::move(*std::exchange(held_, std::nullopt), std::back_inserter(left_));
      throw;
    }
    return *std::exchange(held_, std::nullopt);
  };
  std::function<bool()> revive;  // only of a process of ours
  if (stage_.process() != nullptr) revive = [this] { return keeper_.revive() && !keeper_.death(); };
  const auto told = [this](CaseResult result) {
    const bool last = options_.ends_run && options_.ends_run(result);
    record(std::move(result));
    if (last) stop_.raise({Stop::Kind::unexpected_result});
  };
  WatchedRun run(*watch_, {play, told, revive, [this] { return stop_.raised(); }});
  run.run_side_by_side(plan.watched);
  runner_.finish(breadth());
  run.run_alone(plan.alone);
  watch_->end_run();
  append(watch_->facts(), results_.target.facts);
}

void RunCourse::find_limits() {
  if (!options_.limits || stop_.raised()) return;
  wait_for("the largest message that the target takes");
  LimitOptions how;
  how.full = options_.full;
  how.jobs = std::min(how.jobs, options_.jobs);
  LimitFinder finder(stage_, keeper_, how);
  finder.run();
  append(finder.facts(), results_.target.facts);
}

void RunCourse::check_liveness() {
  if (stop_.raised()) return;
  const Liveness found = probe_liveness(stage_);
  if (!found.speaks) stop_.raise({Stop::Kind::target_silent, {}, found.reason});
}

void RunCourse::wait_for(std::string_view what) const {
  if (hooks_.waits) hooks_.waits(what);
}

void RunCourse::take(Finished ended) {
  const auto fault = held_by_fault_ ? overlookable_fault(ended) : std::nullopt;
  if (!fault) return record(std::move(ended.result));
  const auto at = static_cast<std::size_t>(*fault);
  if (!held_by_fault_->hold(*fault, std::move(ended)) || profile_.overlooked[at]) return;
  profile_.overlooked.set(at);
  results_.target.facts.push_back(fact_of(*fault, false));
}

void RunCourse::record(CaseResult result) {
  if (held_) return held_->push_back(std::move(result));
  hooks_.finished(result);
  results_.cases.push_back(std::move(result));
}

bool RunCourse::is_recorded(const CaseResult& result) const {
  return std::ranges::any_of(results_.cases, [&](const CaseResult& each) {
    return each.id == result.id && each.repetition == result.repetition;
  });
}

Results RunCourse::take_results() {
  std::ranges::sort(results_.cases, [](const CaseResult& a, const CaseResult& b) {
    return a.id == b.id ? a.repetition < b.repetition : id_before(a.id, b.id);
  });
  results_.stop = stop_.why();
  if (results_.stop && results_.stop->kind == Stop::Kind::out_of_time)
    results_.stop->why = left_out();
  return std::move(results_);
}

// Cases are known by their results; what else was left out is the search for limits, or the last
// look.
std::string RunCourse::left_out() const {
  if (results_.cases.size() < expected_) return counted(expected_ - results_.cases.size(), "case");
  return "what follows the cases";
}

}  // namespace wsconform
