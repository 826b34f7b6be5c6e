// wsconform fuzz target: fuzzes a live endpoint.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <random>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/fuzz_report_files.h"
#include "cli/fuzzed_target.h"
#include "cli/number_range.h"
#include "cli/run_targets.h"
#include "cli/written_file.h"
#include "core/phrase.h"
#include "core/visible_text.h"
#include "fuzz/live/finding_case.h"
#include "fuzz/live/live_run.h"
#include "fuzz/report/fuzz_report.h"
#include "reports/results/stop.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/case_writer.h"
#include "runner/input/input_error.h"

namespace wsconform {
namespace {

struct FuzzTargetCommand {
  TargetOptions targets;
  std::string cases;
  std::string findings = "wsconform-findings";
  std::string against;  // a URL; "": nobody
  double time = 60;     // seconds
  double patience = 2;  // seconds
  std::optional<std::uint64_t> seed;
  bool until_found = false;
  FuzzReportFiles reports;
  LiveOptions options;
};

void tell(const Finding& finding) {
  std::cout << fmt::format("\nfinding  {}  (after {} and {:.1f} s)\n", name_of(finding.cause),
                           counted(finding.after, "session"), finding.seconds);
  std::cout << "  " << visible(finding.reason) << '\n';
  if (!finding.last_words.empty())
    std::cout << "  its last error output: " << visible(finding.last_words) << '\n';
  if (finding.side_by_side)
    std::cout << fmt::format("  only side by side: play it with {}\n", options_to_replay(finding));
  std::cout << "  " << finding.file << '\n' << std::flush;
}

void tell_state(const LiveResults& results) {
  if (results.points.empty()) return;
  const LivePoint& last = results.points.back();
  std::cout << fmt::format("{:7.1f} s  {} sessions  {:.0f} a second  {} triples  {}\n",
                           last.seconds, last.sessions,
                           static_cast<double>(last.sessions) / std::max(0.001, last.seconds),
                           last.triples, counted(last.findings, "finding"))
            << std::flush;
}

// How often each rule was broken where, and the target's answer seen: a row a rule.
std::vector<std::vector<std::string>> reach_of(const Generator& generator) {
  std::vector<std::vector<std::string>> rows;
  for (const Rule& rule : rules()) {
    std::uint64_t all = 0;
    std::vector<std::string> row = {std::string(rule.name)};
    for (std::size_t place = 1; place < place_count; ++place) {
      const auto times = generator.tried().at(place).at(static_cast<std::size_t>(rule.violation));
      row.push_back(std::to_string(times));
      all += times;
    }
    if (all > 0) rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> reach_head() {
  std::vector<std::string> head = {"rule broken"};
  for (std::size_t place = 1; place < place_count; ++place)
    head.emplace_back(name_of(static_cast<Place>(place)));
  return head;
}

void tell_reach(const Generator& generator) {
  const auto tell_row = [](const std::vector<std::string>& row) {
    std::cout << fmt::format("{:<30}", row.front());
    for (std::size_t n = 1; n < row.size(); ++n) std::cout << fmt::format("{:>23}", row[n]);
    std::cout << '\n';
  };
  std::cout << '\n';
  tell_row(reach_head());
  for (const auto& row : reach_of(generator)) tell_row(row);
}

std::string texts_of(const std::vector<Case>& cases) {
  std::string texts;
  for (const Case& each : cases) texts += (texts.empty() ? "" : ",\n") + text_of_entry(each);
  return texts;
}

FuzzReport report_of(const LiveResults& results, const Generator& generator,
                     const FuzzTargetCommand& command, const TargetProfile& target,
                     const Oracle& oracle, std::uint64_t seed, std::string started) {
  FuzzReport report;
  report.title = "Fuzzing of " + target.name;
  report.started = std::move(started);
  report.executions = "sessions";
  report.coverage = "triples";
  FuzzSeries& series = report.series.emplace_back();
  series.name = target.url;
  series.executions = results.sessions;
  series.seconds = results.seconds;
  for (const LivePoint& each : results.points)
    series.points.push_back({each.seconds, each.sessions, each.triples, each.findings});
  for (const Finding& each : results.findings)
    report.found.push_back(
        {name_of(each.cause), target.url, each.reason, FindingState::open, each.file,
         fmt::format("wsconform run {} --cases {} {}", target.url, command.findings,
                     options_to_replay(each)),
         texts_of(cases_of(each, oracle, target.echoes, seed)), each.last_words, each.seconds});
  report.reach_head = reach_head();
  report.reach = reach_of(generator);
  report.notes = {fmt::format("Seed {}.", seed)};
  for (const std::string& each : results.flaky)
    report.notes.push_back("Flaky, and so no finding: " + each + '.');
  for (const std::string& each : results.unconfirmed)
    report.notes.push_back("Seen, but the run ended before it could be confirmed: " + each + '.');
  return report;
}

bool ended_early(const FuzzedTarget& target) {
  return target.stop.raised() && target.stop.why()->kind != Stop::Kind::out_of_time;
}

void tell_end(const LiveResults& results, std::size_t findings, const Generator& generator,
              const FuzzedTarget& target, const FuzzTargetCommand& command) {
  tell_reach(generator);
  std::cout << fmt::format(
      "\n{} in {:.1f} s, {} bytes sent, {} of place, stimulus and reaction; {}",
      counted(results.sessions, "session"), results.seconds, results.bytes,
      counted(generator.triples(), "triple"), counted(findings, "finding"));
  if (!results.flaky.empty())
    std::cout << fmt::format(", {} flaky: {}", results.flaky.size(),
                             fmt::join(results.flaky, ", "));
  std::cout << ".\n";
  if (!results.unconfirmed.empty())
    std::cout << fmt::format("Seen, but the run ended before it could be confirmed: {}.\n",
                             fmt::join(results.unconfirmed, ", "));
  if (ended_early(target)) std::cout << words(*target.stop.why()) << '\n';
  if (!results.findings.empty())
    std::cout << fmt::format("Play them again: wsconform run {} --cases {}\n",
                             target.started.process ? "URL --exec COMMAND" : target.profile.url,
                             command.findings);
}

// What is trusted and sent is the same at both.
DeclaredTarget declared_at(const std::string& url, const FuzzTargetCommand& command) {
  TargetOptions options;
  options.url = url;
  options.insecure = command.targets.insecure;
  options.ca = command.targets.ca;
  options.headers = command.targets.headers;
  return options.load([] { return std::set<std::string>(); }).front();
}

int fuzz(const FuzzTargetCommand& command, const DeclaredTarget& declared) {
  const std::vector<Case> cases = load_cases(cases_folder(command.cases), declared.limits);
  FuzzedTarget target(declared, from_seconds(command.patience), command.options.jobs);
  std::optional<ComparedTarget> other;
  if (!command.against.empty())
    other.emplace(target, declared_at(command.against, command), command.options.jobs);
  const std::uint64_t seed = command.seed.value_or(std::random_device{}());
  const std::string started = utc_now();
  const Oracle oracle(cases);
  Generator generator(seeds_of(cases), target.profile, seed);
  LiveOptions options = command.options;
  options.jobs = other ? std::min(target.jobs, other->jobs) : target.jobs;
  options.waiting = other ? std::min(target.waiting, other->waiting) : target.waiting;
  options.time = from_seconds(command.time);
  std::cout << fmt::format("Fuzzing {} with seed {}: {} of the cases, then others.\n",
                           target.profile.url, seed, counted(generator.seeds(), "session"))
            << std::flush;
  const std::vector<std::string> wrong = target.always_wrong();
  for (const std::string& each : wrong) std::cout << "\nfinding  " << each << '\n' << std::flush;
  if (!wrong.empty() && command.until_found) target.stop.raise({Stop::Kind::unexpected_result});
  SessionPlayer player(*target.stage, *target.keeper, target.stop, oracle);
  std::optional<SessionPlayer> other_player;
  std::optional<Comparison> comparison;
  if (other) {
    other_player.emplace(*other->stage, *other->keeper, target.stop, oracle);
    comparison.emplace(player, *other_player);
  }
  LiveRun run(*target.stage, *target.keeper, target.stop, player, generator,
              {.watch = target.watch ? &*target.watch : nullptr,
               .against = comparison ? &*comparison : nullptr},
              options,
              {[&](Finding& finding) {
                 finding.file = keep_cases(command.findings,
                                           cases_of(finding, oracle, target.profile.echoes, seed))
                                    .string();
                 tell(finding);
                 if (command.until_found) target.stop.raise({Stop::Kind::unexpected_result});
               },
               [last = -10.0](const LiveResults& results) mutable {
                 if (results.points.empty() || results.points.back().seconds < last + 5) return;
                 last = results.points.back().seconds;
                 tell_state(results);
               }});
  target.end_by(target.stage->now() + options.time);
  const LiveResults results = run.run();
  tell_end(results, results.findings.size() + wrong.size(), generator, target, command);
  FuzzReport report = report_of(results, generator, command, target.profile, oracle, seed, started);
  report.notes.insert(report.notes.end(), wrong.begin(), wrong.end());
  command.reports.write(report);
  if (!results.findings.empty() || !wrong.empty()) return exit_unexpected;
  if (!ended_early(target)) return exit_as_expected;
  return target.stop.why()->kind == Stop::Kind::target_died ? exit_unreachable : exit_unexpected;
}

std::set<std::string> needs_of(const std::string& folder) {
  std::set<std::string> needs;
  for (const Case& each : load_cases(cases_folder(folder)))
    needs.insert(each.needs.begin(), each.needs.end());
  return needs;
}

void add_options(CLI::App& sub, FuzzTargetCommand& to) {
  to.targets.add_to(sub);
  sub.add_option("--time", to.time, "Ends after so many seconds")
      ->check(number(0.1, 10'000'000, "seconds"))
      ->capture_default_str();
  sub.add_option("--count", to.options.count, "Ends after so many sessions")
      ->check(whole_number(1));
  sub.add_option("--bytes", to.options.bytes, "Ends after so many bytes of frames were sent")
      ->check(whole_number(1));
  sub.add_option("--rate", to.options.rate, "Most sessions per second")
      ->check(number(0.1, 1'000'000, "sessions"));
  sub.add_option("--jobs", to.options.jobs, "Connections at once")
      ->check(whole_number(1, 1000))
      ->capture_default_str();
  sub.add_option("--seed", to.seed, "Makes the same choices again; a run prints its seed first")
      ->check(whole_number(0));
  sub.add_option("--patience", to.patience,
                 "Seconds of silence, at least, before a connection counts as hung")
      ->check(number(0.1, 60, "seconds"))
      ->capture_default_str();
  sub.add_option(
         "--against", to.against,
         "Another endpoint to compare with: whatever the two do differently is a finding, too")
      ->type_name("URL");
  sub.add_flag("--until-found", to.until_found, "Ends at the first finding");
  sub.add_flag("--strict", to.options.strict, "Treats lenient reactions as findings, too");
  sub.add_option("--findings", to.findings, "Folder for the findings, each written as a case")
      ->type_name("FOLDER")
      ->capture_default_str();
  to.reports.add_to(sub);
  sub.add_option("--cases", to.cases,
                 "Folder of the cases to begin with (default: wsconform's own)")
      ->type_name("FOLDER");
}

}  // namespace

void add_fuzz_target(CLI::App& fuzz_command, int& exit_code) {
  CLI::App& sub = *fuzz_command.add_subcommand(
      "target",
      "Fuzz a live endpoint: mostly legal sessions, each reaction judged by the standard");
  auto command = std::make_shared<FuzzTargetCommand>();
  add_options(sub, *command);
  sub.callback([command, &exit_code] {
    const WritesFail meanwhile;
    const auto targets = command->targets.load([&] { return needs_of(command->cases); });
    if (targets.size() > 1)
      throw UsageError("One target is fuzzed at a time: choose it with --target.");
    exit_code = fuzz(*command, targets.front());
  });
}

}  // namespace wsconform
