#include "reports/markdown.h"

#include <fmt/format.h>

#include <functional>
#include <iterator>
#include <string_view>

#include "core/phrase.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/cause_text.h"
#include "reports/results/cause_words.h"
#include "reports/results/causes.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

// What is past these is counted and not written: a CI job's summary has a bound.
constexpr std::size_t most_rows = 200;
constexpr std::size_t most_causes_told = 40;
constexpr std::size_t most_folded = 20;

// A character that Markdown, HTML or a table could act upon stands as a numeric reference, which no
// Markdown reader acts upon.
std::string escaped(std::string_view text) {
  constexpr std::string_view special = "&<>|`*_[]\\~@#$:!";
  std::string out;
  for (const char character : visible(text)) {
    if (special.find(character) == std::string_view::npos) {
      out += character;
    } else {
      fmt::format_to(std::back_inserter(out), "&#{};", static_cast<int>(character));
    }
  }
  return out;
}

void write_counts(std::string& out, const Results& results) {
  std::string names = "|";
  std::string rule = "|";
  std::string numbers = "|";
  for (const auto& [verdict, count] : count_verdicts(results.cases)) {
    names += fmt::format(" {} |", name_of(verdict));
    rule += " ---: |";
    numbers += fmt::format(" {} |", count);
  }
  out += names + " all |\n" + rule + " ---: |\n" + numbers +
         fmt::format(" {} |\n\n", results.cases.size());
}

using Choice = std::function<bool(const CaseResult&)>;

std::string rows_of(const Results& results, const Choice& chosen, std::size_t& count) {
  std::string rows = "| verdict | case | reason |\n| --- | --- | --- |\n";
  for (const CaseResult& result : results.cases) {
    if (!chosen(result) || ++count > most_rows) continue;
    fmt::format_to(std::back_inserter(rows), "| **{}** | <code>{}</code> | {} |\n",
                   name_of(result.verdict), escaped(result.id), escaped(reason_in_full(result)));
  }
  if (count > most_rows) {
    fmt::format_to(std::back_inserter(rows), "\nand {} more.\n", count - most_rows);
  }
  return rows;
}

// Variants of one case are one line, as far as they are named.
std::string other_cases_of(const CauseGroup& group) {
  std::string names;
  std::size_t count = 0;
  for (const Variants& each : folded(group.cases)) {
    if (++count > most_folded) continue;
    fmt::format_to(std::back_inserter(names), "- <code>{}</code>{}\n", escaped(each.name),
                   each.cases.size() == 1 ? "" : fmt::format(", {} variants", each.cases.size()));
  }
  if (count > most_folded) names += fmt::format("- and {} more\n", count - most_folded);
  return names;
}

void write_cause(std::string& out, const CauseGroup& group, const Results& results) {
  const CauseWords told = words_for(group, results);
  const CaseResult& shown = *group.simplest;
  fmt::format_to(std::back_inserter(out), "<details><summary><b>{}</b> ({})</summary>\n\n",
                 escaped(told.title), counts_in_words(group));
  const std::string cited = told.url.empty()
                                ? escaped(told.section)
                                : fmt::format("[{}]({})", escaped(told.section), told.url);
  fmt::format_to(std::back_inserter(out), "{}{}\n\n", escaped(told.rule),
                 told.section.empty() ? "" : " " + cited);
  if (!told.why.empty())
    fmt::format_to(std::back_inserter(out), "**Why it matters.** {}\n\n", escaped(told.why));
  if (!told.change.empty())
    fmt::format_to(std::back_inserter(out), "**What to change.** {}\n\n", escaped(told.change));
  fmt::format_to(std::back_inserter(out), "**Shown by** <code>{}</code>: {}\n\n", escaped(shown.id),
                 escaped(reason_in_full(shown)));
  if (!shown.expected.empty())
    fmt::format_to(std::back_inserter(out), "**Expected** {}\n\n", escaped(shown.expected));
  fmt::format_to(std::back_inserter(out), "<pre>{}</pre>\n\n",
                 escaped(command_for(results, shown)));
  if (group.cases.size() > 1) out += other_cases_of(group) + "\n";
  out += "</details>\n\n";
}

void write_causes(std::string& out, const Results& results) {
  std::string told;
  std::size_t count = 0;
  std::size_t cases = 0;
  for (const CauseGroup& group : causes_of(results)) {
    if (group.unexpected == 0) continue;
    cases += group.unexpected;
    if (++count <= most_causes_told) write_cause(told, group, results);
  }
  if (count == 0) return;
  fmt::format_to(std::back_inserter(out), "### {} behind {}{}\n\n{}", counted(count, "cause"),
                 counted(cases, "unexpected result"), count > 1 ? ", the worst first" : "", told);
  if (count > most_causes_told)
    fmt::format_to(std::back_inserter(out), "and {} more.\n\n", count - most_causes_told);
}

// Those that go back to no cause: a case that passes, though the list names it.
void write_unexpected(std::string& out, const Results& results) {
  std::size_t count = 0;
  const auto chosen = [](const CaseResult& result) {
    return result.unexpected && result.cause.empty();
  };
  const std::string rows = rows_of(results, chosen, count);
  if (count > 0) out += "### Unexpected results\n\n" + rows + "\n";
  for (const std::string& pattern : results.dead_known_failing) {
    out += "- The known-failing entry <code>" + escaped(pattern) + "</code> matches no case.\n";
  }
  if (!results.dead_known_failing.empty()) out += "\n";
}

void write_rest(std::string& out, const Results& results) {
  std::size_t count = 0;
  const std::string rows = rows_of(
      results,
      [](const CaseResult& result) {
        return !result.unexpected && result.verdict != Verdict::pass &&
               result.verdict != Verdict::skipped;
      },
      count);
  if (count == 0) return;
  out += "<details><summary>" + counted(count, "more result") + " worth a look</summary>\n\n" +
         rows + "\n</details>\n\n";
}

void write_facts(std::string& out, const std::vector<Fact>& facts) {
  if (facts.empty()) return;
  out += "<details><summary>Found out about the target</summary>\n\n| what | is |\n| --- | --- |\n";
  for (const Fact& each : facts)
    out += fmt::format("| {} | {} |\n", escaped(each.name), escaped(each.value));
  out += "\n</details>\n\n";
}

}  // namespace

std::string to_markdown(const Results& results) {
  const std::size_t unexpected = count_unexpected(results) + count_unexpected_entries(results);
  std::string out = fmt::format("## {}: {}\n\n", escaped(title_of(results)),
                                unexpected == 0 ? std::string("no unexpected result")
                                                : counted(unexpected, "unexpected result"));
  write_counts(out, results);
  if (results.stop) {
    out += "**" + escaped(sentence_about(*results.stop)) + "**\n\n";
  }
  write_causes(out, results);
  write_unexpected(out, results);
  write_rest(out, results);
  write_facts(out, results.target.facts);
  out += fmt::format("wsconform {}, {}, {}, round trip {}, seed {}\n", escaped(results.wsconform),
                     escaped(results.started), duration_in_words(results.duration_ms),
                     duration_in_words(results.target.round_trip_ms), results.seed);
  return out;
}

}  // namespace wsconform
