// Which of many are to be woken, and when: one queue in the place of a timer for each.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "core/instant.h"

namespace wsconform {

class Alarms {
 public:
  // Wakes `id` at the instant; what was set before stays set.
  void set(std::uint64_t id, Instant at) { queue_.emplace(at, id); }
  // The earliest that is set.
  std::optional<Instant> next() const;
  // Those whose instant has come, the earliest first; they are set no more.
  std::vector<std::uint64_t> due(Instant now);

 private:
  using Alarm = std::pair<Instant, std::uint64_t>;

  std::priority_queue<Alarm, std::vector<Alarm>, std::greater<>> queue_;
};

}  // namespace wsconform
