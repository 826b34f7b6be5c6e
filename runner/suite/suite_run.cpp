#include "runner/suite/suite_run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <utility>

#include "core/permessage_deflate.h"
#include "runner/casebook/case.h"
#include "runner/input/id_order.h"
#include "runner/suite/probe.h"
#include "runner/suite/shuffle.h"
#include "runner/suite/task_list.h"
#include "runner/suite/watched_run.h"

namespace wsconform {
namespace {

using boost::asio::ip::tcp;

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
  prepare();
  results_.jobs = static_cast<int>(options_.jobs);
  observer_.begun(results_.target, cases.size() * static_cast<std::size_t>(options_.repeat));
  const std::vector<Task> tasks = tasks_of(cases);
  const auto watched = [this](const Case& each) {
    return watch_ && (each.alone || is_watched(each));
  };
  const auto beside = [&](const Case& each) { return !each.alone && !watched(each); };
  runner_->run(tasks_where(tasks, beside), options_.jobs);
  if (watch_) {
    run_watched(tasks_where(tasks, watched));
  } else {
    runner_->run(tasks_where(tasks, &Case::alone), 1);
  }
  find_limits();
  check_liveness();
  std::ranges::sort(results_.cases, [](const CaseResult& a, const CaseResult& b) {
    return a.id == b.id ? a.repetition < b.repetition : id_before(a.id, b.id);
  });
  results_.duration_ms = in_milliseconds(std::chrono::steady_clock::now() - began);
  return std::move(results_);
}

void SuiteRun::interrupt() {
  results_.stopped = "interrupted";
  if (runner_) runner_->cancel();
  if (finder_ != nullptr) finder_->cancel();
}

void SuiteRun::prepare() {
  const std::vector<tcp::endpoint> addresses = resolve(loop_, profile_.address);
  access_.emplace(
      TargetAccess{loop_, endpoint_of(profile_, addresses.front()), profile_, pace_, addresses});
  keeper_.emplace(*access_, process_, [this] { return stopped(); });
  runner_.emplace(*access_, *keeper_, process_, results_.stopped,
                  TaskRunner::Hooks{[this](CaseResult result) { record(std::move(result)); },
                                    options_.ends_run});
  if (const auto why = keeper_->start())
    throw TargetUnreachable(fmt::format("The command of --exec did not become reachable at {}: {}",
                                        profile_.url, *why));
  const ProbeResult found = probe(*access_);
  if (!found.speaks)
    throw TargetUnreachable(fmt::format("{} cannot be judged. {}", profile_.url, found.reason));
  profile_.echoes = found.echoes;
  profile_.pongs = found.pongs;
  profile_.refuses = found.refuses;
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
  if (!found.pongs) target.facts.push_back({"Pings", "not answered", 0, ""});
  for (const Opcode kind : found.refuses)
    target.facts.push_back({fmt::format("{} messages", name_of(kind)), "not taken", 0, ""});
  target.round_trip_ms = in_milliseconds(found.round_trip);
  find_width();
  if (process_ == nullptr && options_.pid < 0) return;
  const auto root = [this] { return process_ == nullptr ? options_.pid : process_->pid(); };
  watch_.emplace(loop_, root, [this] { return stopped(); }, options_.until_spinning);
  watch_->begin_run();
}

// A target that serves few connections at a time would keep the others waiting as long as those are silent. A case may have
// two open at once.
void SuiteRun::find_width() {
  constexpr std::size_t many = 16;
  constexpr std::size_t few = 4;
  const std::size_t wanted = std::max(many, options_.jobs);
  const std::size_t served = served_at_once(*access_, wanted);
  if (keeper_->exited()) keeper_->revive();
  if (served >= few && profile_.echoes && tells_others(*access_, few))
    return run_one_at_a_time({"messages of one connection", "come to the others too", 0, ""});
  if (served == 1) return run_one_at_a_time({"connections served at once", "1", 0, ""});
  profile_.features.insert("several-connections");
  if (served >= many) profile_.features.insert("many-connections");
  if (served == wanted) return;
  options_.jobs = std::clamp<std::size_t>(served / 2, 1, options_.jobs);
  results_.target.facts.push_back(
      {"connections served at once",
       fmt::format("at least {}, fewer than {}", served, std::min(2 * served, wanted)), 0, ""});
}

void SuiteRun::run_one_at_a_time(Fact why) {
  profile_.one_at_a_time = true;
  options_.jobs = 1;
  results_.target.facts.push_back(std::move(why));
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
  if (options_.shuffle) {
    shuffle(tasks, options_.seed);
  } else {
    begin_with_the_silent(tasks);
  }
  return tasks;
}

std::optional<std::string> SuiteRun::absent_need(const Case& each) const {
  for (const std::string& need : each.needs) {
    if (!profile_.features.contains(need)) return need;
  }
  for (const Opcode kind : profile_.refuses)
    if (sends(each, kind)) return fmt::format("{} messages", name_of(kind));
  return std::nullopt;
}

// Cases whose target is looked at from beside it.
void SuiteRun::run_watched(const std::vector<Task>& tasks) {
  const auto play = [this](std::vector<Task> some, bool alone) {
    held_.emplace();
    runner_->run(std::move(some), alone ? 1 : options_.jobs);
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

void SuiteRun::check_liveness() {
  if (stopped()) return;
  const ProbeResult found = probe_liveness(*access_);
  if (!found.speaks)
    results_.stopped = "after the last case the target no longer answered: " + found.reason;
}

void SuiteRun::record(CaseResult result) {
  if (held_) return held_->push_back(std::move(result));
  observer_.finished(result);
  results_.cases.push_back(std::move(result));
}

}  // namespace wsconform
