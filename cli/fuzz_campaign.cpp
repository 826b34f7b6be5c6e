// wsconform fuzz campaign and fuzz replay: the fuzz targets run for long, and their
// findings played again.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/fuzz_report_files.h"
#include "cli/interrupts.h"
#include "cli/number_range.h"
#include "cli/written_file.h"
#include "core/phrase.h"
#include "core/visible_text.h"
#include "fuzz/campaign/campaign.h"
#include "runner/input/input_error.h"

namespace wsconform {
namespace {

namespace fs = std::filesystem;

struct CampaignCommand {
  std::vector<std::string> targets;
  std::string folder = "build/campaign";
  std::string programs = "build/fuzz/fuzz";
  std::string sources = "fuzz";
  bool drop_fixed = false;
  CampaignOptions options;
  FuzzReportFiles reports;
};

std::vector<FuzzProgram> programs_of(const CampaignCommand& command) {
  std::vector<FuzzProgram> all = programs_in(command.programs, command.sources);
  if (all.empty())
    throw UsageError(
        fmt::format("There are no fuzz targets in {}. Build them with `./dev build fuzz`, which "
                    "needs clang, or "
                    "name their folder with --programs.",
                    command.programs));
  if (command.targets.empty()) return all;
  std::vector<FuzzProgram> chosen;
  for (const std::string& name : command.targets) {
    const auto found = std::ranges::find(all, name, &FuzzProgram::name);
    if (found == all.end())
      throw UsageError(fmt::format("There is no fuzz target '{}' in {}.", name, command.programs));
    chosen.push_back(*found);
  }
  return chosen;
}

CampaignFiles files_of(const CampaignCommand& command) {
  if (fs::exists(command.folder) && !fs::is_directory(command.folder))
    throw UsageError(fmt::format("--folder {}: this is not a folder.", command.folder));
  return CampaignFiles(command.folder);
}

void tell_found(const KeptFinding& found) {
  std::cout << fmt::format("\nfinding  {}/{}  ({:.0f} s)\n  {}\n  {}\n", found.target, found.cause,
                           found.seconds, visible(found.says), found.input.string())
            << std::flush;
}

// One line that is written over on a terminal; else one now and then.
class ProgressLine {
 public:
  void operator()(const CampaignState& state, std::uint64_t executions, std::size_t findings) {
    const double since = state.spent - first_.value_or(state.spent);
    if (!first_) first_ = state.spent;
    if (!terminal_ && state.spent < next_) return;
    next_ = state.spent + 10;
    std::uint64_t coverage = 0;
    std::uint64_t all = 0;
    for (const auto& [name, series] : state.targets) {
      all += series.executions;
      coverage += series.points.empty() ? 0 : series.points.back().coverage;
    }
    std::cout << (terminal_ ? "\r\x1b[K" : "")
              << fmt::format("{} executions  {:.0f} a second  {} edges  {}  {:.0f} s left", all,
                             since > 0 ? static_cast<double>(executions) / since : 0, coverage,
                             counted(findings, "finding"),
                             std::max(0.0, state.budget - state.spent))
              << (terminal_ ? "" : "\n") << std::flush;
  }

