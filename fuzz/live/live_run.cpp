#include "fuzz/live/live_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/instant.h"
#include "fuzz/live/bystander.h"
#include "runner/suite/spent.h"

namespace wsconform {
namespace {

constexpr std::size_t most_history = 1024;                   // sessions
constexpr Duration between_looks = std::chrono::seconds(5);  // in a short run less

double seconds_of(Duration time) {
  return in_milliseconds(time) / 1000;
}

}  // namespace

LiveRun::LiveRun(Stage& stage, TargetKeeper& keeper, StopSign& stop, SessionPlayer& player,
                 Generator& generator, Beside beside, LiveOptions options, Observer observer)
    : stage_(stage),
      keeper_(keeper),
      stop_(stop),
      player_(player),
      generator_(generator),
      watch_(beside.watch),
      against_(beside.against),
      options_(options),
      observer_(std::move(observer)),
      bystander_(bystander_case()) {}

LiveResults LiveRun::run() {
  began_ = looked_ = stage_.now();
  restarted();
  if (watch_ != nullptr) watch_->begin_stretch();
  if (against_ != nullptr) against_->learn_quirks();
  note_point();
  while (!over()) {
    round();
    follow_leads();
    if (seconds_of(stage_.now() - began_) - results_.points.back().seconds >= 1) note_point();
    if (observer_.progress) observer_.progress(results_);
    keep_pace();
  }
  while (!leads_.empty()) follow_next_lead();
  look_at_spending();
  note_point();
  results_.seconds = results_.points.back().seconds;
  return std::move(results_);
}

bool LiveRun::over() const {
  return stop_.raised() || stage_.now() - began_ >= options_.time ||
         (options_.count && results_.sessions >= *options_.count) ||
         (options_.bytes && results_.bytes >= *options_.bytes);
}

// Few where one may kill, for all that are under way with it have to be played again.
TaskRunner::Breadth LiveRun::breadth() const {
  constexpr std::size_t few = 8;
  if (!died_ && !generator_.attacks()) return {options_.jobs, options_.waiting};
  return {std::min(few, options_.jobs), std::min(4 * few, options_.waiting)};
}

std::size_t LiveRun::round_size() const {
  const TaskRunner::Breadth at_once = breadth();
  std::size_t size = std::max<std::size_t>(16, 4 * at_once.jobs + at_once.waiting);
  if (options_.rate)
    size = std::clamp<std::size_t>(static_cast<std::size_t>(*options_.rate), 1, size);
  if (options_.count)
    size = static_cast<std::size_t>(
        std::min<std::uint64_t>(size, *options_.count - results_.sessions));
  return size;
}

// As many as should have been by now, and no more.
void LiveRun::keep_pace() const {
  if (!options_.rate || over()) return;
  const Duration due = from_seconds(static_cast<double>(results_.sessions) / *options_.rate);
  stage_.wait_until(began_ + std::min(due, options_.time));
}

void LiveRun::round() {
  const TaskRunner::Breadth at_once = breadth();  // before its last attack is taken
  std::vector<LiveSession> sessions(round_size());
  for (LiveSession& each : sessions) each = generator_.next();
  const std::vector<PlayedSession> trials = play(sessions, at_once);
  const bool dropped = bystander_dropped();  // before what is played next tells of another
  results_.sessions +=
      static_cast<std::uint64_t>(std::ranges::count(trials, true, &PlayedSession::finished));
  for (const PlayedSession& each : trials) {
    results_.bytes += each.reading.bytes;
    history_.push_back(each.session);
    stretch_.push_back(each.session);
  }
  if (history_.size() > most_history)
    history_.erase(history_.begin(), history_.end() - most_history);
  look_at(trials);
  look_beside(trials, dropped);
  if (stage_.now() - looked_ >= std::min<Duration>(between_looks, options_.time / 4))
    look_at_spending();
}

std::vector<PlayedSession> LiveRun::play(const std::vector<LiveSession>& sessions,
                                         TaskRunner::Breadth breadth) {
  const TargetProfile& target = stage_.profile();
  const bool attended = breadth.jobs > 1 && target.echoes && !target.refuses.contains(Opcode::text);
  return player_.play(sessions, breadth, attended ? &bystander_ : nullptr);
}

std::vector<std::optional<FindingCause>> LiveRun::causes_in(
    const std::vector<PlayedSession>& trials) {
  std::vector<std::optional<FindingCause>> causes(trials.size());
  for (std::size_t n = 0; n < trials.size(); ++n)
    if (trials[n].finished)
      causes[n] = cause_of(trials[n].session, trials[n].reading, trials[n].ended, options_.strict);
  if (against_ == nullptr) return causes;
  const auto differences = against_->differences(trials, {options_.jobs, options_.waiting});
  for (std::size_t n = 0; n < trials.size(); ++n)
    if (!causes[n] && differences[n]) causes[n] = cause_of(trials[n].reading, *differences[n]);
  return causes;
}

void LiveRun::look_at(const std::vector<PlayedSession>& trials) {
  for (const PlayedSession& each : trials)
    if (each.tells()) generator_.learn(each.session, each.reading, reaction_of(each.ended));
  const auto causes = causes_in(trials);
  for (const bool deaths : {true, false})  // the worst first, as long as there is time
    for (std::size_t n = 0; n < trials.size(); ++n)
      if (causes[n] && is_death(*causes[n]) == deaths) look_into(trials[n], *causes[n]);
}

void LiveRun::look_into(const PlayedSession& trial, const FindingCause& cause) {
  const auto known = known_.find(cause);
  if (known != known_.end()) {
    if (known->second < results_.findings.size()) ++results_.findings[known->second].times;
  } else if (is_death(cause)) {
    pursue(trial, cause);
  } else if (std::ranges::find(leads_, cause, &Lead::cause) == leads_.end()) {
    leads_.push_back({trial, cause});
  }
}

// Half of the time: the other half finds more.
void LiveRun::follow_leads() {
  while (!leads_.empty() && !over() && 2 * spent_on_leads_ <= stage_.now() - began_)
    follow_next_lead();
}

// Behind the end of its time, or stopped, the run tells only their names.
void LiveRun::follow_next_lead() {
  const Lead lead = std::move(leads_.front());
  leads_.pop_front();
  const Instant since = stage_.now();
  if (stop_.raised() || since - began_ >= options_.time) {
    results_.unconfirmed.push_back(name_of(lead.cause));
    return;
  }
  pursue(lead.trial, lead.cause);
  spent_on_leads_ += stage_.now() - since;
}

bool LiveRun::bystander_dropped() const {
  const auto& beside = player_.beside();
  return beside && !is_death(*beside) && beside->result.verdict == Verdict::fail;
}

// What no session of the round shows by itself.
void LiveRun::look_beside(const std::vector<PlayedSession>& trials, bool dropped) {
  const bool explained =
      std::ranges::any_of(trials, [](const PlayedSession& each) { return is_death(each.ended); });
  died_ = died_ || explained;
  if (restarted() && !explained && !stop_.raised()) {
    died_ = true;
    pursue_together(std::exchange(history_, {}),
                    {.instead = "died-late",
                     .reason = "The target died, and no connection alone makes it die.",
                     .side_by_side = false},
                    [this](const std::vector<LiveSession>& some) {
                      const auto again = play(some, {});
                      return restarted() ||
                             std::ranges::any_of(again, [](const PlayedSession& each) {
                               return is_death(each.ended);
                             });
                    });
    return;
  }
  if (explained || !dropped) return;
  std::vector<LiveSession> sessions;
  for (const PlayedSession& each : trials) sessions.push_back(each.session);
  pursue_together(std::move(sessions),
                  {.instead = "other-connection-not-served",
                   .reason = "Another connection, open beside it, was not served any more."},
                  [this](const std::vector<LiveSession>& some) {
                    play(some, {std::max<std::size_t>(2, options_.jobs), options_.waiting});
                    return bystander_dropped();
                  });
}

// A core that is used with nothing to do, or memory that is far more than what was sent.
bool LiveRun::out_of_proportion(const Spent& spent, const std::vector<LiveSession>& sessions) {
  constexpr std::uint64_t far_more = 64;  // bytes for each that was sent
  std::uint64_t sent = 0;
  for (const LiveSession& each : sessions) sent += read(each).bytes;
  return is_suspicious(spent) && (spent.spinning || spent.peak_grown / far_more >= sent);
}

void LiveRun::look_at_spending() {
  if (watch_ == nullptr || stop_.raised()) return;
  looked_ = stage_.now();
  std::vector<LiveSession> sessions = std::exchange(stretch_, {});
  const auto spent = watch_->end_stretch();
  if (spent && out_of_proportion(*spent, sessions)) {
    pursue_together(std::move(sessions),
                    {.instead = spent->spinning ? "spins" : "grows", .reason = words(*spent)},
                    [this](const std::vector<LiveSession>& some) {
                      if (!keeper_.revive())
                        return false;  // one that still spins would show it for any session
                      watch_->begin_stretch();
                      play(some, {options_.jobs, options_.waiting});
                      const auto again = watch_->end_stretch();
                      return again && out_of_proportion(*again, some);
                    });
    keeper_.revive();
  }
  restarted();
  watch_->begin_stretch();
}

void LiveRun::note_point() {
  results_.points.push_back({seconds_of(stage_.now() - began_), results_.sessions,
                             generator_.triples(), results_.findings.size()});
}

// Since it was asked last.
bool LiveRun::restarted() {
  const auto seen = stage_.look();
  const pid_t root = seen ? seen->root : -1;
  const bool another = root_ >= 0 && root >= 0 && root != root_;
  if (root >= 0) root_ = root;
  return another;
}

}  // namespace wsconform
