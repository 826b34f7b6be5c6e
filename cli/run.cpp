// wsconform run: judges a live server.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>
#include <set>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/interrupts.h"
#include "cli/report_files.h"
#include "cli/run_targets.h"
#include "cli/written_file.h"
#include "reports/console.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/known_failing.h"
#include "runner/casebook/requirement_catalogue.h"
#include "runner/input/input_error.h"
#include "runner/process/listening_process.h"
#include "runner/process/process_usage.h"
#include "runner/suite/suite_run.h"

namespace wsconform {
namespace {

struct RunCommand {
  CaseOptions cases;
  ReportFiles reports;
  TargetOptions targets;
  std::optional<int> pid;
  bool update_known_failing = false;
  std::string intensity = "default";
  double patience = 2;  // seconds
  bool verbose = false;
  bool strict = false;
  bool fail_fast = false;
  bool limits = false;
  bool no_limits = false;
  std::optional<std::uint64_t> seed;
  RunOptions options;
};

// The process of a target that is not ours.
pid_t pid_of(const RunCommand& command, const TargetUrl& address) {
  if (!command.pid) return -1;
  if (!usage_of(*command.pid))
    throw UsageError(fmt::format("--pid {}: there is no such process.", *command.pid));
  const bool here =
      address.host == "localhost" || address.host == "127.0.0.1" || address.host == "::1";
  if (here && listens_on(*command.pid, address.port) == false) {
    throw UsageError(fmt::format("--pid {}: this process does not listen on port {}, another does.",
                                 *command.pid, address.port));
  }
  return *command.pid;
}

std::vector<Case> cases_of(const RunCommand& command, std::vector<Case> all) {
  std::vector<Case> cases = command.cases.select_among(std::move(all));
  if (command.intensity != "full")
    std::erase_if(cases, [](const Case& each) { return each.full_only; });
  std::erase_if(cases, [](const Case& each) {
    return std::ranges::find(each.sides, Role::server) == each.sides.end();
  });
  if (cases.empty()) throw UsageError("No case selected is one for a server at this intensity.");
  return cases;
}

int exit_code_of(const Results& results) {
  if (results.stop && results.stop->kind == Stop::Kind::target_died) return exit_unreachable;
  if (results.stop || count_unexpected(results) > 0) return exit_unexpected;
  return exit_as_expected;
}

KnownFailing known_failing_of(const RunCommand& command, const DeclaredTarget& target) {
  if (target.known_failing.empty() && command.update_known_failing)
    throw UsageError(
        "--update-known-failing needs a file: --known-failing, or that of the profile.");
  const bool to_be_made =
      command.update_known_failing && !std::filesystem::exists(target.known_failing);
  if (target.known_failing.empty() || to_be_made) return {};
  return load_known_failing(target.known_failing);
}

std::vector<std::string> ids_of(const std::vector<Case>& cases) {
  std::vector<std::string> ids;
  for (const Case& each : cases) ids.push_back(each.id);
  return ids;
}

// A target that we start ourselves gets ready while the cases are read; a signal waits until the loop runs.
struct StartedTarget {
  explicit StartedTarget(const DeclaredTarget& target) : interrupts(loop) {
    if (target.exec.empty()) return;
    port = free_port();
    process = std::make_unique<TargetProcess>(target.exec, port);
    interrupts.take_along(process.get());
    process->start();
  }
  ~StartedTarget() {
    if (process) process->stop();
    interrupts.take_along(nullptr);
  }
  StartedTarget(const StartedTarget&) = delete;
  StartedTarget& operator=(const StartedTarget&) = delete;

  // Somebody else took the port before the target could.
  void try_another_port() {
    port = free_port();
    process->stop();
    process->move_to(port);
    process->start();
  }

