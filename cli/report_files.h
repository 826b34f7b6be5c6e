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

// What came of writing reports.
struct WrittenReports {
  std::vector<std::string> paths;  // of those that stand whole
  std::vector<std::string>
      failures;  // of each other, one sentence: "out.html: No space left on device"
};

class ReportFiles {
 public:
  // Adds --html FILE, --json FILE ... to a subcommand; this object must outlive it.
  void add_to(CLI::App& command);
  // Tries every path before any work is done: throws UsageError where no file can stand, or where
  // two reports would be one file, std::system_error where the machine lets none be written.
  // {target} in a path stands for the target's name, what fits no file's name as a hyphen.
  void check(const std::vector<std::string>& targets) const;
  // What an earlier run left at the paths of one target goes, so that nobody takes it for what the
  // run to come finds; `but` stays until it is written anew.
  void clear_away(const std::string& target, const std::string& but = "") const;
  // Writes those of one target, each whatever comes of the others. Where one fails, the exit code
  // of the results becomes exit_fault, in those that stand too.
  WrittenReports write(Results& results, const std::string& target) const;
  // Where the results of a target will stand as JSON; "": nowhere.
  std::string json_of(const std::string& target) const;

 private:
  std::vector<std::pair<ReportFormat, std::string>> files_;
};

}  // namespace wsconform
