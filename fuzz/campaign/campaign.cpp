#include "fuzz/campaign/campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <system_error>
#include <utility>

#include "core/phrase.h"

namespace wsconform {

namespace fs = std::filesystem;

namespace {

constexpr Duration between_looks = std::chrono::milliseconds(100);
constexpr double between_points = 1;       // second
constexpr std::size_t most_points = 2000;  // of a target; then every second one is let go
constexpr double longest_input = 20;       // seconds that one input may take
// A shell's exit codes for what it cannot run, and for what is not there (POSIX, 2.8.2).
constexpr int cannot_run = 126;
constexpr int not_there = 127;

// The sanitizers' stacks need llvm-symbolizer.
std::string command_of(const FuzzProgram& program, const std::string& arguments) {
  return "PATH=$PATH:/usr/lib/llvm-19/bin exec " +
         shell_word(fs::absolute(program.program).string()) + ' ' + arguments;
}

std::string limits() {
  return "-timeout=10 -rss_limit_mb=1024";
}

// Of what fails: else it would lie in the user's folder.
std::string kept_in(const fs::path& incoming) {
  return "-artifact_prefix=" + shell_word(fs::absolute(incoming).string());
}

}  // namespace

struct Campaign::Turn {
  Turn(const FuzzProgram& of, const std::string& command, fs::path to)
      : program(&of), process(command, 0), log(std::move(to)) {}

  const FuzzProgram* program = nullptr;
  TargetProcess process;
  fs::path log;
  std::uint64_t executions = 0;  // counted already
};

std::vector<FuzzProgram> programs_in(const fs::path& folder, const fs::path& sources) {
  constexpr std::string_view suffix = "_fuzzer";
  std::vector<FuzzProgram> all;
  if (!fs::is_directory(folder)) return all;
  for (const fs::directory_entry& each : fs::directory_iterator(folder)) {
    std::string name = each.path().filename().string();
    if (!each.is_regular_file() || !name.ends_with(suffix)) continue;
    name.resize(name.size() - suffix.size());
    FuzzProgram& program = all.emplace_back();
    program.program = each.path();
    const fs::path dictionary = sources / (name + ".dict");
    if (fs::exists(dictionary)) program.dictionary = dictionary;
    const fs::path seeds = sources / "corpus" / name;
    if (fs::is_directory(seeds)) program.seeds = seeds;
    program.name = std::move(name);
  }
  std::ranges::sort(all, {}, &FuzzProgram::name);
  return all;
}

std::string replay_command(const FuzzProgram& program, const fs::path& input) {
  return shell_word(program.program.string()) + ' ' + shell_word(input.string());
}

Campaign::Campaign(std::vector<FuzzProgram> programs, const CampaignFiles& files,
                   CampaignOptions options, World world)
    : programs_(std::move(programs)), files_(files), options_(options), world_(std::move(world)) {
  assert(!programs_.empty() && options_.jobs > 0);
}

Campaign::~Campaign() = default;

CampaignState Campaign::run() {
  state_ = files_.state();
  if (state_.spent >= state_.budget || state_.budget != options_.time) {
    const bool goes_on = state_.spent < state_.budget && state_.spent < options_.time;
    if (!goes_on) {
      state_.spent = 0;
      state_.targets.clear();  // what they reached is in the corpora
    }
    state_.budget = options_.time;
  }
  if (state_.started.empty() || state_.spent == 0) state_.started = world_.date;
  for (const FuzzProgram& each : programs_) state_.targets[each.name].name = each.name;
  for (const auto& [name, series] : state_.targets) executions_before_ += series.executions;
  take_in();
  Instant before = world_.now();
  while (state_.spent < state_.budget && !world_.stopped()) {
    start_turns();
    world_.wait(between_looks);
    const Instant now = world_.now();
    note(in_seconds(now - before));
    before = now;
    look_at_turns();
  }
  for (const auto& turn : turns_) look_at(*turn, true);
  turns_.clear();  // each is ended
  take_in();
  if (!world_.stopped()) merge_corpora();
  files_.keep(state_);
  return state_;
}

// The one that had the least time is next.
void Campaign::start_turns() {
  while (turns_.size() < options_.jobs) {
    const auto next = std::ranges::min_element(programs_, {}, [&](const FuzzProgram& each) {
      const auto running =
          std::ranges::count(turns_, &each, [](const auto& turn) { return turn->program; });
      return std::pair(running, state_.targets[each.name].seconds);
    });
    const double share =
        options_.time * static_cast<double>(options_.jobs) / static_cast<double>(programs_.size());
    const double seconds =
        std::clamp(std::min(share / 2, state_.budget - state_.spent), 1.0, options_.turn);
    const fs::path log =
        files_.log(fmt::format("{}-{}", next->name, turns_begun_++ % (2 * options_.jobs)));
    std::string arguments =
        fmt::format("-max_total_time={:.0f} {} -print_final_stats=1 -reload=1 {}", seconds,
                    limits(), kept_in(files_.incoming(next->name)));
    if (!next->dictionary.empty()) arguments += " -dict=" + shell_word(next->dictionary.string());
    arguments += ' ' + shell_word(files_.corpus(next->name).string());
    if (!next->seeds.empty()) arguments += ' ' + shell_word(next->seeds.string());
    arguments += " >" + shell_word(log.string()) + " 2>&1";
    auto turn = std::make_unique<Turn>(*next, command_of(*next, arguments), log);
    fs::remove(log);
    turn->process.start();
    turns_.push_back(std::move(turn));
  }
}

void Campaign::look_at_turns() {
  const auto ended = [this](const std::unique_ptr<Turn>& turn) { return look_at(*turn); };
  if (std::erase_if(turns_, ended) > 0) take_in();
}

// Whether it is over; `at_the_end` of the campaign it is.
bool Campaign::look_at(Turn& turn, bool at_the_end) {
  const bool over = at_the_end || !turn.process.running();
  const FuzzerProgress progress = progress_of(text_of_log(turn.log));
  FuzzSeries& series = state_.targets[turn.program->name];
  series.executions += progress.executions - std::min(progress.executions, turn.executions);
  turn.executions = std::max(turn.executions, progress.executions);
  const std::uint64_t covered = series.points.empty() ? 0 : series.points.back().coverage;
  if (over || series.points.empty() || progress.coverage > covered ||
      state_.spent - series.points.back().seconds >= between_points)
    series.points.push_back({state_.spent, series.executions, std::max(covered, progress.coverage),
                             files_.findings().size()});
  if (series.points.size() > most_points) {
    std::size_t n = 0;
    std::erase_if(series.points, [&n](const FuzzPoint&) { return n++ % 2 == 1; });
  }
  return over;
}

void Campaign::note(double passed) {
  state_.spent += passed;
  for (const auto& turn : turns_) state_.targets[turn->program->name].seconds += passed;
  if (state_.spent < next_point_) return;
  next_point_ = state_.spent + between_points;
  files_.keep(state_);
  std::uint64_t executions = 0;
  for (const auto& [name, series] : state_.targets) executions += series.executions;
  if (world_.progress)
    world_.progress(state_, executions - std::min(executions, executions_before_),
                    files_.findings().size());
}

void Campaign::take_in() {
  for (const auto& [name, input] : files_.incoming()) {
    const auto program = std::ranges::find(programs_, name, &FuzzProgram::name);
    if (program != programs_.end()) take_in(*program, input);
  }
}

// One that shows nothing when it is played again stays under its name among the logs.
void Campaign::take_in(const FuzzProgram& program, const fs::path& input) {
  const auto fault = fault_shown_by(program, input);
  if (!fault) return fs::rename(input, files_.log("flaky-" + input.filename().string()));
  if (files_.knows(program.name, fault->cause)) {
    fs::remove(input);
    return;
  }
  KeptFinding finding{program.name, fault->cause, smaller(program, input, *fault),
                      fault->says,  fault->stack, state_.spent};
  finding.input = files_.keep(finding);
  fs::remove(input);
  if (world_.found) world_.found(finding);
}

std::optional<FuzzerFault> Campaign::fault_shown_by(const FuzzProgram& program,
                                                    const fs::path& input) {
  const Played played =
      play(command_of(program, limits() + ' ' + shell_word(fs::absolute(input).string())), "replay",
           longest_input);
  if (auto fault = fault_of(played.log)) return fault;
  if (!played.ended) return fault_without_a_word("taking longer than it may");
  if (played.code == cannot_run || played.code == not_there)
    throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory),
                            "cannot start " + program.program.string());
  if (played.code == 0) return std::nullopt;
  return fault_without_a_word(played.how);
}

