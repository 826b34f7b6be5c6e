#include "reports/html_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <ranges>
#include <string>
#include <string_view>

#include "core/phrase.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/cause_text.h"
#include "reports/html_data.h"
#include "reports/results/cause_words.h"
#include "reports/results/causes.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

using kainjow::mustache::data;

constexpr double bar_width = 1000;
constexpr double narrowest_part = 8;
constexpr std::size_t most_in_a_list = 100;

data empty_list() {
  return data{data::type::list};
}

// A section of a template is left out for false, not for an empty string.
data unless_empty(const std::string& text) {
  return text.empty() ? data{false} : data{text};
}

data fact(std::string_view name, std::string_view value) {
  data made;
  made.set("name", visible(name));
  made.set("value", visible(value));
  return made;
}

// The head of the page

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
  for (const Fact& one : target.facts | std::views::take(most_in_a_list))
    list.push_back(fact(one.name, one.value));
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

// What a page without script shows.
data causes_view(const Results& results) {
  data list = empty_list();
  for (const CauseGroup& group : causes_of(results) | std::views::take(most_in_a_list)) {
    const CauseWords told = words_for(group, results);
    data view;
    view.set("title", visible(told.title));
    view.set("counts", counts_in_words(group));
    view.set("rule", visible(told.rule));
    view.set("section", visible(told.section));
    view.set("command", command_for(results, *group.simplest));
    list.push_back(view);
  }
  return list;
}

data dead_view(const Results& results) {
  data list = empty_list();
  for (const std::string& each : results.dead_known_failing | std::views::take(most_in_a_list))
    list.push_back(visible(each));
  return list;
}

data blocks_view(const PackedResults& pack) {
  data list = empty_list();
  for (const PackedBlock& each : pack.blocks) {
    data view;
    view.set("name", each.name);
    view.set("text", each.text);
    list.push_back(view);
  }
  return list;
}

}  // namespace

data html_view(const Results& results, const Results* other) {
  const PackedResults packed = pack(results, other);
  const std::size_t unexpected = count_unexpected(results) + count_unexpected_entries(results);
  data view;
  view.set("title", title_of(results));
  view.set("side", std::string(name_of(results.side)));
  view.set("good", unexpected == 0 && !results.stop && results.exit_code == 0);
  view.set("outcome", unexpected == 0 ? std::string("Nothing unexpected")
                                      : counted(unexpected, "unexpected result"));
  view.set("stopped", unless_empty(results.stop ? visible(sentence_about(*results.stop)) : ""));
  view.set("dead", dead_view(results));
  view.set("left_out", unless_empty(packed.left_out == 0 ? "" : std::to_string(packed.left_out)));
  view.set("gist", gist_view(results));
  view.set("facts", facts_view(results));
  view.set("verdicts", verdicts_view(results));
  const std::size_t counting = count_unexpected(results);
  view.set("unexpected_count", unless_empty(counting == 0 ? "" : std::to_string(counting)));
  view.set("case_count", std::to_string(results.cases.size()));
  view.set("causes", causes_view(results));
  view.set("blocks", blocks_view(packed));
  return view;
}

}  // namespace wsconform
