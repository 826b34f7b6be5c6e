// Choices of a generator, the same for the same seed on every platform.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <random>

namespace wsconform {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // Below `bound`, which is not 0.
  std::size_t below(std::size_t bound) {
    assert(bound > 0);
    return static_cast<std::size_t>(engine_() % bound);
  }
  // Once in so many times.
  bool once_in(std::size_t times) { return below(times) == 0; }
  // One of a list that is not empty.
  const auto& one_of(const auto& list) { return list[below(std::size(list))]; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace wsconform
