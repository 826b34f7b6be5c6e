// A bound for the memory of all connections together, and whom to refuse when it is passed: those
// that hold most.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace wsconform {

// How much of what the process may take is there to be held: a tenth is left for the program
// itself, and some for each of the most connections that were there at once, which may hold too
// little to be counted; half of it at most.
constexpr std::size_t to_be_held(std::size_t max_memory, std::size_t connections) {
  constexpr std::size_t of_a_connection = 4 * 1024;
  return max_memory - std::min(max_memory / 2, max_memory / 10 + connections * of_a_connection);
}

class MemoryBudget {
 public:
  // Holders of less are not counted: they cost nothing here, and none of them is worth a refusal.
  static constexpr std::size_t worth_counting = 16 * 1024;

  explicit MemoryBudget(std::size_t most_bytes) : most_(most_bytes) {}

  void limit(std::size_t most_bytes) { most_ = most_bytes; }
  // What `id` holds from now on; 0: nothing more.
  void hold(std::uint64_t id, std::size_t bytes);
  // Bytes of all that count.
  std::size_t held() const { return held_; }
  std::size_t most() const { return most_; }
  // The largest holder while more is held than may be. It counts until it is told that it holds
  // less.
  std::optional<std::uint64_t> one_too_many() const;

 private:
  std::size_t most_ = 0;
  std::size_t held_ = 0;
  std::unordered_map<std::uint64_t, std::size_t> bytes_of_;
  std::set<std::pair<std::size_t, std::uint64_t>> by_size_;
};

}  // namespace wsconform
