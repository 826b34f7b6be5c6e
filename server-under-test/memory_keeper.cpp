#include "server-under-test/memory_keeper.h"

#include <algorithm>
#include <utility>

namespace wsconform {
namespace {

constexpr std::uint64_t all_rooms = 0;                   // as a holder: no connection has this id
constexpr std::size_t worth_counting_again = 64 * 1024;  // bytes more or less

}  // namespace

void MemoryKeeper::limit(std::size_t max_memory) {
  max_memory_ = max_memory;
  count_sessions();
}

void MemoryKeeper::count_sessions() {
  most_sessions_ = std::max(most_sessions_, sessions_->size());
  budget_.limit(to_be_held(max_memory_, most_sessions_));
  keep_to_budget();
}

void MemoryKeeper::hold(std::uint64_t id, std::size_t bytes) {
  budget_.hold(id, bytes);
  keep_to_budget();
}

void MemoryKeeper::count_rooms() {
  const std::size_t held = rooms_->held();
  const std::size_t change = std::max(held, held_by_rooms_) - std::min(held, held_by_rooms_);
  if (change < worth_counting_again && (held > 0 || change == 0)) return;
  held_by_rooms_ = held;
  budget_.hold(all_rooms, held);
  keep_to_budget();
}

// Whoever is refused may tell of it here at once.
void MemoryKeeper::keep_to_budget() {
  if (std::exchange(refuses_, true)) return;
  while (const auto holder = budget_.one_too_many()) {
    if (*holder == all_rooms) {
      refuse_slowest();
      continue;
    }
    budget_.hold(*holder, 0);
    if (const auto session = sessions_->find(*holder)) session->refuse();
  }
  refuses_ = false;
}

void MemoryKeeper::refuse_slowest() {
  const auto slowest = rooms_->slowest();
  if (const auto session = slowest ? sessions_->find(*slowest) : nullptr) session->refuse_room();
  held_by_rooms_ = slowest ? rooms_->held() : 0;
  budget_.hold(all_rooms, held_by_rooms_);
}

}  // namespace wsconform
