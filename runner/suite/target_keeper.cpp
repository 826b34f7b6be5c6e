#include "runner/suite/target_keeper.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "runner/suite/probe.h"

namespace wsconform {
namespace {

constexpr Duration process_start = std::chrono::seconds(60);
constexpr Duration comeback =
    std::chrono::seconds(3);  // of a target that somebody else starts again
constexpr Duration port_rest = std::chrono::seconds(62);  // that a port which was used takes
constexpr Duration exit_time = std::chrono::seconds(1);
constexpr Duration between_tries = std::chrono::milliseconds(10);
constexpr std::string_view no_answer = "it no longer answers";

// From one look to the other: the same process, which did next to nothing, is not about to, and
// waits for no disk.
bool rested(const std::optional<ProcessLook>& from, const std::optional<ProcessLook>& to) {
  constexpr Duration next_to_nothing = std::chrono::milliseconds(20);
  return from && to && from->root == to->root && !to->usage.runnable && !from->usage.blocked &&
         !to->usage.blocked && to->usage.cpu - from->usage.cpu <= next_to_nothing;
}

// The same process, which had a CPU for so long.
bool worked(const std::optional<ProcessLook>& from, const std::optional<ProcessLook>& to,
            Duration time) {
  return from && to && from->root == to->root && to->usage.cpu - from->usage.cpu >= time;
}

}  // namespace

std::optional<TargetKeeper::NotReached> TargetKeeper::start() {
  OwnProcess* process = stage_.process();
  if (process == nullptr) return std::nullopt;
  if (!process->started()) process->start();
  if (came_up()) return std::nullopt;
  const bool runs = process->running();
  const std::string end = runs ? "it runs, but does not listen on its port" : process->last_exit();
  return NotReached{fmt::format("{}. {}", end, last_words()), !runs && process->port_is_taken()};
}

// Tries to connect until it succeeds, `limit` has passed (one try at least) or `hopeless` says so.
bool TargetKeeper::reach(Duration limit, const std::function<bool()>& hopeless) {
  const Instant last = stage_.now() + limit;
  for (;;) {
    if (stage_.listens()) return true;
    if (hopeless() || stage_.now() >= last) return false;
    stage_.wait_until(stage_.now() + between_tries);
  }
}

bool TargetKeeper::reach_started() {
  return reach(process_start, [this] { return stage_.stopped() || exited(); });
}

// What takes connections may be somebody else's, or left of the one that died; then ours is about
// to find its port taken, and to end.
bool TargetKeeper::came_up() {
  OwnProcess* process = stage_.process();
  if (!reach_started()) return false;
  const Instant last = stage_.now() + exit_time;
  while (process->listens() != true && stage_.now() < last)
    if (process->exits_within(between_tries)) return false;
  return true;
}

// One that hangs still accepts TCP; one that is back may take its time for the first answer.
bool TargetKeeper::answers_again() {
  return reach(comeback, [this] { return stage_.stopped(); }) &&
         (probe_liveness(stage_).speaks || (!stage_.stopped() && probe_liveness(stage_).speaks));
}

bool TargetKeeper::revive() {
  OwnProcess* process = stage_.process();
  if (process == nullptr) return answers_again();
  constexpr int tries = 3;
  for (int n = 0; n < tries && !stage_.stopped(); ++n) {
    if (n > 0) free_its_port();
    process->start();
    if (came_up()) {
      hear_no_banner();
      return true;
    }
    if (process->running()) return false;
  }
  return false;
}

// It did not come up again: no death that a case brought. Connections that are over hold a port for
// a minute, and one that does not share it ends at once (RFC 9293 §3.6.1).
void TargetKeeper::free_its_port() {
  if (stage_.change_port()) return;
  const Instant last = stage_.now() + port_rest;
  while (stage_.process()->port_is_held() && stage_.now() < last && !stage_.stopped())
    stage_.wait_until(stage_.now() + between_tries);
}

void TargetKeeper::hear_no_banner() {
  if (OwnProcess* process = stage_.process()) process->forget_error_output();
}

bool TargetKeeper::exited() {
  OwnProcess* process = stage_.process();
  return process != nullptr && !process->running();
}

bool TargetKeeper::exits_within(Duration time) {
  OwnProcess* process = stage_.process();
  return process != nullptr && process->exits_within(time);
}

bool TargetKeeper::is_gone_within(Duration time) {
  if (stage_.process() != nullptr) return exits_within(time);
  const Instant last = stage_.now() + time;
  while (stage_.listens()) {
    if (stage_.now() >= last || stage_.stopped()) return false;
    stage_.wait_until(stage_.now() + between_tries);
  }
  return true;
}

// One that takes no connection any more has let go of all of them: on a busy machine its end takes
// longer.
bool TargetKeeper::is_dying() {
  constexpr Duration dying = std::chrono::milliseconds(100);
  if (probe_liveness(stage_).speaks) return false;
  return is_gone_within(stage_.listens() ? dying : exit_time);
}

// A connect is no proof: a process that is about to end still has its listening socket. One that is
// busy answers late, but where it worked for longer than any request is worth, whoever else it
// serves is answered soon; one that rests has nothing in hand that it could answer behind.
std::optional<TargetKeeper::Death> TargetKeeper::death_within(Duration silence,
                                                              const Before& play) {
  const Instant heard = std::max(play.at, stage_.pace().last_heard());
  const Instant last = heard + silence;
  const auto is_at_work = [&] {
    const Duration half = std::min(longest_work_, stage_.now() - play.at) / 2;
    return worked(play.look, stage_.look(), half);
  };
  const auto since = heard == play.at ? play.look : stage_.look();
  const auto worked_enough = [&] {
    const Duration silent = stage_.now() - heard;
    return silent >= longest_work_ * 5 / 8 && worked(since, stage_.look(), silent / 2);
  };
  bool rests = false;
  do {
    const Before question = before_play();
    const bool worked_long = worked_enough() || (question.at >= last && is_at_work());
    if (probe_liveness(stage_, 0, worked_long ? 0.5 : 1).speaks) return std::nullopt;
    const Duration asked = stage_.now() - question.at;
    if (exits_within(std::max(Duration::zero(), exit_time - asked)))
      return Death{stage_.process()->last_exit()};
    if (stage_.process() == nullptr && !stage_.listens()) return Death{};
    rests = rested(question.look, stage_.look());
  } while (!rests && !worked_enough() && stage_.now() < last && !stage_.stopped());
  if (stage_.stopped()) return std::nullopt;  // the question was given up
  return Death{std::string(no_answer), true, rests || is_at_work()};
}

std::string TargetKeeper::last_words() const {
  OwnProcess* process = stage_.process();
  if (process == nullptr) return {};
  std::string words = process->error_output();
  stage_.profile().secrets.hide(words);
  stage_.profile().shown_lately->hide(words);
  return words;
}

}  // namespace wsconform
