#include "reports/console.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <ostream>
#include <string_view>
#include <utility>
#include <vector>

#include "core/instant.h"
#include "core/phrase.h"
#include "core/utf8.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/cause_text.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

using namespace std::chrono_literals;

constexpr auto redraw_every = 50ms;
constexpr std::size_t causes_in_full = 8;
constexpr std::size_t most_listed = 25;
constexpr std::size_t most_reasons = 5;
constexpr std::string_view erase_line = "\r\x1b[K";

std::string_view colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "36";
    case Verdict::lenient:
      return "33";
    case Verdict::fail:
      return "1;31";
    case Verdict::observed:
      return "34";
    case Verdict::skipped:
      return "2";
    case Verdict::error:
      return "1;35";
  }
  return "0";
}

// With how many cases were skipped for each, and the commonest first: a few.
std::vector<std::pair<std::string_view, std::size_t>> commonest_reasons(
    const std::vector<CaseResult>& cases) {
  std::map<std::string_view, std::size_t> counts;
  for (const CaseResult& each : cases)
    if (each.verdict == Verdict::skipped) ++counts[each.reason];
  std::vector<std::pair<std::string_view, std::size_t>> reasons(counts.begin(), counts.end());
  std::ranges::sort(reasons, [](const auto& one, const auto& other) {
    return one.second != other.second ? one.second > other.second : one.first < other.first;
  });
  reasons.resize(std::min(reasons.size(), most_reasons));
  return reasons;
}

// Whole characters only; the text is visible, so nearly every one of them takes one column.
std::string cut_to(std::string text, std::size_t columns) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_utf8_tail(text[i])) continue;
    if (column++ == columns) {
      text.resize(i);
      break;
    }
  }
  return text;
}

std::string name_of_repetition(const CaseResult& result) {
  if (result.repetition == 1) return visible(result.id);
  return fmt::format("{} (repetition {})", visible(result.id), result.repetition);
}

int number_in_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? 0 : std::atoi(value);
}

}  // namespace

ConsoleStyle console_style_of(int file_descriptor) {
  ConsoleStyle style;
  const char* term = std::getenv("TERM");
  const char* no_colour = std::getenv("NO_COLOR");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  style.terminal = isatty(file_descriptor) == 1 && !dumb;
  style.colour = style.terminal && (no_colour == nullptr || *no_colour == '\0');
  winsize size{};
  if (style.terminal && ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = size.ws_col;
  } else if (const int columns = number_in_environment("COLUMNS"); columns > 0) {
    style.width = columns;
  }
  return style;
}

Console::Console(std::ostream& out, ConsoleStyle style, Clock now)
    : out_(out), style_(style), now_(std::move(now)), counts_(count_verdicts({})) {}

void Console::begin(const Target& target, std::size_t cases, std::size_t excluded) {
  began_ = now_();
  drawn_ = began_ - redraw_every;
  cases_ = cases;
  const std::string name = visible(target.name.empty() ? target.url : target.name);
  out_ << "wsconform judges " << name;
  if (target.name != target.url && !target.name.empty()) out_ << " at " << visible(target.url);
  out_ << fmt::format(": {}{}, round trip {}\n", counted(cases, "case"),
                      excluded == 0 ? "" : fmt::format(" ({} excluded)", excluded),
                      duration_in_words(target.round_trip_ms));
  write_progress();
  out_.flush();
}

void Console::finished(const CaseResult& result) {
  ++finished_;
  ++counts_[result.verdict];
  latest_ = visible(result.id);
  if (style_.verbose || is_news(result)) write_case(result);
  write_progress();
}

void Console::tell(std::string_view line) {
  clear_progress();
  out_ << visible(line) << "\n";
  out_.flush();
}

void Console::end(const Results& results, const std::vector<std::string>& report_paths) {
  clear_progress();
  out_ << "\n";
  write_counts(results);
  write_skipped(results);
  write_facts(results.target.facts);
  if (results.stop) out_ << "\n" << visible(sentence_about(*results.stop)) << "\n";
  write_causes(results);
  write_unexpected(results);
  for (const std::string& pattern : results.dead_known_failing) {
    out_ << "The known-failing entry " << visible(pattern) << " matches no case.\n";
  }
  if (!report_paths.empty()) out_ << "\n";
  for (const std::string& path : report_paths) out_ << "Report: " << visible(path) << "\n";
  out_.flush();
}

// Of a cause, its first case.
bool Console::is_news(const CaseResult& result) {
  return result.unexpected && (result.cause.empty() || told_.insert(result.cause).second);
}

