#include "reports/tap.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

std::string tap_escaped(std::string_view text) {
  std::string out;
  for (const char character : visible(text)) {
    if (character == '#' || character == '\\') out += '\\';
    out += character;
  }
  return out;
}

// YAML's double quotes; what is visible holds nothing else to escape.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char character : visible(text)) {
    if (character == '"' || character == '\\') out += '\\';
    out += character;
  }
  return out + "\"";
}

class Tap {
 public:
  void point(bool ok, std::string_view description, std::string_view directive = "") {
    fmt::format_to(std::back_inserter(text_), "{} {} - {}{}\n", ok ? "ok" : "not ok", ++number_,
                   tap_escaped(description), directive);
  }

  void block(const CaseResult& result) {
    text_ += "  ---\n";
    member("says", result.says);
    member("level", name_of(result.level));
    member("verdict", name_of(result.verdict));
    member("reason", result.reason);
    member("expected", result.expected);
    member("received", result.received);
    text_ += "  ...\n";
  }

  void line(std::string_view text) { fmt::format_to(std::back_inserter(text_), "{}\n", text); }
  std::string take() { return std::move(text_); }

 private:
  void member(std::string_view name, std::string_view value) {
    if (!value.empty())
      fmt::format_to(std::back_inserter(text_), "  {}: {}\n", name, in_quotes(value));
  }

  std::string text_;
  std::size_t number_ = 0;
};

void write_case(Tap& tap, const CaseResult& result) {
  const Outcome outcome = outcome_of(result);
  const bool ok = outcome == Outcome::passed || outcome == Outcome::skipped;
  std::string directive;
  if (outcome == Outcome::skipped) directive = " # SKIP " + tap_escaped(result.reason);
  if (outcome == Outcome::known_failing) directive = " # TODO " + tap_escaped(result.known_failing);
  const std::string name = result.repetition == 1
                               ? result.id
                               : fmt::format("{} (repetition {})", result.id, result.repetition);
  tap.point(ok, name, directive);
  if (result.verdict != Verdict::pass && outcome != Outcome::skipped) tap.block(result);
}

}  // namespace

std::string to_tap(const Results& results) {
  Tap tap;
  tap.line("TAP version 14");
  tap.line(fmt::format("# wsconform {} judges {}", visible(results.wsconform), title_of(results)));
  tap.line(fmt::format("1..{}", results.cases.size() + count_unexpected_entries(results)));
  for (const CaseResult& result : results.cases) write_case(tap, result);
  for (const std::string& pattern : results.dead_known_failing) {
    const std::string told = "the known-failing entry " + pattern + " matches no case";
    results.filtered ? tap.line("# " + visible(told)) : tap.point(false, told);
  }
  if (results.stop) tap.line("Bail out! " + visible(words(*results.stop)));
  return tap.take();
}

}  // namespace wsconform
