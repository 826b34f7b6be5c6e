// Dates as HTTP writes them.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace wsconform {

// What the server is told the time by; the clock of the wall.
using WallClock = std::function<std::chrono::sys_seconds()>;

// IMF-fixdate, "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7).
std::string http_date(std::chrono::sys_seconds time);

}  // namespace wsconform
