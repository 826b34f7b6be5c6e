// wsconform run: judges a live server.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/report_files.h"
#include "reports/console.h"
#include "runner/case_loader.h"
#include "runner/input_error.h"
#include "runner/known_failing.h"
#include "runner/listening_process.h"
#include "runner/process_usage.h"
#include "runner/requirement_catalogue.h"
#include "runner/suite_run.h"

namespace wsconform {
namespace {

struct RunCommand {
  CaseOptions cases;
  ReportFiles reports;
  std::string url;
  std::string name;
  bool insecure = false;
  std::string ca;
  std::string exec;
  std::optional<int> pid;
  std::vector<std::string> headers;
  std::vector<std::string> subprotocols;
  std::string known_failing;
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

FieldLine header_line(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || !is_token(text.substr(0, colon)) ||
      text.find_first_of("\r\n") != std::string::npos) {
    throw UsageError(fmt::format("--header '{}' is not of the form 'Name: value'.", text));
  }
  return {text.substr(0, colon), std::string(trim(std::string_view(text).substr(colon + 1))), text};
}

std::string with_port(std::string url, std::uint16_t port) {
  constexpr std::string_view placeholder = "{port}";
  if (const std::size_t at = url.find(placeholder); at != std::string::npos) {
    url.replace(at, placeholder.size(), std::to_string(port));
  }
  return url;
}

TargetProfile profile_of(const RunCommand& command, std::uint16_t port) {
  TargetProfile profile;
  profile.url = with_port(command.url, port);
  const auto address = parse_target_url(profile.url);
  if (!address)
    throw UsageError(fmt::format("The URL '{}' cannot be used: {}.", profile.url, address.error()));
  profile.address = *address;
  profile.trust = {command.insecure, command.ca};
  profile.name = command.name.empty() ? profile.url : command.name;
  for (const std::string& each : command.headers) profile.headers.push_back(header_line(each));
  for (const std::string& each : command.subprotocols) {
    if (!is_token(each)) throw UsageError(fmt::format("--subprotocol '{}' is not a token.", each));
    profile.subprotocols.push_back(each);
  }
  return profile;
}

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

std::vector<Case> cases_of(const RunCommand& command) {
  std::vector<Case> cases = command.cases.load();
  if (command.intensity != "full")
    std::erase_if(cases, [](const Case& each) { return each.full_only; });
  std::erase_if(cases, [](const Case& each) {
    return std::ranges::find(each.sides, Role::server) == each.sides.end();
  });
  if (cases.empty()) throw UsageError("No case selected is one for a server at this intensity.");
  return cases;
}

bool counts_against(const RunCommand& command, const KnownFailing& known,
                    const CaseResult& result) {
  return is_unexpected(known, result) || (command.strict && result.verdict == Verdict::lenient);
}

int exit_code_of(const Results& results) {
  if (results.stopped.starts_with("the target died")) return exit_unreachable;
  if (!results.stopped.empty() || count_unexpected(results) > 0) return exit_unexpected;
  return exit_as_expected;
}

KnownFailing known_failing_of(const RunCommand& command) {
  const bool to_be_made =
      command.update_known_failing && !std::filesystem::exists(command.known_failing);
  if (command.known_failing.empty() || to_be_made) return {};
  return load_known_failing(command.known_failing);
}

std::vector<std::string> ids_of(const std::vector<Case>& cases) {
  std::vector<std::string> ids;
  for (const Case& each : cases) ids.push_back(each.id);
  return ids;
}

Results run_cases(const RunCommand& command, const std::vector<Case>& cases,
                  const KnownFailing& known, Console& console) {
  boost::asio::io_context loop;
  const std::uint16_t port = command.exec.empty() ? 0 : free_port();
  TargetProfile profile = profile_of(command, port);
  std::unique_ptr<TargetProcess> process;
  if (!command.exec.empty()) process = std::make_unique<TargetProcess>(command.exec, port);
  RunOptions options = command.options;
  options.seed = command.seed.value_or(options.shuffle ? std::random_device{}() : 1);
  options.full = command.intensity == "full";
  options.pid = pid_of(command, profile.address);
  options.limits = command.limits || (command.cases.whole() && !command.no_limits);
  options.patience =
      std::chrono::duration_cast<Duration>(std::chrono::duration<double>(command.patience));
  if (command.fail_fast) {
    options.ends_run = [&](const CaseResult& result) {
      return counts_against(command, known, result);
    };
  }
  const auto finished = [&](CaseResult result) {
    const KnownFailing::Entry* entry = known.entry_for(result.id);
    if (entry != nullptr) result.known_failing = entry->reason;
    console.finished(result);
  };
  const auto begun = [&](const Target& target, std::size_t count) { console.begin(target, count); };
  SuiteRun run(loop, std::move(profile), options, process.get(), {begun, finished});
  boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code error, int) {
    if (!error) run.interrupt();
  });
  return run.run(cases);
}

Results judge(const RunCommand& command, Console& console) {
  const std::filesystem::path folder = cases_folder(command.cases.folder);
  const std::vector<std::string> all_ids = ids_of(load_cases(folder));
  const KnownFailing known = known_failing_of(command);
  Results results = run_cases(command, cases_of(command), known, console);
  results.wsconform = WSCONFORM_VERSION;
  results.requirements = load_requirements(folder);
  judge_by(known, all_ids, results);
  for (CaseResult& each : results.cases) each.unexpected = counts_against(command, known, each);
  results.exit_code = exit_code_of(results);
  if (command.update_known_failing)
    write_file(command.known_failing, updated(known, all_ids, results));
  return results;
}

void add_options(CLI::App& app, RunCommand& command) {
  app.add_option("url", command.url, "ws://HOST[:PORT][/PATH]; {port} where --exec chooses it")
      ->required();
  app.add_option("--exec", command.exec,
                 "Starts the target itself, and again when it died: 'COMMAND {port}'")
      ->type_name("COMMAND");
  app.add_flag("--insecure", command.insecure, "Takes any certificate of a wss:// target");
  app.add_option("--ca", command.ca,
                 "PEM file of authorities, beside the system's, that vouch for it")
      ->type_name("FILE");
  app.add_option("--pid", command.pid,
                 "Process of a target on this machine: its CPU time and memory are looked at")
      ->type_name("PID")
      ->check(CLI::PositiveNumber)
      ->excludes("--exec");
  app.add_option("--name", command.name, "What the reports call the target");
  app.add_option("--header", command.headers, "A field for every opening handshake, 'Name: value'")
      ->allow_extra_args(false);
  app.add_option("--subprotocol", command.subprotocols, "Offered with every opening handshake")
      ->allow_extra_args(false);
  app.add_option("--jobs", command.options.jobs, "Connections at once")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--repeat", command.options.repeat, "Runs every case so often")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_flag("--shuffle", command.options.shuffle,
               "Runs the cases in an order that the seed decides");
  app.add_option("--seed", command.seed,
                 "Of the order and of masking keys; printed in the reports");
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
  app.add_option("--known-failing", command.known_failing,
                 "File of results that are expected, a glob and a reason a line")
      ->type_name("FILE");
  app.add_flag("--update-known-failing", command.update_known_failing,
               "Writes that file anew from what failed")
      ->needs("--known-failing");
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
    ConsoleStyle style = console_style_of(STDOUT_FILENO);
    style.verbose = command->verbose;
    Console console(std::cout, style);
    command->reports.check();
    const Results results = judge(*command, console);
    const std::vector<std::string> written = command->reports.write(results);
    console.end(results, written);
    exit_code = results.exit_code;
  });
}

}  // namespace wsconform
