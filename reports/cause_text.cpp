#include "reports/cause_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>

#include "core/ascii.h"
#include "core/phrase.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/results/cause_words.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

std::string counts(std::size_t fails, std::size_t errors, std::size_t lenient) {
  std::vector<std::string> parts;
  if (fails > 0) parts.push_back(counted(fails, "fail"));
  if (errors > 0) parts.push_back(counted(errors, "error"));
  if (lenient > 0) parts.push_back(fmt::format("{} lenient", lenient));
  return joined(parts, " and ");
}

std::string indented(std::string_view text, std::string_view by) {
  std::string out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    out.append(by).append(text.substr(0, end)).append("\n");
    text.remove_prefix(std::min(text.size(), end == text.npos ? text.size() : end + 1));
  }
  return out;
}

void add(std::string& out, std::string_view label, std::string_view text) {
  if (!text.empty()) fmt::format_to(std::back_inserter(out), "{:<9}{}\n", label, visible(text));
}

// What a process said at its end, for instance: a few lines, none of them blank.
void add_notes(std::string& out, const std::vector<std::string>& notes) {
  constexpr std::size_t most_lines = 8;
  std::size_t lines = 0;
  for (std::string_view note : notes) {
    while (!note.empty() && lines < most_lines) {
      const std::string_view line = note.substr(0, note.find('\n'));
      note.remove_prefix(std::min(note.size(), line.size() + 1));
      if (trim(line).empty()) continue;
      add(out, lines++ == 0 ? "Notes" : "", line);
    }
  }
}

struct Sums {
  std::size_t causes = 0;
  std::size_t fails = 0;
  std::size_t errors = 0;
  std::size_t lenient = 0;

  void take(const CauseGroup& group) {
    ++causes;
    fails += group.fails;
    errors += group.errors;
    lenient += group.lenient;
  }
};

std::string last_line(const Sums& known, const Sums& mild) {
  std::string text;
  if (known.causes > 0)
    text += fmt::format("{} behind {} known and excused.\n", counted(known.causes, "cause"),
                        counts(known.fails, known.errors, 0));
  if (mild.causes > 0)
    text += fmt::format("{} behind {}, in the report.\n", counted(mild.causes, "milder cause"),
                        counted(mild.lenient, "lenient verdict"));
  return text;
}

}  // namespace

std::string counts_in_words(const CauseGroup& group) {
  return counts(group.fails, group.errors, group.lenient);
}

std::string command_of(const Results& results) {
  const std::string& again = results.target.again;
  return visible(again.empty() ? "wsconform run " + results.target.url : again);
}

std::string command_for(const Results& results, const CaseResult& result) {
  assert(std::ranges::count(results.cases, result.id, &CaseResult::id) > 0);
  return fmt::format("{} --case {}", command_of(results), visible(result.id));
}

std::string cause_in_words(const CauseGroup& group, const Results& results) {
  const CauseWords told = words_for(group, results);
  const CaseResult& shown = *group.simplest;
  std::string out;
  add(out, "Rule", told.section.empty() ? told.rule : told.rule + " (" + told.section + ")");
  add(out, "Matters", told.why);
  add(out, "Change", told.change);
  add(out, "Shown by", fmt::format("{}: {}", shown.id, reason_in_full(shown)));
  add(out, "Expected", shown.expected);
  if (group.weight == Weight::target_died) add_notes(out, shown.notes);
  add(out, "Again", command_for(results, shown));
  return out;
}

std::string causes_in_words(const Results& results, std::size_t in_full) {
  Sums told;
  Sums known;
  Sums mild;
  std::string list;
  for (const CauseGroup& group : causes_of(results)) {
    if (group.unexpected == 0) {
      (group.fails + group.errors > 0 ? known : mild).take(group);
      continue;
    }
    told.take(group);
    fmt::format_to(std::back_inserter(list), "{:>3}. {} ({})\n", told.causes,
                   visible(words_for(group, results).title), counts_in_words(group));
    if (told.causes <= in_full)
      list += indented(cause_in_words(group, results), "     ") + "\n";
    else
      fmt::format_to(std::back_inserter(list), "     {}\n", visible(group.simplest->id));
  }
  if (told.causes == 0) return last_line(known, mild);
  return fmt::format(
      "{} behind {}{}:\n\n{}{}", counted(told.causes, "cause"),
      counts(told.fails, told.errors, told.fails + told.errors > 0 ? 0 : told.lenient),
      told.causes > 1 ? ", the worst first" : "", list, last_line(known, mild));
}

}  // namespace wsconform
