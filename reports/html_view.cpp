#include "reports/html_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

#include "core/ascii.h"
#include "core/phrase.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/html_cases.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

using kainjow::mustache::data;

constexpr double bar_width = 1000;
constexpr double narrowest_part = 8;

data empty_list() {
  return data{data::type::list};
}

data fact(std::string_view name, std::string_view value) {
  data made;
  made.set("name", visible(name));
  made.set("value", visible(value));
  return made;
}

// Requirements -------------------------------------------------------------------------------------

CasesOfRequirement cases_of_requirements(const Results& results) {
  CasesOfRequirement cases;
  for (const Requirement& requirement : results.requirements) cases[requirement.id];
  for (const CaseResult& result : results.cases) {
    for (const std::string& id : result.requirements) {
      if (const auto found = cases.find(id); found != cases.end()) found->second.push_back(&result);
    }
  }
  return cases;
}

// The gravest verdict stands for the requirement.
Verdict gravest(const std::vector<const CaseResult*>& cases) {
  for (const Verdict verdict :
       {Verdict::fail, Verdict::error, Verdict::lenient, Verdict::pass, Verdict::observed}) {
    if (std::ranges::any_of(cases,
                            [&](const CaseResult* one) { return one->verdict == verdict; })) {
      return verdict;
    }
  }
  return Verdict::skipped;
}

data tile_view(const CaseResult& result) {
  data tile;
  const std::string verdict = std::string(name_of(result.verdict));
  tile.set("anchor", anchor_of(result));
  tile.set("verdict", verdict);
  tile.set("letter", std::string(1, to_upper(verdict[0])));
  tile.set("slug", slug_of(result));
  return tile;
}

struct State {
  std::string name;  // a verdict, "untestable", "elsewhere" or "uncovered"
  std::string words;
  std::string why;
};

State state_of(const Requirement& requirement, const std::vector<const CaseResult*>& cases,
               const std::string& side) {
  if (!cases.empty()) {
    const std::string verdict(name_of(gravest(cases)));
    return {verdict, verdict, ""};
  }
  if (!requirement.testable) return {"untestable", "not testable", visible(requirement.because)};
  if (std::ranges::find(requirement.binds, side) == requirement.binds.end()) {
    return {"elsewhere", "other side", fmt::format("This run judged a {}.", visible(side))};
  }
  return {"uncovered", "no case", "No case of this run checks it."};
}

data requirement_view(const Requirement& requirement, const std::vector<const CaseResult*>& cases,
                      const std::string& side) {
  data view;
  const State state = state_of(requirement, cases, side);
  view.set("id", visible(requirement.id));
  view.set("section", visible(requirement.section));
  view.set("level", std::string(name_of(requirement.level)));
  view.set("says", visible(requirement.says));
  view.set("binds", visible(fmt::format("{}", fmt::join(requirement.binds, ", "))));
  view.set("state", state.name);
  view.set("state_words", state.words);
  view.set("why", unless_empty(state.why));
  data tiles = empty_list();
  for (const CaseResult* result : cases) tiles.push_back(tile_view(*result));
  view.set("tiles", tiles);
  return view;
}

data standards_view(const Results& results, const CasesOfRequirement& cases) {
  std::map<std::string_view, data> by_standard;
  for (const Requirement& requirement : results.requirements) {
    by_standard.try_emplace(requirement.standard, empty_list())
        .first->second.push_back(
            requirement_view(requirement, cases.at(requirement.id), results.side));
  }
  data list = empty_list();
  for (const auto& [standard, requirements] : by_standard) {
    data view;
    view.set("heading", heading_of(standard));
    view.set("requirements", requirements);
    list.push_back(view);
  }
  return list;
}

// The head of the page -----------------------------------------------------------------------------

