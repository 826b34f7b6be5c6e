// How a TaskRunner judges again what a deadline, a reset or a clock left in doubt, and what it
// tells.
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/phrase.h"
#include "runner/conversation/ruling.h"
#include "runner/suite/task_list.h"
#include "runner/suite/task_runner.h"

namespace wsconform {
namespace {

// The target gave up on a request (408, RFC 9110 §15.5.9) that was long in coming: one that we
// write in pieces, each once the one before was read, takes long on a busy machine.
bool gave_up_waiting(const Finished& ended, const Pace& pace) {
  return ended.outcome.reaction.status == 408 &&
         ended.result.total_ms >= in_milliseconds(2 * pace.patience());
}

// That it does so although nothing else is under way tells of this machine, not of the target.
void leave_unjudged(Finished& ended) {
  ended.outcome.ground = ground::GivenUp{
      "The target gave up waiting (408) before the request was whole: this machine is too busy to "
      "write it in time."};
  rule(ended.result, Verdict::error, ended.outcome.ground, ended.outcome.reaction);
  ended.result.at_fault = AtFault::setup;
}

}  // namespace

void TaskRunner::judge_again(Breadth breadth) {
  repeat_timed_out(breadth);
  repeat_doubtful();
}

// What a fault of the machine leaves to be asked again stands as it is.
void TaskRunner::tell_all_that_stands() {
  tell_first_results();
  for (Finished& each : std::exchange(timed_out_, {})) hooks_.told(std::move(each));
  for (Finished& each : std::exchange(doubtful_, {})) hooks_.told(std::move(each));
}

// A deadline that passes while the target is busy proves nothing: such cases run again, with few
// beside them. Where they are many, a few of a kind speak for it, unless one is answered now.
void TaskRunner::repeat_timed_out(Breadth breadth) {
  std::vector<DeadlineKind> kinds = kinds_of(std::exchange(timed_out_, {}));
  std::vector<Finished> speakers;
  for (const DeadlineKind& each : kinds)
    std::ranges::copy(each.speakers, std::back_inserter(speakers));
  if (!speakers.empty())
    wait_for(counted(speakers.size(), "case") + " again, which got no answer in time");
  const bool few = speakers.size() <= breadth.jobs;
  try {
    repeat(std::move(speakers), few ? Breadth{(breadth.jobs + 3) / 4, breadth.waiting} : breadth);
  } catch (...) {
    for (DeadlineKind& each : kinds) std::ranges::move(each.others, std::back_inserter(timed_out_));
    throw;
  }
  std::vector<Finished> unsettled;
  for (DeadlineKind& each : kinds) {
    const bool stands = std::ranges::all_of(each.speakers, [this](const Finished& first) {
      return std::ranges::find(silent_, first.task) != silent_.end();
    });
    if (stands) {
      settled_.settle(each.speakers.front());
      for (Finished& other : each.others) hooks_.told(std::move(other));
    } else {
      std::ranges::move(each.others, std::back_inserter(unsettled));
    }
  }
  if (!unsettled.empty()) repeat(std::move(unsettled), breadth);
}

// TCP may throw away what a target said before its reset (RFC 9293 §3.10.7.4): what comes of
// another try is its answer. A busy machine makes times out of proportion, but seldom twice when
// nothing else is under way.
void TaskRunner::repeat_doubtful() {
  constexpr int tries = 3;
  timed_alone_ = true;
  for (int n = 0; n < tries && !doubtful_.empty() && !stop_.raised(); ++n)
    repeat(std::exchange(doubtful_, {}), {});
  timed_alone_ = false;
  for (Finished& each : std::exchange(doubtful_, {})) hooks_.told(std::move(each));
}

// Where the run is stopped meanwhile, or the machine gives out, the first results stand.
void TaskRunner::repeat(std::vector<Finished> doubtful, Breadth breadth) {
  std::vector<Task> again;
  for (const Finished& each : doubtful) again.push_back(each.task);
  repeated_.clear();
  silent_.clear();
  asked_again_ = std::move(doubtful);
  repeating_ = true;
  TaskPool pool(again);
  play(pool, breadth);
  repeating_ = false;
  tell_first_results();
}

void TaskRunner::tell_first_results() {
  for (Finished& each : std::exchange(asked_again_, {}))
    if (std::ranges::find(repeated_, each.task) == repeated_.end()) hooks_.told(std::move(each));
}

void TaskRunner::tell(Finished ended) {
  repeated_.push_back(ended.task);
  hooks_.told(std::move(ended));
}

// One that no repetition follows.
void TaskRunner::tell_last(Finished ended) {
  if (hooks_.ends_run && hooks_.ends_run(ended.result))
    stop_.raise({Stop::Kind::unexpected_result});
  tell(std::move(ended));
}

void TaskRunner::keep(Finished ended) {
  const bool gave_up = gave_up_waiting(ended, stage_.pace());
  const bool by_time = is<ground::TimeLeaps>(ended.outcome.ground) || gave_up;
  const bool doubtful = ended.outcome.torn() || (by_time && !timed_alone_);
  if (ended.outcome.timed_out && !repeating_ && !stands_unanswered(ended)) {
    timed_out_.push_back(std::move(ended));
  } else if (doubtful && ended.result.verdict != Verdict::pass) {
    repeated_.push_back(ended.task);
    doubtful_.push_back(std::move(ended));
  } else {
    if (ended.outcome.timed_out) silent_.push_back(ended.task);
    if (gave_up && ended.result.verdict == Verdict::fail) leave_unjudged(ended);
    tell(std::move(ended));
  }
}

void TaskRunner::give_up(const std::vector<Task>& tasks, When when) {
  const ground::NotJudged ground{when};
  for (const Task& each : tasks)
    tell({.task = each,
          .result = unjudged(each, Verdict::error, AtFault::target_unreachable, ground),
          .outcome = {.ground = ground}});
}

}  // namespace wsconform
