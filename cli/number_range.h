// Numbers on a command line that have a range, told in words where they are not in it.
#pragma once

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdint>
#include <string>

namespace wsconform {

// A check for whole numbers: "'70000' is not from 0 to 65535".
inline CLI::Validator whole_number(std::uint64_t least, std::uint64_t most = UINT64_MAX) {
  const std::string range = most == UINT64_MAX ? fmt::format("a whole number from {} on", least)
                                               : fmt::format("from {} to {}", least, most);
  return {[=](std::string& text) -> std::string {
            std::uint64_t number = 0;
            const char* end = text.data() + text.size();
            const auto [rest, error] = std::from_chars(text.data(), end, number);
            const bool fits = error == std::errc() && rest == end && !text.empty();
            if (fits && number >= least && number <= most) return {};
            return fmt::format("'{}' is not {}", text, range);
          },
          ""};
}

}  // namespace wsconform