// Parts of the bar: as wide as their share, yet wide enough to be seen.
std::map<Verdict, double> widths_of(const Counts& counts) {
  std::map<Verdict, double> widths;
  double most = 0;
  for (const auto& [verdict, count] : counts) most += static_cast<double>(count);
  double sum = 0;
  for (const auto& [verdict, count] : counts) {
    if (count == 0) continue;
    widths[verdict] = std::max(narrowest_part, bar_width * static_cast<double>(count) / most);
    sum += widths[verdict];
  }
  for (auto& [verdict, width] : widths) width *= bar_width / sum;
  return widths;
}

data verdicts_view(const Results& results) {
  data list = empty_list();
  const Counts counts = count_verdicts(results.cases);
  std::map<Verdict, double> widths = widths_of(counts);
  double at = 0;
  for (const auto& [verdict, count] : counts) {
    data view;
    const double width = widths[verdict];
    view.set("verdict", std::string(name_of(verdict)));
    view.set("count", std::to_string(count));
    view.set("none", count == 0);
    view.set("x", fmt::format("{:.1f}", at));
    view.set("width", fmt::format("{:.1f}", width));
    at += width;
    list.push_back(view);
  }
  return list;
}

std::string_view exit_in_words(int exit_code) {
  constexpr std::array<std::string_view, 5> words{"everything as expected", "an unexpected result",
                                                  "wrong usage", "the target could not be reached",
                                                  "a fault of wsconform itself"};
  const auto index = static_cast<std::size_t>(exit_code);
  return exit_code >= 0 && index < words.size() ? words.at(index) : "unknown";
}

data facts_view(const Results& results) {
  data list = empty_list();
  const Target& target = results.target;
  if (!target.server.empty()) list.push_back(fact("server field", target.server));
  list.push_back(fact("echoes messages", target.echoes ? "yes" : "no"));
  for (const Fact& one : target.facts) list.push_back(fact(one.name, one.value));
  const auto jobs = static_cast<std::size_t>(std::max(0, results.jobs));
  list.push_back(fact("at the same time", counted(jobs, "case")));
  list.push_back(fact("order", results.shuffled ? "drawn from the seed" : "by id"));
  list.push_back(fact("exit code", exit_in_words(results.exit_code)));
  list.push_back(fact("wsconform", results.wsconform));
  return list;
}

// What a reader asks first, on one line.
data gist_view(const Results& results) {
  data list = empty_list();
  list.push_back(visible(results.target.url));
  list.push_back(visible(results.started));
  list.push_back("took " + duration_in_words(results.duration_ms));
  list.push_back("round trip " + duration_in_words(results.target.round_trip_ms));
  list.push_back(fmt::format("seed {}", results.seed));
  list.push_back(fmt::format("exit code {}", results.exit_code));
  return list;
}

data outcome_view(const Results& results) {
  const std::size_t unexpected = count_unexpected(results) + results.dead_known_failing.size();
  data view;
  view.set("good", unexpected == 0 && !results.stop && results.exit_code == 0);
  view.set("words", unexpected == 0 ? std::string("Nothing unexpected")
                                    : counted(unexpected, "unexpected result"));
  return view;
}

}  // namespace

data html_view(const Results& results) {
  const CasesOfRequirement cases = cases_of_requirements(results);
  data view;
  view.set("title", title_of(results));
  view.set("side", visible(results.side));
  view.set("outcome", outcome_view(results));
  view.set("stopped", unless_empty(results.stop ? visible(words(*results.stop)) : ""));
  view.set("dead", list_of(results.dead_known_failing));
  view.set("gist", gist_view(results));
  view.set("facts", facts_view(results));
  view.set("verdicts", verdicts_view(results));
  const std::size_t unexpected = count_unexpected(results);
  view.set("unexpected_count", unless_empty(unexpected == 0 ? "" : std::to_string(unexpected)));
  view.set("case_count", std::to_string(results.cases.size()));
  view.set("requirement_count", std::to_string(results.requirements.size()));
  view.set("sections", sections_view(results, cases));
  view.set("standards", standards_view(results, cases));
  return view;
}

}  // namespace wsconform
