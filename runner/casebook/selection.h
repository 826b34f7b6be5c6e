// Which cases a command is about.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/role.h"
#include "reports/results/verdict.h"

namespace wsconform {

struct Case;

// A case is selected when it fits one pattern of every list that is not empty.
struct Selection {
  // Patterns over ids, see runner/input/glob.h; one that fits none as it stands is looked for
  // anywhere in them.
  std::vector<std::string> cases{};
  std::vector<std::string> excluded{};           // likewise: those that are left out all the same
  std::vector<std::string> excluded_autobahn{};  // those, too
  std::vector<std::string>
      sections{};  // "5.5", "rfc9110", "rfc6455/5.5-control-frames", "rfc*/5.*"
  std::vector<Level> levels{};
  std::vector<std::string> autobahn{};  // "2.5", "2", "2.*", "*": any case that has an Autobahn id
  std::optional<Role> side{};           // whom it can test
};

struct Selected {
  std::vector<Case> cases;   // in the order that they had
  std::size_t excluded = 0;  // how many more these would be without these two
};

// Throws UsageError where a pattern fits no case at all, or all together leave none.
Selected select(std::vector<Case> cases, const Selection& selection);

}  // namespace wsconform
