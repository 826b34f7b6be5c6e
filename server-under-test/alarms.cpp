#include "server-under-test/alarms.h"

namespace wsconform {

std::optional<Instant> Alarms::next() const {
  return queue_.empty() ? std::nullopt : std::optional(queue_.top().first);
}

std::vector<std::uint64_t> Alarms::due(Instant now) {
  std::vector<std::uint64_t> due;
  while (!queue_.empty() && queue_.top().first <= now) {
    due.push_back(queue_.top().second);
    queue_.pop();
  }
  return due;
}

}  // namespace wsconform
