#include "reports/junit.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/results/cause_words.h"
#include "reports/results/causes.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

struct Tally {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;  // told of a suite; of all of them Jenkins' schema has no such attribute
  double milliseconds = 0;

  void add(const CaseResult& result) {
    const Outcome outcome = outcome_of(result);
    ++tests;
    failures += outcome == Outcome::failed ? 1 : 0;
    errors += outcome == Outcome::errored ? 1 : 0;
    skipped += outcome == Outcome::skipped || outcome == Outcome::known_failing ? 1 : 0;
    milliseconds += result.total_ms;
  }
};

std::string attribute(std::string_view text) {
  return in_markup(visible(text));
}

std::string tallied(const Tally& tally) {
  return fmt::format(R"(tests="{}" failures="{}" errors="{}" time="{:.3f}")", tally.tests,
                     tally.failures, tally.errors, tally.milliseconds / 1000);
}

struct KeyedWords {
  std::string key{};
  CauseWords words{};
};

// All that is known of a case, as text.
using InWords = std::string (*)(const CaseResult&);

// By case, what it goes back to.
using CausesOfCases = std::map<const CaseResult*, KeyedWords>;

CausesOfCases causes_of_cases(const Results& results) {
  CausesOfCases causes;
  for (const CauseGroup& group : causes_of(results)) {
    const CauseWords words = words_for(group, results);
    for (const CaseResult* each : group.cases) causes[each] = {key_of(group.cause), words};
  }
  return causes;
}

// "cause: ...", a line for each thing that is known of it.
std::string in_lines(const CauseWords& cause) {
  std::string lines;
  const auto add = [&](std::string_view label, const std::string& words) {
    if (!words.empty()) lines += fmt::format("{}: {}\n", label, visible(words));
  };
  add("cause", cause.title);
  add("rule", cause.rule);
  add("to change", cause.change);
  add("see", cause.url);
  return lines;
}

std::string outcome_element(const CaseResult& result, InWords in_words,
                            const CausesOfCases& causes) {
  const auto found = causes.find(&result);
  const auto& [key, cause] = found == causes.end() ? KeyedWords{} : found->second;
  const std::string title = cause.title.empty() ? "" : cause.title + ": ";
  const std::string reason = in_markup(visible(title) + reason_in_full(result));
  const std::string words = in_markup(in_lines(cause) + in_words(result));
  const auto type = [&](std::string_view other) {
    return attribute(key.empty() ? other : std::string_view(key));
  };
  switch (outcome_of(result)) {
    case Outcome::passed:
      if (result.verdict == Verdict::pass) return "";
      return fmt::format("   <system-out>{}</system-out>\n", words);
    case Outcome::failed:
      return fmt::format("   <failure message=\"{}\" type=\"{}\">{}</failure>\n", reason,
                         type(name_of(result.verdict)), words);
    case Outcome::errored:
      return fmt::format("   <error message=\"{}\" type=\"{}\">{}</error>\n", reason,
                         type(name_of(result.at_fault)), words);
    case Outcome::skipped:
      return fmt::format("   <skipped>{}</skipped>\n", reason);
    case Outcome::known_failing:
      return fmt::format("   <skipped>{}</skipped>\n   <system-out>{}</system-out>\n", reason,
                         words);
  }
  return "";
}

void write_case(std::string& out, const CaseResult& result, InWords in_words,
                const CausesOfCases& causes) {
  const std::string head =
      fmt::format(R"(  <testcase name="{}" classname="{}" time="{:.3f}")",
                  attribute(slug_of(result)), attribute(result.section), result.total_ms / 1000);
  const std::string body = outcome_element(result, in_words, causes);
  out += body.empty() ? head + "/>\n" : head + ">\n" + body + "  </testcase>\n";
}

void write_suite(std::string& out, const Section& section, const Results& results, InWords in_words,
                 const CausesOfCases& causes) {
  Tally tally;
  for (const CaseResult* result : section.cases) tally.add(*result);
  fmt::format_to(
      std::back_inserter(out), " <testsuite name=\"{}\" timestamp=\"{}\" skipped=\"{}\" {}>\n",
      attribute(section.name), attribute(results.started), tally.skipped, tallied(tally));
  for (const CaseResult* result : section.cases) write_case(out, *result, in_words, causes);
  out += " </testsuite>\n";
}

// What concerns the run and no case of it, in the shape of cases.
std::vector<CaseResult> cases_about_the_run(const Results& results) {
  std::vector<CaseResult> cases;
  const auto add = [&](std::string id, std::string reason, Verdict verdict) {
    CaseResult made;
    made.section = "wsconform";
    made.id = std::move(id);
    made.reason = std::move(reason);
    made.verdict = verdict;
    made.unexpected = true;
    cases.push_back(std::move(made));
  };
  if (!results.filtered)
    for (const std::string& pattern : results.dead_known_failing)
      add("known-failing: " + pattern, "The entry of the known-failing list matches no case.",
          Verdict::fail);
  if (results.stop) {
    add("run to the end", sentence_about(*results.stop), Verdict::error);
  }
  return cases;
}

// It has no level and asks for nothing.
std::string about_the_run_in_words(const CaseResult& result) {
  return fmt::format("case: {}\nverdict: {}\nreason: {}\n", visible(result.id),
                     name_of(result.verdict), visible(result.reason));
}

}  // namespace

std::string to_junit(const Results& results) {
  const std::vector<CaseResult> about_the_run = cases_about_the_run(results);
  const std::vector<Section> sections = sections_of(results);
  const CausesOfCases causes = causes_of_cases(results);
  Section of_the_run{"wsconform", {}};
  for (const CaseResult& result : about_the_run) of_the_run.cases.push_back(&result);
  Tally tally;
  for (const CaseResult& result : results.cases) tally.add(result);
  for (const CaseResult& result : about_the_run) tally.add(result);
  tally.milliseconds = results.duration_ms;  // cases ran side by side
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  fmt::format_to(std::back_inserter(out), "<testsuites name=\"{}\" {}>\n",
                 attribute(title_of(results)), tallied(tally));
  for (const Section& section : sections) write_suite(out, section, results, case_in_words, causes);
  if (!about_the_run.empty()) write_suite(out, of_the_run, results, about_the_run_in_words, {});
  return out + "</testsuites>\n";
}

}  // namespace wsconform
