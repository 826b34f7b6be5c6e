#include "reports/html_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "reports/case_text.h"
#include "reports/results_members.h"
#include "reports/text.h"

namespace wsconform {
namespace {

using kainjow::mustache::data;

constexpr std::size_t first_entries = 60;
constexpr std::size_t last_entries = 40;
constexpr std::size_t most_bytes = 192;
constexpr double bar_width = 1000;
constexpr double narrowest_part = 8;

using CasesOfRequirement = std::map<std::string_view, std::vector<const CaseResult*>>;

data empty_list() {
  return data{data::type::list};
}

// A section of the template is left out for false, not for an empty string.
data unless_empty(std::string text) {
  return text.empty() ? data{false} : data{std::move(text)};
}

data list_of(const std::vector<std::string>& texts) {
  data list = empty_list();
  for (const std::string& text : texts) list.push_back(visible(text));
  return list;
}

data fact(std::string_view name, std::string_view value) {
  data made;
  made.set("name", visible(name));
  made.set("value", visible(value));
  return made;
}

std::string verdict_text(Verdict verdict) {
  return std::string(name_of(verdict));
}

std::string anchor_of(const CaseResult& result) {
  const std::string id = "case:" + visible(result.id);
  return result.repetition == 1 ? id : fmt::format("{}~{}", id, result.repetition);
}

// "RFC 6455 §5.5 control frames" of "rfc6455/5.5-control-frames"; other names stay as they are.
std::string heading_of(std::string_view section) {
  if (!section.starts_with("rfc")) return visible(section);
  const std::size_t slash = section.find('/');
  std::string heading = "RFC " + visible(section.substr(3, slash - 3));
  if (slash == std::string_view::npos) return heading;
  std::string rest = visible(section.substr(slash + 1));
  const bool numbered = !rest.empty() && rest[0] >= '0' && rest[0] <= '9';
  std::ranges::replace(rest, '-', ' ');
  return heading + (numbered ? " §" : " ") + rest;
}

// The wire log -------------------------------------------------------------------------------------

std::string sizes_in_words(const WireEntry& entry) {
  const std::size_t shown = std::min(entry.bytes.size(), most_bytes);
  if (shown >= entry.size) return "";
  return shown == 0 ? fmt::format("{} bytes, not kept", entry.size)
                    : fmt::format("first {} of {} bytes", shown, entry.size);
}

std::string details_of(const WireEntry& entry) {
  std::vector<std::string> lines;
  for (const std::string& detail : entry.details) lines.push_back(visible(detail));
  return fmt::format("{}", fmt::join(lines, "\n"));
}

data entry_view(const WireEntry& entry, bool several_connections) {
  data view;
  view.set("direction", std::string(name_of(entry.direction)));
  view.set("at", several_connections
                     ? fmt::format("#{} {:.2f} ms", entry.connection + 1, entry.at_ms)
                     : fmt::format("{:.2f} ms", entry.at_ms));
  view.set("frame", entry.kind == WireEntry::Kind::frame);
  view.set("says", visible(entry.says));
  view.set("details", unless_empty(details_of(entry)));
  view.set("violation", unless_empty(visible(entry.violation)));
  view.set("cut", unless_empty(sizes_in_words(entry)));
  const std::span<const std::uint8_t> bytes(entry.bytes);
  view.set("bytes", unless_empty(base64(bytes.first(std::min(bytes.size(), most_bytes)))));
  return view;
}

data gap_view(std::size_t left_out) {
  data view;
  view.set("direction", "gap");
  view.set("says", fmt::format("{} entries left out here; the results file has them", left_out));
  for (const char* name : {"at", "frame", "details", "violation", "cut", "bytes"}) {
    view.set(name, false);
  }
  return view;
}

data wire_view(const CaseResult& result) {
  data list = empty_list();
  const std::size_t count = result.wire.size();
  const bool whole = count <= first_entries + last_entries;
  const bool several = std::ranges::any_of(
      result.wire, [](const WireEntry& entry) { return entry.connection != 0; });
  for (std::size_t i = 0; i < count; ++i) {
    if (!whole && i == first_entries) {
      i = count - last_entries;
      list.push_back(gap_view(i - first_entries));
    }
    list.push_back(entry_view(result.wire[i], several));
  }
  return list;
}

// Cases --------------------------------------------------------------------------------------------

std::string times_in_words(const CaseResult& result) {
  if (result.total_ms <= 0) return "";
  if (result.handshake_ms <= 0) return duration_in_words(result.total_ms);
  return fmt::format("{}, of which the opening handshake {}", duration_in_words(result.total_ms),
                     duration_in_words(result.handshake_ms));
}

data links_to_requirements(const CaseResult& result, const CasesOfRequirement& catalogue) {
  data list = empty_list();
  for (const std::string& id : result.requirements) {
    data link;
    link.set("id", visible(id));
    link.set("known", catalogue.contains(id));
    list.push_back(link);
  }
  return list;
}

data case_view(const CaseResult& result, const CasesOfRequirement& catalogue) {
  data view;
  view.set("anchor", anchor_of(result));
  view.set("id", visible(result.id));
  view.set("slug", slug_of(result));
  view.set("says", visible(result.says));
  view.set("level", visible(result.level));
  view.set("verdict", verdict_text(result.verdict));
  view.set("fault", unless_empty(result.at_fault == AtFault::nobody
                                     ? ""
                                     : std::string(name_of(result.at_fault))));
  view.set("unexpected", result.unexpected);
  view.set("reason", visible(result.reason));
  view.set("reason_in_full", reason_in_full(result));
  view.set("tell", result.verdict != Verdict::pass || result.unexpected);
  view.set("expected", visible(result.expected));
  view.set("received", visible(result.received));
  view.set("turned", !result.expected.empty() || !result.received.empty());
  view.set("because", unless_empty(visible(result.because)));
  view.set("known_failing", unless_empty(visible(result.known_failing)));
  view.set("notes", list_of(result.notes));
  view.set("noted", !result.notes.empty());
  view.set("script", list_of(result.script));
  view.set("scripted", !result.script.empty());
  view.set("requirements", links_to_requirements(result, catalogue));
  view.set("required", !result.requirements.empty());
  view.set("autobahn", unless_empty(visible(fmt::format("{}", fmt::join(result.autobahn, ", ")))));
  view.set("time", result.total_ms <= 0 ? "" : duration_in_words(result.total_ms));
  view.set("times", unless_empty(times_in_words(result)));
  view.set("wire", wire_view(result));
  view.set("wired", !result.wire.empty());
  view.set("left_out",
           unless_empty(result.wire_left_out == 0 ? "" : std::to_string(result.wire_left_out)));
  return view;
}

data tally_view(std::span<const CaseResult* const> cases) {
  std::array<std::size_t, verdict_count> counts{};
  for (const CaseResult* result : cases) ++counts.at(static_cast<std::size_t>(result->verdict));
  data list = empty_list();
  for (std::size_t i = 0; i < verdict_count; ++i) {
    if (counts.at(i) == 0) continue;
    data part;
    part.set("verdict", verdict_text(static_cast<Verdict>(i)));
    part.set("count", std::to_string(counts.at(i)));
    list.push_back(part);
  }
  return list;
}

data sections_view(const Results& results, const CasesOfRequirement& catalogue) {
  data list = empty_list();
  for (const Section& section : sections_of(results)) {
    data view;
    view.set("name", visible(section.name));
    view.set("heading", heading_of(section.name));
    view.set("tally", tally_view(section.cases));
    data cases = empty_list();
    for (const CaseResult* result : section.cases) cases.push_back(case_view(*result, catalogue));
    view.set("cases", cases);
    list.push_back(view);
  }
  return list;
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
  const std::string verdict = verdict_text(result.verdict);
  tile.set("anchor", anchor_of(result));
  tile.set("verdict", verdict);
  tile.set("letter", std::string(1, static_cast<char>(std::toupper(verdict[0]))));
  tile.set("slug", slug_of(result));
  return tile;
}

data requirement_view(const Requirement& requirement, const std::vector<const CaseResult*>& cases) {
  data view;
  view.set("id", visible(requirement.id));
  view.set("section", visible(requirement.section));
  view.set("level", visible(requirement.level));
  view.set("says", visible(requirement.says));
  view.set("binds", visible(fmt::format("{}", fmt::join(requirement.binds, ", "))));
  view.set("state", !cases.empty()         ? verdict_text(gravest(cases))
                    : requirement.testable ? "uncovered"
                                           : "untestable");
  view.set("state_words", !cases.empty()         ? verdict_text(gravest(cases))
                          : requirement.testable ? "no case"
                                                 : "not testable");
  view.set("uncovered", cases.empty() && requirement.testable);
  view.set("because", unless_empty(requirement.testable ? "" : visible(requirement.because)));
  data tiles = empty_list();
  for (const CaseResult* result : cases) tiles.push_back(tile_view(*result));
  view.set("tiles", tiles);
  return view;
}

data standards_view(const Results& results, const CasesOfRequirement& cases) {
  std::map<std::string_view, data> by_standard;
  for (const Requirement& requirement : results.requirements) {
    by_standard.try_emplace(requirement.standard, empty_list())
        .first->second.push_back(requirement_view(requirement, cases.at(requirement.id)));
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

data verdicts_view(const Results& results) {
  data list = empty_list();
  const Counts counts = count_verdicts(results.cases);
  const double all = std::max<double>(1, static_cast<double>(results.cases.size()));
  double at = 0;
  for (const auto& [verdict, count] : counts) {
    data view;
    const double width =
        count == 0 ? 0 : std::max(narrowest_part, bar_width * static_cast<double>(count) / all);
    view.set("verdict", verdict_text(verdict));
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
  view.set("good", unexpected == 0 && results.stopped.empty() && results.exit_code == 0);
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
  view.set("stopped", unless_empty(visible(results.stopped)));
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
