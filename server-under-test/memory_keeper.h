// Keeps what all connections of a server hold within a bound: refuses those that hold most. What
// waits in rooms is shared and counts once, for all of them together; beyond the bound whoever has
// most of it waiting goes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "server-under-test/memory_budget.h"
#include "server-under-test/roster.h"

namespace wsconform {

// Both live longer.
class MemoryKeeper {
 public:
  // `max_memory`: bytes that the process may take.
  MemoryKeeper(std::size_t max_memory, const Roster& sessions, const ChatRooms& rooms)
      : max_memory_(max_memory),
        budget_(to_be_held(max_memory, 0)),
        sessions_(&sessions),
        rooms_(&rooms) {}

  void limit(std::size_t max_memory);
  // There are more sessions now. What so many took is kept for those to come.
  void count_sessions();
  // The session holds so many bytes now.
  void hold(std::uint64_t id, std::size_t bytes);
  // What the rooms hold may be another amount now.
  void count_rooms();
  std::size_t held() const { return budget_.held(); }

 private:
  void keep_to_budget();
  void refuse_slowest();

  std::size_t max_memory_ = 0;
  std::size_t most_sessions_ = 0;  // that were there at once
  MemoryBudget budget_;
  const Roster* sessions_ = nullptr;
  const ChatRooms* rooms_ = nullptr;
  std::size_t held_by_rooms_ = 0;  // as it was counted last
  bool refuses_ = false;
};

}  // namespace wsconform
