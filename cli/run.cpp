// wsconform run: judges a live server.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>
#include <memory>
#include <set>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/judged_target.h"
#include "cli/run_command.h"
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

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  CLI::App& sub = *app.add_subcommand("run", "Judge a live server");
  auto command = std::make_shared<RunCommand>();
  command->add_to(sub);
  sub.callback([command, &exit_code] {
    const std::vector<DeclaredTarget> targets =
        command->targets.load([&] { return all_needs(*command); });
    check(*command, targets);
    exit_code = run_targets(*command, targets);
  });
}

}  // namespace wsconform
