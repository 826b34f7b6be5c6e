// wsconform run: judges a live server.
#include <unistd.h>

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/failure.h"
#include "cli/judged_target.h"
#include "cli/run_command.h"
#include "cli/written_file.h"
#include "core/phrase.h"
#include "reports/github.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/input/input_error.h"
#include "runner/suite/suite_run.h"

namespace wsconform {
namespace {

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
    if (command.update_known_failing) try_to_write(each.known_failing.string());
  }
  command.reports.check(names);
}

// Annotations into the log, and the report in Markdown behind what other steps wrote into
// the job's summary.
void tell_github(const Results& results) {
  std::cout << to_github_annotations(results);
  const char* summary = std::getenv("GITHUB_STEP_SUMMARY");
  if (summary == nullptr || *summary == '\0') return;
  std::ofstream file(summary, std::ios::binary | std::ios::app);
  file << write_report(results, ReportFormat::markdown);
  file.close();
  if (!file) std::cerr << "wsconform: " << summary << ": the step's summary cannot be written\n";
}

// What went wrong; "": nothing.
std::string write_list(const KnownFailing& list, const std::string& path) {
  try {
    write_file(path, [&](std::ostream& file) { file << words(list); });
    return "";
  } catch (const std::exception&) {
    return failure_of(std::current_exception()).sentence;
  }
}

int run_target(const RunCommand& command, const DeclaredTarget& target) {
  ConsoleStyle style = console_style_of(STDOUT_FILENO);
  style.verbose = command.verbose;
  Console console(std::cout, style);
  const std::string name = profile_of(target, 1).name;
  JournalFile journal(command.reports.json_of(name));
  if (command.github) std::cout << begin_github_group("Cases");
  auto [results, list] = judge(command, target, console, journal);
  if (command.github) std::cout << end_github_group();
  const std::string known_failing = target.known_failing.string();
  const std::string list_failure = list ? write_list(*list, known_failing) : "";
  if (!list_failure.empty()) results.exit_code = exit_fault;
  WrittenReports written = command.reports.write(results, name);
  console.end(results, written.paths);
  if (!list_failure.empty()) {
    written.failures.push_back(list_failure);
  } else if (list) {
    console.tell(fmt::format("Known failures: {} in {}", counted(list->entries.size(), "line"),
                             known_failing));
  }
  if (command.github) tell_github(results);
  std::cout.flush();
  if (results.stop && results.stop->kind == Stop::Kind::machine_fault)
    std::cerr << "wsconform: " << results.stop->why << '\n';
  for (const std::string& each : written.failures) std::cerr << "wsconform: " << each << '\n';
  if (std::ranges::find(written.paths, command.reports.json_of(name)) != written.paths.end()) {
    journal.remove();
  } else if (!journal.path().empty()) {
    std::cerr << "wsconform: the results are kept in " << journal.path()
              << ", from which 'wsconform report' writes them\n";
  }
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

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  CLI::App& sub = *app.add_subcommand("run", "Judge a live server");
  auto command = std::make_shared<RunCommand>();
  command->add_to(sub);
  sub.callback([command, &exit_code] {
    const WritesFail meanwhile;  // what can be written is written
    const std::vector<DeclaredTarget> targets =
        command->targets.load([&] { return all_needs(*command); });
    check(*command, targets);
    exit_code = run_targets(*command, targets);
  });
}

}  // namespace wsconform
