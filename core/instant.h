// Time as the drivers inject it: nothing in the protocol reads a clock.
#pragma once

#include <chrono>

namespace wsconform {

using Duration = std::chrono::nanoseconds;
using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;

// As numbers that are told, or reckoned with.
constexpr double in_milliseconds(Duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}
constexpr double in_seconds(Duration time) {
  return std::chrono::duration<double>(time).count();
}
// Cut to whole nanoseconds; at most 292 years either way.
constexpr Duration from_seconds(double seconds) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

}  // namespace wsconform
