// Time as the drivers inject it: nothing in the protocol reads a clock.
#pragma once

#include <chrono>

namespace wsconform {

using Duration = std::chrono::nanoseconds;
using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;

}  // namespace wsconform
