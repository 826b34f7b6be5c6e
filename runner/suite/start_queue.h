// What of an order may start at a time: so many at once as it has jobs, yet no more in flight than
// is good for our memory. One that only waits costs the target nothing, and leaves its place to
// another as far as the order lets it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "runner/suite/stage.h"

namespace wsconform {

class StartQueue {
 public:
  // Bytes that are on their way: each is kept several times over. A message of 4 MiB fits, with
  // what is around it.
  static constexpr std::uint64_t most_in_flight = 4 * 1024 * 1024 + 64 * 1024;
  // And of those that wait, which are kept, too.
  static constexpr std::uint64_t most_at_rest = 4 * most_in_flight;

  // `jobs` of 0 count as 1. At most `most_waiting` are under way beside them. `more` as in Order.
  StartQueue(std::vector<Task> tasks, std::size_t jobs, std::size_t most_waiting = 0,
             std::function<std::vector<Task>()> more = {});

  // The next in their order, which counts as under way from then on; nullopt: none may start now.
  // One that sends more than may be in flight starts where nothing else is under way.
  std::optional<Task> next();
  // Precondition: next gave it, and it has not ended before.
  void ended(const Task& task);
  // These of those under way only wait, as was seen last. `at_rest`: what they sent makes no work
  // for the target, and is no longer in flight.
  void found_waiting(const std::vector<Task>& tasks, bool at_rest = false);
  bool all_begun() const { return next_ == tasks_.size() && !more_; }
  // Nothing more starts.
  void close() { closed_ = true; }
  std::vector<Task> not_begun() const;

 private:
  void ask_for_more();

  std::vector<Task> tasks_;
  std::function<std::vector<Task>()> more_;  // while there may be some
  std::size_t jobs_ = 1;
  std::size_t most_waiting_ = 0;
  std::size_t next_ = 0;
  std::size_t under_way_ = 0;
  std::size_t waiting_ = 0;
  std::uint64_t sent_ = 0;     // bytes, by the cases under way, and may come back
  std::uint64_t at_rest_ = 0;  // of them, and no longer in flight
  bool closed_ = false;
};

}  // namespace wsconform
