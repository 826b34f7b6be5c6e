#include "cli/judged_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <ostream>
#include <random>

#include "cli/exit_code.h"
#include "cli/started_target.h"
#include "cli/written_file.h"
#include "core/phrase.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/requirement_catalogue.h"
#include "runner/input/input_error.h"
#include "runner/process/listening_process.h"
#include "runner/process/process_usage.h"

namespace wsconform {
namespace {

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

std::vector<std::string> ids_of(const std::vector<Case>& cases) {
  std::vector<std::string> ids;
  for (const Case& each : cases) ids.push_back(each.id);
  return ids;
}

Results run_once(const RunCommand& command, const DeclaredTarget& target, StartedTarget& started,
                 const std::vector<Case>& cases, const Expectations& expected, Console& console) {
  TargetProfile profile = profile_of(target, started.port);
  RunOptions options = command.options;
  options.seed = command.seed.value_or(options.shuffle ? std::random_device{}() : 1);
  options.full = command.intensity == "full";
  options.pid = pid_of(command, profile.address);
  options.limits = command.limits || (command.cases.whole() && !command.no_limits);
  options.patience = from_seconds(command.patience);
  if (command.max_time) options.max_time = from_seconds(*command.max_time);
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
  const auto waits = [&](std::string_view for_what) { console.waiting(for_what); };
  SuiteRun run(started.loop, std::move(profile), options, started.process.get(),
               {begun, finished, waits});
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

}  // namespace

KnownFailing known_failing_of(const RunCommand& command, const DeclaredTarget& target) {
  if (target.known_failing.empty() && command.update_known_failing)
    throw UsageError(
        "--update-known-failing needs a file: --known-failing, or that of the profile.");
  const bool to_be_made =
      command.update_known_failing && !std::filesystem::exists(target.known_failing);
  if (target.known_failing.empty() || to_be_made) return {};
  return load_known_failing(target.known_failing);
}

Results judge(const RunCommand& command, const DeclaredTarget& target, Console& console) {
  const std::filesystem::path folder = cases_folder(command.cases.folder);
  StartedTarget started(target.exec);
  std::vector<Case> all = load_cases(folder, target.limits);
  const std::vector<std::string> all_ids = ids_of(all);
  const Expectations expected{known_failing_of(command, target), command.strict};
  const std::vector<Case> cases = cases_of(command, std::move(all));
  Results results = run_cases(command, target, started, cases, expected, console);
  results.wsconform = WSCONFORM_VERSION;
  results.requirements = load_requirements(folder);
  results.target.again = command_again(command.targets, target);
  const bool whole = command.cases.whole() && !results.stop;
  results.dead_known_failing = dead_entries(expected.known_failing, all_ids, results.cases, whole);
  results.exit_code = exit_code_of(results);
  if (command.update_known_failing) {
    const KnownFailing list = updated(expected.known_failing, all_ids, results, whole);
    write_file(target.known_failing.string(), [&](std::ostream& file) { file << words(list); });
    console.tell(fmt::format("Known failures: {} in {}", counted(list.entries.size(), "line"),
                             target.known_failing.string()));
  }
  return results;
}

}  // namespace wsconform
