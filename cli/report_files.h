// The report files that a command was asked for.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/report_format.h"

namespace CLI {
class App;
}

namespace wsconform {

class ReportFiles {
 public:
  // Adds --html FILE, --json FILE ... to a subcommand; this object must outlive it.
  void add_to(CLI::App& command);
  // Throws UsageError where a file could not be written, or two of the targets would write the
  // same, before any work is done. {target} in a path stands for the target's name, what fits no
  // file's name as a hyphen.
  void check(const std::vector<std::string>& targets) const;
  // Writes those of one target; `written` names each that stands whole, also where the next one
  // throws (see written_file.h).
  void write(const Results& results, const std::string& target,
             std::vector<std::string>& written) const;

 private:
  std::vector<std::pair<ReportFormat, std::string>> files_;
};

}  // namespace wsconform
