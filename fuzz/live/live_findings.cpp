// What a round showed, followed up: played again, minimised under the same cause, told.
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/instant.h"
#include "fuzz/live/live_run.h"
#include "fuzz/live/minimising.h"

namespace wsconform {
namespace {

constexpr int repetitions = 3;
constexpr int most_steps = 60;                              // of minimising
constexpr int most_plays = 40;                              // of what several show together
constexpr Duration most_for_one = std::chrono::seconds(3);  // of minimising, in a short run
constexpr std::size_t flaky = SIZE_MAX;

}  // namespace

void LiveRun::pursue(const PlayedSession& trial, const FindingCause& cause) {
  auto reason = reason_again(trial.session, cause);
  if (!reason) {
    known_[cause] = flaky;
    (stop_.raised() ? results_.unconfirmed : results_.flaky).push_back(name_of(cause));
    return;
  }
  LiveSession least = made_smaller(trial.session, cause);
  if (least != trial.session) {
    // A smaller one may show it by chance.
    auto again = reason_again(least, cause);
    if (again)
      reason = std::move(again);
    else
      least = trial.session;
  }
  Finding finding;
  finding.cause = cause;
  finding.sessions = {std::move(least)};
  finding.reason = cause.there.empty() ? *reason : words_for_difference(cause);
  if (is_death(trial.ended)) finding.last_words = keeper_.last_words();
  tell(std::move(finding));
}

std::optional<std::string> LiveRun::reason_again(const LiveSession& session,
                                                 const FindingCause& cause) {
  const std::vector<PlayedSession> again = play_again(session, cause);
  const auto causes = causes_in(again);
  const bool each_time = std::ranges::count(causes, cause) == repetitions;
  if (!each_time) return std::nullopt;
  return again.back().ended.result.reason;
}

// One behind another, and beside each other where they only wait: what is told by a
// silence would take long.
std::vector<PlayedSession> LiveRun::play_again(const LiveSession& session,
                                               const FindingCause& cause) {
  if (!is_death(cause))
    return play(std::vector<LiveSession>(repetitions, session), {1, options_.waiting});
  std::vector<PlayedSession> all;
  for (int n = 0; n < repetitions; ++n)
    std::ranges::move(play({session}, {}), std::back_inserter(all));
  return all;
}

// Where it kills, one at a time: of several side by side the killer would have to be found again.
LiveSession LiveRun::made_smaller(const LiveSession& session, const FindingCause& cause) {
  // What comes by waiting takes long each time, and there is more to find.
  const Instant until = stage_.now() + std::max<Duration>(most_for_one, options_.time / 12);
  const auto shows_still = [&](const std::vector<LiveSession>& some) {
    std::vector<bool> shows(some.size(), false);
    if (stage_.now() >= until) return shows;
    if (is_death(cause)) {
      for (std::size_t n = 0; n < some.size() && !stop_.raised(); ++n) {
        shows[n] = causes_in(play({some[n]}, {})).front() == cause;
        if (shows[n]) break;
      }
      return shows;
    }
    const auto causes = causes_in(play(some, {options_.jobs, options_.waiting}));
    for (std::size_t n = 0; n < causes.size(); ++n) shows[n] = causes[n] == cause;
    return shows;
  };
  return minimised(session, shows_still, most_steps);
}

void LiveRun::pursue_together(std::vector<LiveSession> sessions, const Shown& what,
                              const Together& show) {
  FindingCause cause{Place::open, "together", what.instead, {}};
  if (known_.contains(cause) || sessions.empty()) return;
  known_[cause] = flaky;
  const bool shows_again =
      show(sessions) && show(sessions);  // NOLINT(misc-redundant-expression): it is played twice
  if (!shows_again) {
    (stop_.raised() ? results_.unconfirmed : results_.flaky).push_back(name_of(cause));
    return;
  }
  Finding finding;
  finding.sessions = fewest(std::move(sessions), show, most_plays);
  finding.side_by_side = what.side_by_side;
  finding.cause = std::move(cause);
  finding.reason = what.reason;
  tell(std::move(finding));
}

void LiveRun::tell(Finding finding) {
  known_[finding.cause] = results_.findings.size();
  finding.after = results_.sessions;
  finding.seconds = in_milliseconds(stage_.now() - began_) / 1000;
  if (observer_.found) observer_.found(finding);
  results_.findings.push_back(std::move(finding));
}

}  // namespace wsconform
