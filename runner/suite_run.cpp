#include "runner/suite_run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <utility>

#include "core/permessage_deflate.h"
#include "runner/id_order.h"
#include "runner/probe.h"
#include "runner/selection.h"
#include "runner/task_list.h"
#include "runner/watched_run.h"

namespace wsconform {
namespace {

using boost::asio::ip::tcp;

// Between the first sign of a death and its discovery: meanwhile other connections still hand over what the target had
// said, and the process is not gone yet.
constexpr Duration death_throes = std::chrono::milliseconds(500);
constexpr int dying_ms = 100;  // between the end of a connection and that of the process

std::vector<tcp::endpoint> resolve(boost::asio::io_context& loop, const TargetUrl& url) {
  tcp::resolver resolver(loop);
  boost::system::error_code error;
  const auto found = resolver.resolve(url.host, std::to_string(url.port), error);
  if (error || found.empty()) {
    throw TargetUnreachable(
        fmt::format("The host '{}' cannot be found: {}.", url.host, error.message()));
  }
  return {found.begin(), found.end()};
}

TargetEndpoint endpoint_of(const TargetProfile& profile, const tcp::endpoint& address) {
  TargetEndpoint endpoint{address, {}, profile.address.host};
  if (profile.address.tls) endpoint.tls = TlsContext::client(profile.trust);
  return endpoint;
}

std::string utc_now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

}  // namespace

SuiteRun::SuiteRun(boost::asio::io_context& loop, TargetProfile profile, RunOptions options,
                   TargetProcess* process, Observer observer)
    : loop_(loop),
      profile_(std::move(profile)),
      options_(std::move(options)),
      process_(process),
      observer_(std::move(observer)),
      pace_(options_.patience) {}

Results SuiteRun::run(const std::vector<Case>& cases) {
  const auto began = std::chrono::steady_clock::now();
  results_.started = utc_now();
  results_.seed = options_.seed;
  results_.shuffled = options_.shuffle;
  results_.jobs = static_cast<int>(options_.jobs);
  prepare();
  observer_.begun(results_.target, cases.size() * static_cast<std::size_t>(options_.repeat));
  const std::vector<Task> tasks = tasks_of(cases);
  const auto watched = [this](const Case& each) {
    return watch_ && (each.alone || is_watched(each));
  };
  const auto beside = [&](const Case& each) { return !each.alone && !watched(each); };
  run_tasks(tasks_where(tasks, beside), options_.jobs);
  repeat_doubtful();
  if (watch_) {
    run_watched(tasks_where(tasks, watched));
  } else {
    run_tasks(tasks_where(tasks, &Case::alone), 1);
    repeat_doubtful();
  }
  find_limits();
  check_liveness();
  std::ranges::sort(results_.cases, [](const CaseResult& a, const CaseResult& b) {
    return a.id == b.id ? a.repetition < b.repetition : id_before(a.id, b.id);
  });
  results_.duration_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
  return std::move(results_);
}

void SuiteRun::interrupt() {
  results_.stopped = "interrupted";
  if (current_ != nullptr) current_->cancel();
  if (finder_ != nullptr) finder_->cancel();
}

void SuiteRun::prepare() {
  const std::vector<tcp::endpoint> addresses = resolve(loop_, profile_.address);
  access_.emplace(TargetAccess{loop_, endpoint_of(profile_, addresses.front()), profile_, pace_,
                               options_.seed, addresses});
  keeper_.emplace(*access_, process_, [this] { return stopped(); });
  if (const auto why = keeper_->start())
    throw TargetUnreachable(fmt::format("The command of --exec did not become reachable at {}: {}",
                                        profile_.url, *why));
  const ProbeResult found = probe(*access_);
  if (!found.speaks)
    throw TargetUnreachable(fmt::format("{} cannot be judged. {}", profile_.url, found.reason));
  profile_.echoes = found.echoes;
  if (found.echoes) profile_.features.insert("echo");
  if (profile_.address.tls) profile_.features.insert("tls");
  if (found.deflates) profile_.features.insert(std::string(permessage_deflate));
  if (!profile_.subprotocols.empty()) profile_.features.insert("subprotocol");
  Target& target = results_.target;
  target.name = profile_.name;
  target.url = profile_.url;
  target.server = found.server;
  target.echoes = found.echoes;
  target.facts.push_back(
      {std::string(permessage_deflate), found.deflates ? "agreed to" : "not agreed to", 0, ""});
  target.round_trip_ms = std::chrono::duration<double, std::milli>(found.round_trip).count();
  if (process_ == nullptr && options_.pid < 0) return;
  const auto root = [this] { return process_ == nullptr ? options_.pid : process_->pid(); };
  watch_.emplace(loop_, root, [this] { return stopped(); }, options_.until_spinning);
  watch_->begin_run();
}

std::vector<Task> SuiteRun::tasks_of(const std::vector<Case>& cases) {
  std::vector<Task> tasks;
  for (int repetition = 1; repetition <= options_.repeat; ++repetition) {
    for (const Case& each : cases) {
      const Task task{&each, repetition};
      if (const auto need = absent_need(each)) {
        record(unjudged(task, Verdict::skipped, AtFault::nobody,
                        "The target lacks what the case needs: " + *need + '.'));
      } else {
        tasks.push_back(task);
      }
    }
  }
  if (options_.shuffle) shuffle(tasks, options_.seed);
  return tasks;
}

std::optional<std::string> SuiteRun::absent_need(const Case& each) const {
  for (const std::string& need : each.needs) {
    if (!profile_.features.contains(need)) return need;
  }
  return std::nullopt;
}

// A pass over the tasks ends with them or with the target's death; after a death it goes on where it can.
void SuiteRun::run_tasks(std::vector<Task> tasks, std::size_t jobs) {
  while (!tasks.empty() && !stopped()) {
    std::vector<Task> suspects;
    run_until_death(tasks, jobs, suspects);
    if (suspects.empty()) continue;
    if (keeper_->revive()) {
      find_killer(suspects);
    } else {
      give_up(suspects, "The target died while this case was under way, and did not come back.");
      give_up(tasks, "The target had died before this case began.");
      tasks.clear();
      results_.stopped = "the target died; under way were " + ids_of(suspects);
    }
  }
}

// Leaves in `tasks` what is still to do, in `suspects` what was under way when the target died or may have been ended by
// its death.
void SuiteRun::run_until_death(std::vector<Task>& tasks, std::size_t jobs,
                               std::vector<Task>& suspects) {
  bool died = false;
  bool hangs = false;
  Batch batch(*access_, std::move(tasks), jobs, [&](const Finished& ended) {
    died = is_death(ended);
    hangs = is_hang(ended);
    const bool final = !ended.timed_out || repeating_ || !pace_.stalled();
    return died || hangs || (final && options_.ends_run && options_.ends_run(ended.result));
  });
  current_ = &batch;
  batch.run();
  current_ = nullptr;
  if (hangs && !died && !stopped()) died = keeper_->death().has_value();
  // Nobody was left to ask after a death among the last.
  const bool cut_off_last = !batch.finished().empty() && batch.finished().back().cut_off;
  if (cut_off_last && process_ != nullptr && process_->exits_within(dying_ms)) died = true;
  for (Finished& each : batch.finished()) {
    const Duration before = each.cut_off ? death_throes : Duration::zero();
    if (died && each.at >= pace_.last_heard() - before) {
      suspects.push_back(each.task);
    } else {
      keep(std::move(each));
    }
  }
  tasks.clear();
  if (!died && hangs) {
    tasks = std::move(batch.left());
    return;
  }
  if (!died) {
    if (options_.ends_run && !batch.left().empty() && !stopped())
      results_.stopped = "stopped at the first unexpected result";
    return;
  }
  std::vector<Task>& left = batch.left();
  const std::size_t under_way = std::min(left.size(), batch.under_way_at_stop());
  for (std::size_t i = 0; i < left.size(); ++i) {
    (i < under_way ? suspects : tasks).push_back(left[i]);
  }
}

bool SuiteRun::is_death(const Finished& ended) {
  return keeper_->exited() || ended.result.at_fault == AtFault::target_unreachable;
}

// Nothing is heard, not even of connections begun since: a process of ours can be started again. Whether it does hang is
// asked once the batch has stopped.
bool SuiteRun::is_hang(const Finished& ended) const {
  return process_ != nullptr && ended.timed_out &&
         2 * (ended.at - pace_.last_heard()) >= 3 * pace_.patience();
}

// One by one, each on a target that lives.
void SuiteRun::find_killer(const std::vector<Task>& suspects) {
  for (std::size_t i = 0; i < suspects.size() && !stopped(); ++i) {
    Batch batch(*access_, {suspects[i]}, 1, nullptr);
    current_ = &batch;
    batch.run();
    current_ = nullptr;
    if (batch.finished().empty()) return;
    Finished ended = std::move(batch.finished().front());
    const auto death = keeper_->death();
    if (death) {
      ended.result.verdict = Verdict::fail;
      ended.result.at_fault = AtFault::nobody;
      ended.result.reason =
          "The target died in this case" + (death->empty() ? "" : ": " + *death) + '.';
      if (!death->empty())
        ended.result.notes.push_back("Its last error output: " + keeper_->last_words());
    }
    record(std::move(ended.result));
    if (death && !keeper_->revive()) {
      const std::vector<Task> rest(suspects.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                   suspects.end());
      give_up(rest, "The target had died before this case was judged.");
      return;
    }
  }
}

void SuiteRun::repeat_doubtful() {
  repeat_timed_out();
  repeat_torn();
}

// A deadline that passes while the target is busy with another case proves nothing: such cases run again, with few beside
// them.
void SuiteRun::repeat_timed_out() {
  std::vector<Finished> doubtful = std::exchange(timed_out_, {});
  if (doubtful.empty()) return;
  if (stopped() || !pace_.stalled()) {
    for (Finished& each : doubtful) record(std::move(each.result));
    return;
  }
  std::vector<Task> again;
  for (const Finished& each : doubtful) again.push_back(each.task);
  repeating_ = true;
  run_tasks(std::move(again), std::max<std::size_t>(1, options_.jobs / 8));
  repeating_ = false;
}

// Cases whose target is looked at from beside it.
void SuiteRun::run_watched(const std::vector<Task>& tasks) {
  const auto play = [this](std::vector<Task> some, bool alone) {
    held_.emplace();
    run_tasks(std::move(some), alone ? 1 : options_.jobs);
    repeat_doubtful();
    return *std::exchange(held_, std::nullopt);
  };
  std::function<bool()> revive;  // only of a process of ours
  if (process_ != nullptr) revive = [this] { return keeper_->revive() && !keeper_->death(); };
  const auto told = [this](CaseResult result) {
    const bool last = options_.ends_run && options_.ends_run(result);
    record(std::move(result));
    if (last && !stopped()) results_.stopped = "stopped at the first unexpected result";
  };
  WatchedRun run(*watch_, {play, told, revive, [this] { return stopped(); }});
  run.run_side_by_side(tasks_where(tasks, std::not_fn(&Case::alone)));
  run.run_alone(tasks_where(tasks, &Case::alone));
  watch_->end_run();
  std::ranges::copy(watch_->facts(), std::back_inserter(results_.target.facts));
}

void SuiteRun::find_limits() {
  if (!options_.limits || stopped()) return;
  LimitOptions how;
  how.full = options_.full;
  how.jobs = std::min(how.jobs, options_.jobs);
  LimitFinder finder(*access_, *keeper_, how, [this] { return stopped(); });
  finder_ = &finder;
  finder.run();
  finder_ = nullptr;
  std::ranges::copy(finder.facts(), std::back_inserter(results_.target.facts));
}

// TCP may throw away what a target said before its reset (RFC 9293 §3.10.7.4), a Close or a response too. What comes of
// another try without a reset is its answer.
void SuiteRun::repeat_torn() {
  constexpr int tries = 3;
  for (int n = 0; n < tries && !torn_.empty() && !stopped(); ++n) {
    std::vector<Task> again;
    for (const Finished& each : std::exchange(torn_, {})) again.push_back(each.task);
    repeating_ = true;
    run_tasks(std::move(again), 1);
    repeating_ = false;
  }
  for (Finished& each : std::exchange(torn_, {})) record(std::move(each.result));
}

void SuiteRun::check_liveness() {
  if (stopped()) return;
  const ProbeResult found = probe_liveness(*access_);
  if (!found.speaks)
    results_.stopped = "after the last case the target no longer answered: " + found.reason;
}

void SuiteRun::keep(Finished ended) {
  if (ended.timed_out && !repeating_) {
    timed_out_.push_back(std::move(ended));
  } else if (ended.torn && ended.result.verdict != Verdict::pass) {
    torn_.push_back(std::move(ended));
  } else {
    record(std::move(ended.result));
  }
}

void SuiteRun::give_up(const std::vector<Task>& tasks, const std::string& reason) {
  for (const Task& each : tasks)
    record(unjudged(each, Verdict::error, AtFault::target_unreachable, reason));
}

void SuiteRun::record(CaseResult result) {
  if (held_) return held_->push_back(std::move(result));
  observer_.finished(result);
  results_.cases.push_back(std::move(result));
}

}  // namespace wsconform
