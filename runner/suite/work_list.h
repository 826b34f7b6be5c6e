// What of a plan is still to be played, by the instances of a target: each takes what comes next
// once it is free. An instance that waits for a target that hangs or died holds nobody up: another
// is called for, and what it gives back is for all. Safe to use from several threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

#include "core/instant.h"
#include "runner/suite/run_plan.h"
#include "runner/suite/task_pool.h"

namespace wsconform {

class WorkList {
 public:
  struct Beside {};  // side by side, from the pool
  struct Watched {
    std::vector<Task> tasks{};
  };
  struct Alone {
    std::vector<Task> tasks{};  // one behind another
  };
  struct Limits {};  // are to be searched for
  using Work = std::variant<Beside, Watched, Alone, Limits>;

  // So many instances, at least one. Where they are several, what is played alone comes from the
  // last to the first: files of cases end with what asks most of a target, and a hang takes long to
  // be known. Who takes nothing for `patience` counts as held up.
  WorkList(const RunPlan& plan, bool limits, std::size_t instances, Duration patience);

  // What the instance is to do next, which is done with what it took before. The first begins with
  // what is played side by side, others with what needs a target for itself. nullopt: all is taken.
  std::optional<Work> next(std::size_t instance);
  // Behind that: something is to be taken again, or may be given back by others.
  bool may_get_more() const;
  // Of what is played side by side. Who takes from it says so.
  TaskPool& pool() { return pool_; }
  void takes(std::size_t instance);

  // Waits until somebody is held up, whom no other was called for, and there is something to take.
  // False: all is taken and nothing will be given back, or the list was closed.
  bool await_call();
  // It has to do with its target, not with its cases.
  void held_up(std::size_t instance);
  // The instance takes no more.
  void leave(std::size_t instance);
  // Nobody waits for a call any more.
  void close();

 private:
  struct Taker {
    Instant latest{};
    bool takes = false;
    bool beside = false;  // from the pool, and may give something back
    bool held_up = false;
    bool relieved = false;
  };
  std::optional<Work> take_next(bool first);
  bool all_taken() const;
  bool is_over() const;
  std::optional<Instant> next_call(Instant now);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  TaskPool pool_;
  std::optional<std::vector<Task>> watched_;
  std::deque<Alone> alone_;
  bool limits_ = false;
  bool closed_ = false;
  Duration patience_{};
  std::vector<Taker> takers_;
};

}  // namespace wsconform
