// How much was said in one direction.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wsconform {

struct Traffic {
  std::uint64_t messages = 0;
  std::uint64_t bytes = 0;  // of their payloads, as the application sees them

  void add(std::size_t payload_size) {
    ++messages;
    bytes += payload_size;
  }
  Traffic& operator+=(const Traffic& other) {
    messages += other.messages;
    bytes += other.bytes;
    return *this;
  }
  bool operator==(const Traffic&) const = default;
};

}  // namespace wsconform
