// Keeps what all connections of a server hold within a bound: refuses those that hold most. What waits in rooms is
// shared and counts once, for all of them together; beyond the bound whoever has most of it waiting goes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "server-under-test/memory_budget.h"
#include "server-under-test/roster.h"

namespace wsconform {

// Both live longer.
class MemoryKeeper {
 public:
  MemoryKeeper(std::size_t most_bytes, const Roster& sessions, const ChatRooms& rooms)
      : budget_(most_bytes), sessions_(&sessions), rooms_(&rooms) {}

  void limit(std::size_t most_bytes) { budget_.limit(most_bytes); }
  // The session holds so many bytes now.
  void hold(std::uint64_t id, std::size_t bytes);
  // What the rooms hold may be another amount now.
  void count_rooms();
  std::size_t held() const { return budget_.held(); }

 private:
  void keep_to_budget();
  void refuse_slowest();

  MemoryBudget budget_;
  const Roster* sessions_ = nullptr;
  const ChatRooms* rooms_ = nullptr;
  std::size_t held_by_rooms_ = 0;  // as it was counted last
  bool refuses_ = false;
};

}  // namespace wsconform
