// Whether a target takes a time for a request that leaps with what is in it. Judged by its own
// times, never by the clock: three requests, each several times in turn: a harmless one, one with n
// of what may slow it, one with 4 n. Where its process is seen, and did the work, its CPU time
// counts, which nothing else on this machine makes longer.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/instant.h"
#include "runner/casebook/expectation.h"
#include "runner/conversation/ground.h"

namespace wsconform {

class Proportion {
 public:
  static constexpr int rounds = 5;  // of the three, at most

  // From the connect to the first answer, of whatever kind; what CPU time the target used
  // meanwhile, where that is seen.
  void took(Trial trial, Duration time, std::optional<Duration> cpu = {});
  // Where the whole takes many times what a harmless request takes, far more than four times what
  // the quarter takes, and enough to hold up others. The shortest times count, so that what delays
  // the target now and then says nothing.
  std::optional<ground::TimeLeaps> fault() const;
  // Two rounds found no fault, nor a growth that a busy machine may make of one, when the quarter
  // waits longer than the whole: no more are needed, for the shortest times grow no longer. Three
  // are enough of a fault that is beyond doubt, growth as of n times n or nearly so. One is
  // enough where the whole takes next to no time; and a second harmless request behind it where
  // either takes a quarter of the whole, so that it was not delayed by chance.
  bool settled() const;

 private:
  // Preconditions: each was tried.
  bool counts_cpu() const;
  double least_of(Trial trial) const;  // ms
  bool leaps(double times) const;
  std::vector<Duration>& of(Trial trial) { return times_[static_cast<std::size_t>(trial)]; }
  const std::vector<Duration>& of(Trial trial) const {
    return times_[static_cast<std::size_t>(trial)];
  }

  std::array<std::vector<Duration>, 3> times_;
  std::array<std::vector<Duration>, 3> cpu_;  // as far as it was seen
};

}  // namespace wsconform
