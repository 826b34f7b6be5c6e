// What a suite of cases has to be beyond files that load: cases cite known requirements at a
// fitting level, say what they say in one plain sentence, stand one step a line, and mean
// something (case_sense.h); every requirement that can be tested has a case, and every rule of
// the core is broken by one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/role.h"
#include "reports/results/requirement.h"

namespace wsconform {

struct Case;

struct LintFinding {
  std::string path;
  std::size_t line = 0;
  std::string pointer;  // JSON pointer
  std::string message;

  // One line, fit for a terminal: "path:line: /pointer: message".
  std::string text() const;
};

struct LintReport {
  std::size_t files = 0;
  std::size_t cases = 0;  // variants
  std::vector<LintFinding> findings;
  // Only where the folder has a catalogue of requirements of its own, and so claims to be whole,
  // for targets of the role asked about:
  std::vector<std::string>
      unreached;  // names of framing rules and handshake rules that no case breaks
  std::vector<std::string>
      uncovered;  // testable requirements that bind such a target and that no case cites
};

// Never throws for what a file holds: that is a finding. Throws InputError where the folder holds
// no file of cases. `others`: requirements that cases may cite besides those of the folder.
LintReport lint_cases(const std::filesystem::path& folder, Role under_test = Role::server,
                      const std::vector<Requirement>& others = {});

// The single rules: what is wrong, or "".
std::string fault_of_says(std::string_view says);
std::string fault_of_requirements(const Case& made, const std::vector<Requirement>& catalogue);

}  // namespace wsconform
