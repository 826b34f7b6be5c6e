// What of a plan is still to be played, by the instances of a target: each takes what comes next
// once it is free. An instance that waits for a target that hangs or died holds nobody up: another
// is called for. Safe to use from several threads.
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

namespace wsconform {

class WorkList {
 public:
  struct Beside {};  // side by side: see take_beside
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
  // Some more of what is played side by side; empty: all is taken.
  std::vector<Task> take_beside(std::size_t instance);
  std::size_t beside_left() const;
  // They are to be taken once more.
  void give_back(const std::vector<Task>& beside);

  // Waits until somebody is held up, whom no other was called for, and there is something to take.
  // False: all is taken, or the list was closed.
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
    bool held_up = false;
    bool relieved = false;
  };
  bool all_taken() const;
  void took(std::size_t instance);
  std::optional<Instant> next_call(Instant now);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> beside_;
  std::optional<std::vector<Task>> watched_;
  std::deque<Alone> alone_;
  bool limits_ = false;
  bool closed_ = false;
  Duration patience_{};
  std::vector<Taker> takers_;
};

}  // namespace wsconform