void Console::write_case(const CaseResult& result) {
  clear_progress();
  out_ << painted(result.verdict, fmt::format("{:8}", name_of(result.verdict))) << "  "
       << name_of_repetition(result) << "  " << reason_in_full(result) << "\n";
  out_.flush();
}

void Console::write_counts(const Results& results) {
  out_ << fmt::format("{} in {}:", counted(results.cases.size(), "case"),
                      duration_in_words(results.duration_ms));
  std::string_view separator = " ";
  for (const auto& [verdict, count] : count_verdicts(results.cases)) {
    if (count == 0 && verdict != Verdict::pass) continue;
    out_ << separator << painted(verdict, fmt::format("{} {}", count, name_of(verdict)));
    separator = ", ";
  }
  out_ << "\n";
}

// A run that is green because it asked little says so, and why.
void Console::write_skipped(const Results& results) {
  const std::size_t skipped = count_verdicts(results.cases).at(Verdict::skipped);
  if (3 * skipped <= results.cases.size()) return;
  out_ << fmt::format("\n{} of {} were skipped:\n", skipped, counted(results.cases.size(), "case"));
  std::size_t others = skipped;
  for (const auto& [reason, count] : commonest_reasons(results.cases)) {
    out_ << fmt::format("  {:>5}  {}\n", count, visible(std::string(reason)));
    others -= count;
  }
  if (others > 0) out_ << fmt::format("  {:>5}  for other reasons, in the report\n", others);
  out_ << "A profile can declare more of what the target has (docs/profile.md).\n";
}

void Console::write_facts(const std::vector<Fact>& facts) {
  if (facts.empty()) return;
  std::size_t widest = 0;
  for (const Fact& each : facts) widest = std::max(widest, visible(each.name).size());
  out_ << "\nFound out about the target:\n";
  for (const Fact& each : facts)
    out_ << fmt::format("  {:{}}  {}\n", visible(each.name), widest, visible(each.value));
}

void Console::write_causes(const Results& results) {
  const std::string causes =
      causes_in_words(results, style_.verbose ? results.cases.size() : causes_in_full);
  if (!causes.empty() || !results.target.facts.empty()) out_ << "\n" << causes;
}

// What is unexpected and goes back to no cause: a case that passes, though the list names it.
void Console::write_unexpected(const Results& results) {
  const auto tells = [](const CaseResult& result) {
    return result.unexpected && result.cause.empty();
  };
  const auto count = static_cast<std::size_t>(std::ranges::count_if(results.cases, tells));
  if (count_unexpected(results) + count_unexpected_entries(results) == 0)
    out_ << "Nothing unexpected.\n";
  if (count == 0) return;
  out_ << "\n" << counted(count, "unexpected result") << ":\n";
  std::size_t listed = 0;
  for (const CaseResult& result : results.cases) {
    if (!tells(result)) continue;
    if (listed == most_listed && !style_.verbose) break;
    ++listed;
    out_ << "  " << painted(result.verdict, fmt::format("{:8}", name_of(result.verdict))) << "  "
         << name_of_repetition(result) << "\n            " << reason_in_full(result) << "\n";
  }
  if (listed < count) out_ << fmt::format("  and {} more, in the report\n", count - listed);
}

void Console::write_progress() {
  const auto now = now_();
  if (!style_.terminal || now - drawn_ < redraw_every) return;
  drawn_ = now;
  std::string line = fmt::format("{}/{}", finished_, cases_);
  for (const auto& [verdict, count] : counts_) {
    if (count > 0) line += fmt::format("  {} {}", count, name_of(verdict));
  }
  const double seconds = in_seconds(now - began_);
  if (finished_ > 0 && seconds > 0) {
    line += fmt::format("  {:.0f}/s", static_cast<double>(finished_) / seconds);
  }
  if (!latest_.empty()) line += "  " + latest_;
  const auto columns = static_cast<std::size_t>(style_.width > 1 ? style_.width - 1 : 1);
  out_ << erase_line << cut_to(std::move(line), columns);
  out_.flush();
  progress_shown_ = true;
}

void Console::waiting(std::string_view for_what) {
  if (!style_.terminal) return;
  const auto columns = static_cast<std::size_t>(style_.width > 1 ? style_.width - 1 : 1);
  std::string line = cases_ == 0 ? "" : fmt::format("{}/{}  ", finished_, cases_);
  line += "waiting for " + visible(for_what);
  out_ << erase_line << cut_to(std::move(line), columns);
  out_.flush();
  progress_shown_ = true;
}

void Console::clear_progress() {
  if (!progress_shown_) return;
  out_ << erase_line;
  progress_shown_ = false;
}

std::string Console::painted(Verdict verdict, std::string_view text) const {
  if (!style_.colour) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", colour_of(verdict), text);
}

}  // namespace wsconform
