// What `wsconform run` is told on the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/cases_folder.h"
#include "cli/report_files.h"
#include "cli/run_targets.h"
#include "runner/suite/suite_run.h"

namespace CLI {
class App;
}

namespace wsconform {

struct RunCommand {
  CaseOptions cases;
  ReportFiles reports;
  TargetOptions targets;
  std::optional<int> pid;
  bool update_known_failing = false;
  std::string baseline;  // path; "": none
  std::string intensity = "default";
  double patience = 2;             // seconds
  std::optional<double> max_time;  // seconds
  bool verbose = false;
  bool github = false;
  bool strict = false;
  bool fail_fast = false;
  bool limits = false;
  bool no_limits = false;
  std::optional<std::uint64_t> seed;
  RunOptions options{.instances = 4};

  // Adds all options to the subcommand; this object must outlive it.
  void add_to(CLI::App& app);
};

}  // namespace wsconform
