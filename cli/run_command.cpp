#include "cli/run_command.h"

#include <CLI/CLI.hpp>
#include <limits>

#include "cli/number_range.h"

namespace wsconform {

void RunCommand::add_to(CLI::App& app) {
  targets.add_to(app);
  app.add_option("--known-failing", targets.known_failing,
                 "File of expected failures: on each line a cause or a glob, and a reason")
      ->type_name("FILE");
  app.add_option("--pid", pid,
                 "Process of a target on this machine, to watch its CPU time and memory")
      ->type_name("PID")
      ->check(whole_number(1, std::numeric_limits<int>::max()))
      ->excludes("--exec");
  app.add_option("--jobs", options.jobs, "Connections at once")
      ->check(whole_number(1, 1000))
      ->capture_default_str();
  app.add_option("--instances", options.instances,
                 "Processes of the target at once, at most, where --exec tells each its {port}")
      ->check(whole_number(1, 64))
      ->capture_default_str();
  app.add_option("--repeat", options.repeat, "Runs every case this many times")
      ->check(whole_number(1, 1000))
      ->capture_default_str();
  app.add_flag("--shuffle", options.shuffle, "Runs the cases in random order");
  app.add_option("--seed", seed, "Seed of the random order; the reports print it")
      ->check(whole_number(0));
  app.add_flag("--fail-fast", fail_fast, "Stops at the first unexpected result");
  app.add_option("--intensity", intensity,
                 "default, or full: also the cases that send large volumes")
      ->check(CLI::IsMember({"default", "full"}))
      ->capture_default_str();
  app.add_flag("--limits", limits,
               "Searches for the limits of the target (largest message, most header fields, ...) "
               "in a run of some cases, too");
  app.add_flag("--no-limits", no_limits, "Skips the search for limits")->excludes("--limits");
  app.add_option("--patience", patience,
                 "Seconds of silence, at least, before a connection counts as hung")
      ->check(number(0.1, 60, "seconds"))
      ->capture_default_str();
  app.add_option("--max-time", max_time,
                 "Seconds after which the run ends; cases left out are unexpected")
      ->check(number(0.1, 1'000'000, "seconds"));
  app.add_flag("--update-known-failing", update_known_failing,
               "Rewrites the known-failing file from the failures of this run");
  app.add_option("--baseline", baseline,
                 "Results of an earlier run, as JSON: only what got worse is unexpected")
      ->type_name("RESULTS");
  app.add_flag("--strict", strict, "Treats lenient verdicts as unexpected, too");
  app.add_flag("--github", github,
               "For GitHub Actions: annotations for the ten worst causes, the step summary, the "
               "cases folded away in the log");
  app.add_flag("-v,--verbose", verbose, "Prints a line for every case");
  reports.add_to(app);
  cases.add_to(app);
}

}  // namespace wsconform
