#include "runner/suite/suite_run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/resource.h>

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

std::string utc_now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

void append(const std::vector<Fact>& facts, std::vector<Fact>& to) {
  std::ranges::copy(facts, std::back_inserter(to));
}

// As many as may wait beside so many cases, of the descriptors that we may have: a case needs two or three, we some.
std::size_t spare_connections(std::size_t jobs) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const std::size_t needed = 64 + 4 * jobs;
  if (limit.rlim_cur <= needed) return 0;
  return std::min<std::size_t>(most_waiting, (limit.rlim_cur - needed) / 2);
}

}  // namespace

SuiteRun::SuiteRun(boost::asio::io_context& loop, TargetProfile profile, RunOptions options,
                   TargetProcess* process, Observer observer)
    : loop_(loop),
      profile_(std::move(profile)),
      options_(std::move(options)),
      process_(process),
      observer_(std::move(observer)),
      pace_(options_.patience),
      time_(loop) {
  assert(options_.jobs > 0 && options_.repeat > 0);
}

Results SuiteRun::run(const std::vector<Case>& cases) {
  const Instant began = std::chrono::steady_clock::now();
  results_.started = utc_now();
  results_.seed = options_.seed;
  results_.shuffled = options_.shuffle;
  if (options_.max_time) end_by(began + *options_.max_time);
  prepare();
  results_.jobs = static_cast<int>(options_.jobs);
  const std::size_t count = cases.size() * static_cast<std::size_t>(options_.repeat);
  observer_.begun(results_, count);
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
  return finished(began, count);
}

void SuiteRun::wait_for(std::string_view what) const {
  if (observer_.waits) observer_.waits(what);
}

void SuiteRun::end_by(Instant then) {
  time_.expires_at(then);
  time_.async_wait([this](boost::system::error_code cancelled) {
    if (cancelled) return;
    stop_.raise({Stop::Kind::out_of_time});
    if (stage_) stage_->cancel();
  });
}

void SuiteRun::interrupt() {
  stop_.raise({Stop::Kind::interrupted});
  if (stage_) stage_->cancel();
}

// The target is there, and known.
void SuiteRun::prepare() {
  stage_.emplace(loop_, profile_, pace_, stop_, process_, options_.pid);
  keeper_.emplace(*stage_);
  runner_.emplace(
      *stage_, *keeper_, stop_,
      TaskRunner::Hooks{[this](Finished ended) { record(std::move(ended.result)); },
                        options_.ends_run, [this](std::string_view what) { wait_for(what); }});
  reach();
  learn();
  if (!watches()) return;
  watch_.emplace(*stage_, options_.until_spinning);
  watch_->begin_run();
}

void SuiteRun::reach() {
  if (process_ != nullptr) wait_for("the command of --exec to listen");
  const auto not_reached = keeper_->start();
  if (!not_reached) return;
  const std::string why = fmt::format("The command of --exec did not become reachable at {}: {}",
                                      profile_.url, not_reached->why);
  if (not_reached->port_taken) throw PortTaken(why);
  throw TargetUnreachable(why);
}

void SuiteRun::learn() {
  wait_for("answers to what the target can do");
  if (const auto fault = stage_->login_fault(); fault && !stop_.raised())
    throw TargetUnreachable(fmt::format("{} cannot be judged. {}", profile_.url, *fault));
  const ProbeResult found = probe(*stage_);
  if (!found.speaks && !stop_.raised())
    throw TargetUnreachable(fmt::format("{} cannot be judged. {}", profile_.url, found.reason));
  keeper_->hear_no_banner();
  adopt(found, profile_);
  Target& target = results_.target;
  target.name = profile_.name;
  target.url = profile_.url;
  target.server = found.server;
  target.echoes = found.echoes;
  target.round_trip_ms = in_milliseconds(found.round_trip);
  append(facts_of(found), target.facts);
  const Width width =
      find_width(*stage_, *keeper_, options_.jobs, spare_connections(options_.jobs));
  adopt(width, profile_);
  options_.jobs = width.jobs;
  waiting_ = width.waiting;
  append(width.facts, target.facts);
}

void SuiteRun::play(const RunPlan& plan) {
  for (const CaseResult& each : plan.skipped) record(each);
  runner_->run(plan.beside, breadth());
  if (watch_) {
    run_watched(plan);
  } else {
    runner_->run(plan.alone, {});
  }
}

// Cases whose target is looked at from beside it.
void SuiteRun::run_watched(const RunPlan& plan) {
  const auto play = [this](std::vector<Task> some, bool alone) {
    held_.emplace();
    runner_->run(std::move(some), alone ? TaskRunner::Breadth{} : breadth());
    return *std::exchange(held_, std::nullopt);
  };
  std::function<bool()> revive;  // only of a process of ours
  if (process_ != nullptr) revive = [this] { return keeper_->revive() && !keeper_->death(); };
  const auto told = [this](CaseResult result) {
    const bool last = options_.ends_run && options_.ends_run(result);
    record(std::move(result));
    if (last) stop_.raise({Stop::Kind::unexpected_result});
  };
  WatchedRun run(*watch_, {play, told, revive, [this] { return stop_.raised(); }});
  run.run_side_by_side(plan.watched);
  run.run_alone(plan.alone);
  watch_->end_run();
  append(watch_->facts(), results_.target.facts);
}

void SuiteRun::find_limits() {
  if (!options_.limits || stop_.raised()) return;
  wait_for("the largest message that the target takes");
  LimitOptions how;
  how.full = options_.full;
  how.jobs = std::min(how.jobs, options_.jobs);
  LimitFinder finder(*stage_, *keeper_, how);
  finder.run();
  append(finder.facts(), results_.target.facts);
}

void SuiteRun::check_liveness() {
  if (stop_.raised()) return;
  const Liveness found = probe_liveness(*stage_);
  if (!found.speaks) stop_.raise({Stop::Kind::target_silent, {}, found.reason});
}

void SuiteRun::record(CaseResult result) {
  if (held_) return held_->push_back(std::move(result));
  observer_.finished(result);
  results_.cases.push_back(std::move(result));
}

// Cases are known by their results; what else was left out is the search for limits, or the last look.
std::string SuiteRun::left_out(std::size_t cases) const {
  if (results_.cases.size() < cases) return counted(cases - results_.cases.size(), "case");
  return "what follows the cases";
}

Results SuiteRun::finished(Instant began, std::size_t cases) {
  time_.cancel();
  if (auto held = std::exchange(held_, std::nullopt))  // left there by a fault of the machine
    for (CaseResult& each : *held) record(std::move(each));
  std::ranges::sort(results_.cases, [](const CaseResult& a, const CaseResult& b) {
    return a.id == b.id ? a.repetition < b.repetition : id_before(a.id, b.id);
  });
  results_.stop = stop_.why();
  if (results_.stop && results_.stop->kind == Stop::Kind::out_of_time)
    results_.stop->why = left_out(cases);
  results_.duration_ms = in_milliseconds(std::chrono::steady_clock::now() - began);
  return std::move(results_);
}

}  // namespace wsconform
