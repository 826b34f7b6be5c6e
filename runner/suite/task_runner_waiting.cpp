// How a TaskRunner leaves cases that only wait beside later runs, and what becomes of them.
#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "core/phrase.h"
#include "runner/suite/task_runner.h"

namespace wsconform {

void TaskRunner::begin(TaskPool& pool, Breadth breadth) {
  assert(!left_);
  try {
    may_leave_ = !hooks_.ends_run;  // each result may be the last
    play(pool, breadth);
    may_leave_ = false;
    if (!left_) return judge_again(breadth);
    left_->timed_out = std::exchange(timed_out_, {});
    left_->doubtful = std::exchange(doubtful_, {});
  } catch (...) {
    may_leave_ = false;
    tell_all_that_stands();
    throw;
  }
}

void TaskRunner::finish(Breadth breadth) {
  std::optional<Left> left = std::exchange(left_, std::nullopt);
  if (!left) return;
  timed_out_ = std::move(left->timed_out);
  doubtful_ = std::move(left->doubtful);
  try {
    if (left->waiting > 0) wait_for(counted(left->waiting, "case") + " that got no answer yet");
    Played late = stage_.finish_waiting();
    const bool lived = root_of_target() == left->root;
    std::vector<Task> again;
    for (Finished& each : late.finished) {
      if (lived)
        keep(std::move(each));
      else
        again.push_back(each.task);
    }
    if (late.fault) std::rethrow_exception(late.fault);
    TaskPool pool(again);
    play(pool, breadth);
    judge_again(breadth);
  } catch (...) {
    tell_all_that_stands();
    throw;
  }
}

void TaskRunner::drop_waiting() {
  std::optional<Left> left = std::exchange(left_, std::nullopt);
  if (!left) return;
  timed_out_ = std::move(left->timed_out);
  doubtful_ = std::move(left->doubtful);
  tell_all_that_stands();
}

void TaskRunner::leave(std::size_t waiting) {
  if (!left_) left_ = Left{};
  left_->waiting += waiting;
  left_->root = root_of_target();
}

// With the target that they waited for, their connections are gone: they are to be played again.
void TaskRunner::take_back_left(TaskPool& pool) {
  Played late = stage_.finish_waiting();
  std::vector<Task> again = std::move(late.given_up);
  std::ranges::transform(late.finished, std::back_inserter(again), &Finished::task);
  pool.put_last(again);
  left_->waiting = 0;
}

std::optional<pid_t> TaskRunner::root_of_target() const {
  const auto look = stage_.look();
  return look ? std::optional(look->root) : std::nullopt;
}

// The target died meanwhile.
void TaskRunner::take_back_waiting(Played& played) {
  Played late = stage_.finish_waiting();
  std::ranges::move(late.finished, std::back_inserter(played.finished));
  std::ranges::move(late.given_up, std::back_inserter(played.given_up));
  if (left_) left_->waiting = 0;
}

}  // namespace wsconform
