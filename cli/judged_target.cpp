#include "cli/judged_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <random>

#include "cli/exit_code.h"
#include "cli/results_file.h"
#include "cli/started_target.h"
#include "core/phrase.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
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

Selected cases_of(const RunCommand& command, std::vector<Case> all) {
  Selected selected = command.cases.select_among(std::move(all));
  if (command.intensity != "full")
    std::erase_if(selected.cases, [](const Case& each) { return each.full_only; });
  std::erase_if(selected.cases, [](const Case& each) {
    return std::ranges::find(each.sides, Role::server) == each.sides.end();
  });
  if (selected.cases.empty())
    throw UsageError("None of the selected cases is for a server at this intensity.");
  return selected;
}

std::vector<std::string> ids_of(const std::vector<Case>& cases) {
  std::vector<std::string> ids;
  for (const Case& each : cases) ids.push_back(each.id);
  return ids;
}

// What a run is asked for, found out before the target is.
struct Question {
  const RunCommand& command;
  const DeclaredTarget& target;
  std::vector<Case> cases{};
  std::vector<std::string> all_ids{};  // of the cases there are
  std::size_t excluded = 0;
  Expectations expected{};
  std::vector<Requirement> requirements{};
};

Question question_of(const RunCommand& command, const DeclaredTarget& target) {
  const std::filesystem::path folder = cases_folder(command.cases.folder);
  std::vector<Case> all = load_cases(folder, target.limits);
  Question question{.command = command, .target = target};
  question.all_ids = ids_of(all);
  question.expected = {known_failing_of(command, target), command.strict, {}};
  if (!command.baseline.empty()) question.expected.baseline.emplace(read_results(command.baseline));
  Selected selected = cases_of(command, std::move(all));
  question.cases = std::move(selected.cases);
  question.excluded = selected.excluded;
  question.requirements = requirements_for(command.cases.folder);
  return question;
}

// Every case there is was played.
bool is_whole(const Question& question, const Results& results) {
  return question.command.cases.whole() && question.excluded == 0 && !results.stop &&
         !results.cases.empty();
}

// What of the results follows from the question. The port that we chose differs from run to run,
// and is left open.
void complete(const Question& question, Results& results) {
  results.wsconform = WSCONFORM_VERSION;
  results.requirements = question.requirements;
  results.target.url =
      question.target.shows_secrets ? question.target.url : shown_url(question.target.url);
  results.target.profile = question.target.profile;
  results.excluded = question.excluded;
  results.filtered = !question.command.cases.whole() || question.excluded > 0;
  results.target.again =
      command_again(question.command.targets, question.target, question.command.cases.folder);
  results.dead_known_failing = dead_entries(question.expected.known_failing, question.all_ids,
                                            results.cases, is_whole(question, results));
  results.exit_code = exit_code_of(results);
}

// Whom a run tells what it finds.
struct Listeners {
  Console& console;
  JournalFile& journal;
};

RunOptions options_of(const Question& question, const TargetProfile& profile) {
  const RunCommand& command = question.command;
  RunOptions options = command.options;
  options.seed = command.seed.value_or(options.shuffle ? std::random_device{}() : 1);
  options.full = command.intensity == "full";
  options.pid = pid_of(command, profile.address);
  options.limits = command.limits || (command.cases.whole() && !command.no_limits);
  options.patience = from_seconds(command.patience);
  if (command.max_time) options.max_time = from_seconds(*command.max_time);
  if (command.fail_fast) {
    options.ends_run = [&](CaseResult result) {
      judge_by(question.expected, result);
      return result.unexpected;
    };
  }
  return options;
}

Results run_once(const Question& question, StartedTarget& started, const Listeners& told) {
  TargetProfile profile = profile_of(question.target, started.port);
  RunOptions options = options_of(question, profile);
  const auto finished = [&](CaseResult& result) {
    judge_by(question.expected, result);
    told.journal.add(result);  // first: who is told of it may rely on it
    told.console.finished(result);
  };
  const auto begun = [&](Results found, std::size_t count) {
    complete(question, found);
    told.console.begin(found.target, count, found.excluded);
    told.journal.begin(found);
  };
  const auto waits = [&](std::string_view for_what) { told.console.waiting(for_what); };
  SuiteRun run(started.loop, std::move(profile), std::move(options), started.process.get(),
               {begun, finished, waits});
  started.interrupts.on_first([&] { run.interrupt(); });
  return run.run(question.cases);
}

Results run_cases(const Question& question, StartedTarget& started, const Listeners& told) {
  constexpr int most_tries = 3;
  for (int n = 1;; ++n) {
    try {
      return run_once(question, started, told);
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

Judged judge(const RunCommand& command, const DeclaredTarget& target, Console& console,
             JournalFile& journal) {
  StartedTarget started(target.exec);
  const Question question = question_of(command, target);
  command.reports.clear_away(profile_of(target, started.port).name, command.baseline);
  Judged judged{run_cases(question, started, {console, journal}), {}};
  complete(question, judged.results);
  if (command.update_known_failing)
    judged.list = updated(question.expected.known_failing, question.all_ids, judged.results,
                          is_whole(question, judged.results));
  return judged;
}

}  // namespace wsconform
