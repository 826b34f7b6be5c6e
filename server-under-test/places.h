// Who has a place at the server: TCP connections wait until their handshake is done, and only then
// count as clients. What is silent takes no client's place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

namespace wsconform {

class Places {
 public:
  struct Limits {
    std::size_t clients = 10'000;
    std::size_t clients_of_an_address = SIZE_MAX;
    std::size_t waiting = 10'000;
  };
  enum class Answer { taken, full, full_for_the_address };

  explicit Places(const Limits& limits) : limits_(limits) {}

  // A TCP connection came and waits. Ids grow. Where too many wait, the one that has to go for it:
  // that which waits longest.
  std::optional<std::uint64_t> come(std::uint64_t id, const std::string& address);
  // Its handshake is right otherwise: takes a place, unless there is none; it has one already where
  // it does not wait.
  Answer take(std::uint64_t id);
  // It is gone, waiting or not.
  void leave(std::uint64_t id);

  std::size_t clients() const { return clients_.size(); }
  std::size_t waiting() const { return waiting_.size(); }
  std::optional<std::uint64_t> longest_waiting() const;
  void limit(const Limits& limits) { limits_ = limits; }

 private:
  using Addresses = std::unordered_map<std::string, std::size_t>;  // clients of each

  Limits limits_;
  std::map<std::uint64_t, std::string> waiting_;  // the oldest first
  std::unordered_map<std::uint64_t, Addresses::value_type*> clients_;
  Addresses addresses_;
};

}  // namespace wsconform
