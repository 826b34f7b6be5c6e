#include "reports/markdown.h"

#include <fmt/format.h>

#include <functional>
#include <iterator>
#include <string_view>

#include "core/phrase.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

// Rows past this are counted and not written: a CI job's summary has a bound.
constexpr std::size_t most_rows = 200;

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

void write_unexpected(std::string& out, const Results& results) {
  std::size_t count = 0;
  const std::string rows = rows_of(results, std::mem_fn(&CaseResult::unexpected), count);
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
  const std::size_t unexpected = count_unexpected(results) + results.dead_known_failing.size();
  std::string out = fmt::format("## {}: {}\n\n", escaped(title_of(results)),
                                unexpected == 0 ? std::string("no unexpected result")
                                                : counted(unexpected, "unexpected result"));
  write_counts(out, results);
  if (results.stop) {
    out += "**The run ended early:** " + escaped(words(*results.stop)) + "\n\n";
  }
  write_unexpected(out, results);
  write_rest(out, results);
  write_facts(out, results.target.facts);
  out += fmt::format("wsconform {}, {}, {}, round trip {}, seed {}\n", escaped(results.wsconform),
                     escaped(results.started), duration_in_words(results.duration_ms),
                     duration_in_words(results.target.round_trip_ms), results.seed);
  return out;
}

}  // namespace wsconform
