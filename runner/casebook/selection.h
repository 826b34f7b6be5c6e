// Which cases a command is about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/role.h"
#include "reports/results/verdict.h"

namespace wsconform {

struct Case;

// A case is selected when it fits one pattern of every list that is not empty.
struct Selection {
  std::vector<std::string> cases{};  // patterns over ids, see runner/input/glob.h
  std::vector<std::string>
      sections{};  // "5.5", "rfc9110", "rfc6455/5.5-control-frames", "rfc*/5.*"
  std::vector<Level> levels{};
  std::vector<std::string> autobahn{};  // "2.5", "2", "2.*", "*": any case that has an Autobahn id
  std::optional<Role> side{};           // whom it can test
};

// Keeps the order. Throws UsageError where a pattern fits no case at all, or all together leave
// none.
std::vector<Case> select(std::vector<Case> cases, const Selection& selection);

}  // namespace wsconform