// libFuzzer makes it smaller as long as anything fails; what came of it is taken where it fails
// for the same cause.
fs::path Campaign::smaller(const FuzzProgram& program, const fs::path& input,
                           const FuzzerFault& fault) {
  fs::path least = files_.log("minimised");
  fs::remove(least);
  play(command_of(
           program,
           fmt::format("{} -minimize_crash=1 -max_total_time={:.0f} -exact_artifact_path={} {}",
                       limits(), options_.minimising, shell_word(fs::absolute(least).string()),
                       shell_word(fs::absolute(input).string()))),
       "minimising", options_.minimising + longest_input);
  const bool made = fs::exists(least) && fs::file_size(least) < fs::file_size(input);
  const auto still = made ? fault_shown_by(program, least) : std::nullopt;
  if (still && still->cause == fault.cause) return least;
  fs::copy_file(input, least, fs::copy_options::overwrite_existing);
  return least;
}

void Campaign::merge_corpora() {
  for (const FuzzProgram& each : programs_) {
    if (fs::is_empty(files_.corpus(each.name))) continue;
    const fs::path merged = files_.log("merged");
    fs::remove_all(merged);
    fs::create_directories(merged);
    const Played merging =
        play(command_of(
                 each, fmt::format("{} -merge=1 {} {} {}", limits(),
                                   kept_in(files_.incoming(each.name)), shell_word(merged.string()),
                                   shell_word(files_.corpus(each.name).string()))),
             "merging", 600);
    // One that was cut off may have taken over a part.
    if (merging.ended && !fs::is_empty(merged)) files_.replace_corpus(each.name, merged);
  }
  take_in();
}

// What it wrote, until it ended or so long.
Campaign::Played Campaign::play(const std::string& command, const std::string& log,
                                double seconds) {
  const fs::path file = files_.log(log);
  fs::remove(file);
  TargetProcess process(command + " >" + shell_word(file.string()) + " 2>&1", 0);
  process.start();
  const bool ended = process.exits_within(static_cast<int>(seconds * 1000));
  process.stop();
  return {text_of_log(file), ended, process.last_exit(), process.exit_code()};
}

}  // namespace wsconform
