// The elements of a comma-separated list (RFC 9110 §5.6.1).
#pragma once

#include <ranges>
#include <string_view>

#include "core/ascii.h"

namespace wsconform {

// A range of views of `list`, without the white space around each. Empty elements are given too: a
// recipient skips them, a sender must not write them (§5.6.1.2). An empty list has none. For lists
// without quoted strings, which may hold commas: see extension.h.
inline auto list_elements(std::string_view list) {
  return list | std::views::split(',') |
         std::views::transform([](const auto& element) { return trim(std::string_view(element)); });
}

}  // namespace wsconform