 private:
  bool terminal_ = isatty(STDOUT_FILENO) == 1;
  std::optional<double> first_;
  double next_ = 0;
};

std::string hex_of(const fs::path& file) {
  constexpr std::size_t most = 512;
  std::string bytes = text_of_log(file);
  const bool longer = bytes.size() > most;
  bytes.resize(std::min(bytes.size(), most));
  return to_hex(bytes_of(bytes)) + (longer ? "..." : "");
}

FuzzReport report_of(const CampaignState& state, const std::vector<FuzzProgram>& programs,
                     const std::vector<KeptFinding>& findings) {
  FuzzReport report;
  report.title = "Fuzzing campaign";
  report.started = state.started;
  for (const auto& [name, series] : state.targets) report.series.push_back(series);
  for (const KeptFinding& each : findings) {
    const auto program = std::ranges::find(programs, each.target, &FuzzProgram::name);
    const std::string command =
        program == programs.end() ? "" : replay_command(*program, each.input);
    report.found.push_back({each.cause, each.target, each.says, FindingState::open,
                            each.input.string(), command, hex_of(each.input), each.log,
                            each.seconds});
  }
  return report;
}

int run_campaign(const CampaignCommand& command) {
  const std::vector<FuzzProgram> programs = programs_of(command);
  const CampaignFiles files = files_of(command);
  const WritesFail meanwhile;
  boost::asio::io_context loop;
  Interrupts interrupts(loop);
  bool stopped = false;
  interrupts.on_first([&stopped] { stopped = true; });
  std::cout << fmt::format("{} in {}, {:.0f} s, {} at a time; kept in {}\n",
                           counted(programs.size(), "fuzz target"), command.programs,
                           command.options.time, command.options.jobs, command.folder)
            << std::flush;
  Campaign campaign(programs, files, command.options,
                    {[] { return std::chrono::steady_clock::now(); },
                     [&loop](Duration time) {
                       loop.restart();
                       loop.run_for(time);
                     },
                     [&stopped] { return stopped; }, ProgressLine(), tell_found, utc_now()});
  CampaignState state = campaign.run();
  const std::vector<KeptFinding> findings = files.findings();
  std::uint64_t executions = 0;
  for (const auto& [name, series] : state.targets) {
    executions += series.executions;
    std::cout << fmt::format("\n{:<24} {:>12} executions {:>8.0f} s {:>8} edges", name,
                             series.executions, series.seconds,
                             series.points.empty() ? 0 : series.points.back().coverage);
  }
  std::cout << fmt::format("\n\n{} executions in {:.0f} s; {}.\n", executions, state.spent,
                           counted(findings.size(), "finding"));
  command.reports.write(report_of(state, programs, findings));
  return findings.empty() ? exit_as_expected : exit_unexpected;
}

int replay(const CampaignCommand& command) {
  const std::vector<FuzzProgram> programs = programs_of(command);
  const CampaignFiles files = files_of(command);
  Campaign campaign(programs, files, command.options, {});
  std::size_t failing = 0;
  std::size_t not_played = 0;
  for (const KeptFinding& each : files.findings()) {
    const auto program = std::ranges::find(programs, each.target, &FuzzProgram::name);
    if (program == programs.end()) {
      if (!command.targets.empty()) continue;  // not asked for
      ++not_played;
      std::cout << fmt::format("{:<14} {}/{}\n  There is no {}_fuzzer in {}.\n",
                               name_of(FindingState::not_played), each.target, each.cause,
                               each.target, command.programs);
      continue;
    }
    const auto fault = campaign.fault_shown_by(*program, each.input);
    failing += fault.has_value();
    std::cout << fmt::format("{:<14} {}/{}\n",
                             name_of(fault ? FindingState::still_failing : FindingState::fixed),
                             each.target, each.cause);
    if (fault && fault->cause != each.cause)
      std::cout << "  now with another cause: " << fault->cause << '\n';
    if (fault) std::cout << "  " << replay_command(*program, each.input) << '\n';
    if (!fault && command.drop_fixed) files.drop(each);
  }
  std::cout << counted(failing, "finding") << " still failing";
  if (not_played > 0)
    std::cout << ", " << not_played << " not played because its target is not built";
  std::cout << ".\n";
  if (failing > 0) return exit_unexpected;
  return not_played == 0 ? exit_as_expected : exit_usage;
}

void add_places(CLI::App& sub, CampaignCommand& to) {
  sub.add_option("target", to.targets, "Only these fuzz targets (default: all)");
  sub.add_option("--folder", to.folder, "Folder for the corpora, the findings and the state")
      ->type_name("FOLDER")
      ->capture_default_str();
  sub.add_option("--programs", to.programs, "Folder with the *_fuzzer programs")
      ->type_name("FOLDER")
      ->capture_default_str();
}

}  // namespace

void add_fuzz_campaign(CLI::App& fuzz, int& exit_code) {
  CLI::App& sub = *fuzz.add_subcommand(
      "campaign",
      "Run our own fuzz targets for a long time; started again, it resumes where it ended");
  auto command = std::make_shared<CampaignCommand>();
  add_places(sub, *command);
  sub.add_option("--sources", command->sources,
                 "Folder with the dictionaries (NAME.dict) and seeds (corpus/NAME)")
      ->type_name("FOLDER")
      ->capture_default_str();
  sub.add_option("--time", command->options.time, "Seconds altogether, over all its starts")
      ->check(number(1, 100'000'000, "seconds"))
      ->capture_default_str();
  sub.add_option("--jobs", command->options.jobs, "Programs at a time")
      ->check(whole_number(1, 256))
      ->capture_default_str();
  command->reports.add_to(sub);
  sub.callback([command, &exit_code] { exit_code = run_campaign(*command); });
}

void add_fuzz_replay(CLI::App& fuzz, int& exit_code) {
  CLI::App& sub = *fuzz.add_subcommand(
      "replay", "Play the findings of a campaign again, and say which are fixed");
  auto command = std::make_shared<CampaignCommand>();
  add_places(sub, *command);
  sub.add_flag("--drop-fixed", command->drop_fixed, "Removes the findings that are fixed");
  sub.callback([command, &exit_code] { exit_code = replay(*command); });
}

}  // namespace wsconform
