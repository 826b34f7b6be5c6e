// How many times a second something may happen, by instants that are given.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/instant.h"

namespace wsconform {

class RateLimit {
 public:
  RateLimit(std::uint64_t max_per_second, Instant now)
      : max_per_second_(max_per_second), since_(now) {}

  // Counts one more at `now`; false when it is one too many within a second. A second begins with
  // the first count after the one before has passed.
  bool allows_one_more(Instant now) {
    if (now - since_ >= std::chrono::seconds(1)) {
      since_ = now;
      count_ = 0;
    }
    return ++count_ <= max_per_second_;
  }

 private:
  std::uint64_t max_per_second_ = 0;
  Instant since_;
  std::uint64_t count_ = 0;
};

}  // namespace wsconform