  boost::asio::io_context loop;
  Interrupts interrupts;
  std::uint16_t port = 0;
  std::unique_ptr<TargetProcess> process;
};

Results run_once(const RunCommand& command, const DeclaredTarget& target, StartedTarget& started,
                 const std::vector<Case>& cases, const Expectations& expected, Console& console) {
  TargetProfile profile = profile_of(target, started.port);
  RunOptions options = command.options;
  options.seed = command.seed.value_or(options.shuffle ? std::random_device{}() : 1);
  options.full = command.intensity == "full";
  options.pid = pid_of(command, profile.address);
  options.limits = command.limits || (command.cases.whole() && !command.no_limits);
  options.patience = from_seconds(command.patience);
  if (command.fail_fast) {
    options.ends_run = [&](CaseResult result) {
      judge_by(expected, result);
      return result.unexpected;
    };
  }
  const auto finished = [&](CaseResult& result) {
    judge_by(expected, result);
    console.finished(result);
  };
  const auto begun = [&](const Target& found, std::size_t count) { console.begin(found, count); };
  SuiteRun run(started.loop, std::move(profile), options, started.process.get(), {begun, finished});
  started.interrupts.on_first([&] { run.interrupt(); });
  return run.run(cases);
}

Results run_cases(const RunCommand& command, const DeclaredTarget& target, StartedTarget& started,
                  const std::vector<Case>& cases, const Expectations& expected, Console& console) {
  constexpr int most_tries = 3;
  for (int n = 1;; ++n) {
    try {
      return run_once(command, target, started, cases, expected, console);
    } catch (const PortTaken&) {
      if (n == most_tries) throw;
      started.try_another_port();
    }
  }
}

Results judge(const RunCommand& command, const DeclaredTarget& target, Console& console) {
  const std::filesystem::path folder = cases_folder(command.cases.folder);
  StartedTarget started(target);
  std::vector<Case> all = load_cases(folder, target.limits);
  const std::vector<std::string> all_ids = ids_of(all);
  const Expectations expected{known_failing_of(command, target), command.strict};
  const std::vector<Case> cases = cases_of(command, std::move(all));
  Results results = run_cases(command, target, started, cases, expected, console);
  results.wsconform = WSCONFORM_VERSION;
  results.requirements = load_requirements(folder);
  results.dead_known_failing = dead_entries(expected.known_failing, all_ids);
  results.exit_code = exit_code_of(results);
  if (command.update_known_failing)
    write_file(target.known_failing.string(), [&](std::ostream& file) {
      file << updated(expected.known_failing, all_ids, results);
    });
  return results;
}

std::set<std::string> all_needs(const RunCommand& command) {
  std::set<std::string> needs;
  for (const Case& each : load_cases(cases_folder(command.cases.folder)))
    needs.insert(each.needs.begin(), each.needs.end());
  return needs;
}

// Everything that can be found wrong before a target is asked.
void check(const RunCommand& command, const std::vector<DeclaredTarget>& targets) {
  if (command.pid && (targets.size() > 1 || !targets.front().exec.empty()))
    throw UsageError("--pid is of one target that wsconform does not start itself.");
  std::vector<std::string> names;
  for (const DeclaredTarget& each : targets) {
    names.push_back(profile_of(each, 1).name);
    known_failing_of(command, each);
  }
  command.reports.check(names);
}

int run_target(const RunCommand& command, const DeclaredTarget& target) {
  ConsoleStyle style = console_style_of(STDOUT_FILENO);
  style.verbose = command.verbose;
  Console console(std::cout, style);
  const Results results = judge(command, target, console);
  std::vector<std::string> written;
  try {
    command.reports.write(results, results.target.name, written);
  } catch (...) {  // what the run found is told all the same
    console.end(results, written);
    throw;
  }
  console.end(results, written);
  return results.exit_code;
}

// One after the other; a target that cannot be reached keeps no other from being judged.
int run_targets(const RunCommand& command, const std::vector<DeclaredTarget>& targets) {
  int worst = exit_as_expected;
  for (const DeclaredTarget& each : targets) {
    try {
      worst = std::max(worst, run_target(command, each));
    } catch (const TargetUnreachable& error) {
      if (targets.size() == 1) throw;
      std::cout.flush();
      std::cerr << "wsconform: " << error.what() << '\n';
      worst = std::max<int>(worst, exit_unreachable);
    }
  }
  return worst;
}

void add_options(CLI::App& app, RunCommand& command) {
  command.targets.add_to(app);
  app.add_option("--pid", command.pid,
                 "Process of a target on this machine: its CPU time and memory are looked at")
      ->type_name("PID")
      ->check(CLI::PositiveNumber)
      ->excludes("--exec");
  app.add_option("--jobs", command.options.jobs, "Connections at once")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--repeat", command.options.repeat, "Runs every case so often")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_flag("--shuffle", command.options.shuffle,
               "Runs the cases in an order that the seed decides");
  app.add_option("--seed", command.seed, "Of that order; printed in the reports");
  app.add_flag("--fail-fast", command.fail_fast, "Stops at the first unexpected result");
  app.add_option("--intensity", command.intensity, "default, or full: all volumes")
      ->check(CLI::IsMember({"default", "full"}))
      ->capture_default_str();
  app.add_flag("--limits", command.limits,
               "Searches for what the target takes (largest message, most header fields, ...); "
               "without it, only where no filter selects cases");
  app.add_flag("--no-limits", command.no_limits, "Leaves that search out")->excludes("--limits");
  app.add_option("--patience", command.patience,
                 "Seconds of silence, at least, before a connection counts as hung")
      ->check(CLI::Range(0.1, 60.0))
      ->capture_default_str();
  app.add_flag("--update-known-failing", command.update_known_failing,
               "Writes the file of known failures anew from what failed");
  app.add_flag("--strict", command.strict, "A lenient verdict is unexpected too");
  app.add_flag("-v,--verbose", command.verbose, "A line for every case");
  command.reports.add_to(app);
  command.cases.add_to(app);
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  CLI::App& sub = *app.add_subcommand("run", "Judge a live server");
  auto command = std::make_shared<RunCommand>();
  add_options(sub, *command);
  sub.callback([command, &exit_code] {
    const std::vector<DeclaredTarget> targets =
        command->targets.load([&] { return all_needs(*command); });
    check(*command, targets);
    exit_code = run_targets(*command, targets);
  });
}

}  // namespace wsconform
