// The case ids of Autobahn|Testsuite, which our cases name as their equivalents (docs/autobahn.md).
// No standard: the numbers are those of its cases for servers and clients alike.
#pragma once

#include <array>
#include <string_view>

namespace wsconform {

// A group's cases are numbered from 1 without gaps.
struct AutobahnGroup {
  std::string_view prefix;
  int cases = 0;
};
inline constexpr std::array<AutobahnGroup, 57> autobahn_groups{{
    {"1.1", 8},   {"1.2", 8},   {"2", 11},    {"3", 7},     {"4.1", 5},   {"4.2", 5},
    {"5", 20},    {"6.1", 3},   {"6.2", 4},   {"6.3", 2},   {"6.4", 4},   {"6.5", 5},
    {"6.6", 11},  {"6.7", 4},   {"6.8", 2},   {"6.9", 4},   {"6.10", 3},  {"6.11", 5},
    {"6.12", 8},  {"6.13", 5},  {"6.14", 10}, {"6.15", 1},  {"6.16", 3},  {"6.17", 5},
    {"6.18", 5},  {"6.19", 5},  {"6.20", 7},  {"6.21", 8},  {"6.22", 34}, {"6.23", 7},
    {"7.1", 6},   {"7.3", 6},   {"7.5", 1},   {"7.7", 13},  {"7.9", 9},   {"7.13", 2},
    {"9.1", 6},   {"9.2", 6},   {"9.3", 9},   {"9.4", 9},   {"9.5", 6},   {"9.6", 6},
    {"9.7", 6},   {"9.8", 6},   {"10.1", 1},  {"12.1", 18}, {"12.2", 18}, {"12.3", 18},
    {"12.4", 18}, {"12.5", 18}, {"13.1", 18}, {"13.2", 18}, {"13.3", 18}, {"13.4", 18},
    {"13.5", 18}, {"13.6", 18}, {"13.7", 18},
}};

// "6.22.34" is one, "6.22.35" and "6.22.034" are none.
constexpr bool is_autobahn_id(std::string_view id) {
  for (const AutobahnGroup& group : autobahn_groups) {
    if (!id.starts_with(group.prefix) || id.size() <= group.prefix.size() + 1) continue;
    if (id[group.prefix.size()] != '.') continue;
    const std::string_view number = id.substr(group.prefix.size() + 1);
    int n = 0;
    for (const char digit : number) {
      if (digit < '0' || digit > '9' || number.size() > 3) return false;
      n = 10 * n + (digit - '0');
    }
    // "6.1" is a group, and no case of a group "6".
    if (number.front() != '0' && n >= 1 && n <= group.cases) return true;
  }
  return false;
}

}  // namespace wsconform
