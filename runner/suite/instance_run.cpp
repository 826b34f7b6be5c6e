#include "runner/suite/instance_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <exception>
#include <iterator>
#include <utility>

#include "runner/suite/limit_finder.h"
#include "runner/suite/probe.h"
#include "runner/suite/target_unreachable.h"

namespace wsconform {

InstanceRun::InstanceRun(Stage& stage, TargetProfile& profile, StopSign& stop, SpreadFaults& spread,
                         RunOptions options, Hooks hooks)
    : stage_(stage),
      profile_(profile),
      stop_(stop),
      spread_(spread),
      options_(std::move(options)),
      hooks_(std::move(hooks)),
      keeper_(stage, options_.longest_work),
      runner_(stage, keeper_, stop,
              {[this](Finished ended) { take(std::move(ended)); }, options_.ends_run,
               [this](std::string_view what) {
                 hooks_.held_up();
                 hooks_.waits(what);
               },
               [this] { hooks_.takes(); }}) {
  assert(options_.jobs > 0);
}

InstanceRun::Learnt InstanceRun::learn(std::size_t spare) {
  hooks_.waits("answers to what the target can do");
  if (const auto fault = stage_.login_fault(); fault && !stop_.raised())
    throw TargetUnreachable(fmt::format("{} cannot be judged. {}", profile_.url, *fault));
  const ProbeResult found = probe(stage_);
  if (!found.speaks && !stop_.raised())
    throw TargetUnreachable(fmt::format("{} cannot be judged. {}", profile_.url, found.reason));
  adopt(found, profile_);
  Learnt learnt;
  learnt.target.name = profile_.name;
  learnt.target.url = profile_.url;
  learnt.target.server = found.server;
  learnt.target.echoes = found.echoes;
  learnt.target.round_trip_ms = in_milliseconds(found.round_trip);
  learnt.target.facts = facts_of(found);
  learnt.width = find_width(stage_, keeper_, options_.jobs, spare);
  adopt(learnt.width, profile_);
  std::ranges::copy(learnt.width.facts, std::back_inserter(learnt.target.facts));
  return learnt;
}

void InstanceRun::learn_from(const InstanceRun& other) {
  TargetProfile known = other.profile_;
  known.address = profile_.address;
  known.url = profile_.url;
  known.shown_lately = profile_.shown_lately;
  profile_ = std::move(known);
  stage_.pace() = other.stage_.pace();
}

void InstanceRun::begin_to_start() {
  try {
    stage_.process()->start();
  } catch (const std::exception&) {
    starts_ = false;
  }
}

bool InstanceRun::comes_up_alike() {
  try {
    if (!starts_ || keeper_.start() || stop_.raised()) return false;
    return speaks_alike(stage_) && !stop_.raised();
  } catch (const std::exception&) {  // others do without it
    return false;
  }
}

void InstanceRun::take_breadth(const Width& width) {
  options_.jobs = width.jobs;
  waiting_ = width.waiting;
}

void InstanceRun::begin() {
  keeper_.hear_no_banner();
  if (!watches()) return;
  watch_.emplace(stage_, options_.until_spinning);
  watch_->begin_run();
  std::function<bool()> revive;  // only of a process of ours
  if (stage_.process() != nullptr) revive = [this] { return keeper_.revive() && !keeper_.death(); };
  const auto told = [this](CaseResult result) {
    const bool last = options_.ends_run && options_.ends_run(result);
    record(std::move(result));
    if (last) stop_.raise({Stop::Kind::unexpected_result});
  };
  const auto play = [this](std::vector<Task> tasks, bool alone) {
    return play_looked_at(std::move(tasks), alone);
  };
  watched_.emplace(*watch_,
                   WatchedRun::Suite{play, told, revive, [this] { return stop_.raised(); }});
}

// In the end some may only wait, while others are watched.
void InstanceRun::play_beside(TaskPool& pool) {
  finish();
  played_ = unsettled_ = true;
  held_by_fault_.emplace();
  try {
    runner_.begin(pool, breadth());
  } catch (...) {
    for (Finished& each : *held_by_fault_) hooks_.left(std::move(each.result));
    held_by_fault_.reset();
    throw;
  }
  const auto is_spread = [this](const Finished& each) {
    return spread_.is_spread(*overlookable_fault(each));
  };
  auto spread = std::ranges::find_if(*held_by_fault_, is_spread);
  while (spread != held_by_fault_->end() && !stop_.raised()) {  // as others found meanwhile
    overlook(*overlookable_fault(*spread));
    spread = std::ranges::find_if(*held_by_fault_, is_spread);
  }
  for (Finished& each : *held_by_fault_) record(std::move(each.result));
  held_by_fault_.reset();
}

// What it decided is to be played again.
void InstanceRun::overlook(HandshakeFault fault) {
  const auto at = static_cast<std::size_t>(fault);
  if (!profile_.overlooked[at]) hooks_.found(fact_of(fault, false));
  profile_.overlooked.set(at);
  std::vector<Finished> others;
  std::vector<Task> again;
  for (Finished& each : *held_by_fault_) {
    if (overlookable_fault(each) == fault) {
      again.push_back(each.task);
      hooks_.left(std::move(each.result));
    } else {
      others.push_back(std::move(each));
    }
  }
  held_by_fault_ = std::move(others);
  hooks_.again(std::move(again));
}

// Whose target is looked at from beside it.
void InstanceRun::play_watched(const std::vector<Task>& tasks) {
  played_ = true;
  unsettled_ = false;
  if (watched_) watched_->run_side_by_side(tasks);
  finish();
}

void InstanceRun::play_alone(const std::vector<Task>& tasks) {
  played_ = true;
  finish();
  if (!watched_) return runner_.run(tasks, breadth_alone());
  if (std::exchange(unsettled_, false)) watched_->settle();
  if (profile_.mute())
    watched_->run_in_a_row(tasks);
  else
    watched_->run_alone(tasks);
}

std::vector<CaseResult> InstanceRun::play_looked_at(std::vector<Task> tasks, bool alone) {
  held_.emplace();
  try {
    runner_.run(std::move(tasks), alone ? breadth_alone() : breadth());
  } catch (...) {
    for (CaseResult& each : *held_) hooks_.left(std::move(each));
    held_.reset();
    throw;
  }
  return *std::exchange(held_, std::nullopt);
}

std::vector<Fact> InstanceRun::find_limits() {
  finish();
  end_watch();
  hooks_.waits("the largest message that the target takes");
  LimitOptions how;
  how.full = options_.full;
  how.jobs = std::min(how.jobs, options_.jobs);
  LimitFinder finder(stage_, keeper_, how);
  if (watch_)
    watch_->leave_out([&] { finder.run(); });
  else
    finder.run();
  return finder.facts();
}

void InstanceRun::check_liveness() {
  finish();
  end_watch();
  if (stop_.raised()) return;
  const Liveness found = probe_liveness(stage_);
  if (!found.speaks) stop_.raise({Stop::Kind::target_silent, {}, found.reason});
}

void InstanceRun::finish() {
  if (!stop_.raised()) runner_.finish(breadth());
}

void InstanceRun::pause() {
  constexpr Duration moment = std::chrono::milliseconds(5);
  stage_.wait_until(stage_.now() + moment);
}

void InstanceRun::end_watch() {
  if (watch_ && std::exchange(played_, false)) watch_->end_run();
}

void InstanceRun::end() {
  runner_.drop_waiting();
}

Duration InstanceRun::cpu_time() const {
  const auto seen = stage_.look();
  return seen ? seen->usage.cpu : Duration::zero();
}

std::optional<ResourceWatch::Used> InstanceRun::used() const {
  return watch_ ? std::optional(watch_->used()) : std::nullopt;
}

void InstanceRun::take(Finished ended) {
  const auto fault = held_by_fault_ ? overlookable_fault(ended) : std::nullopt;
  if (!fault) return record(std::move(ended.result));
  held_by_fault_->push_back(std::move(ended));
  if (spread_.count(*fault)) overlook(*fault);
}

void InstanceRun::record(CaseResult result) {
  if (held_) return held_->push_back(std::move(result));
  hooks_.told(std::move(result));
}

}  // namespace wsconform
