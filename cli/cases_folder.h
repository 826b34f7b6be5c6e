// Where the cases are, and which of them a command is about.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reports/results/requirement.h"
#include "runner/casebook/selection.h"
#include "runner/target/target_policy.h"

namespace CLI {
class App;
}

namespace wsconform {

// `given` where the user said so; else the folder installed beside the program
// (../share/wsconform/cases); else that of the sources it was built from.
std::filesystem::path cases_folder(const std::string& given);

// The catalogue of that folder; of one without a catalogue ours, whose requirements its cases may
// cite.
std::vector<Requirement> requirements_for(const std::string& given);

// The options by which every command selects cases.
struct CaseOptions {
  std::string folder;  // --cases
  Selection selection;
  std::vector<std::string> levels;  // --level: names of Level
  std::string side;                 // --side

  // Adds them to a subcommand; this object must outlive it.
  void add_to(CLI::App& command);
  // Loads and selects, for a target that declares these limits. Throws InputError or UsageError.
  std::vector<Case> load(const DeclaredLimits& limits = {}) const;
  // Those selected among `all`. Throws UsageError.
  Selected select_among(std::vector<Case> all) const;
  // No filter selects among the cases; some may be excluded.
  bool whole() const;
};

}  // namespace wsconform
