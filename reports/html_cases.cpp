#include "reports/html_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "core/ascii.h"
#include "core/phrase.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/html/assets.h"
#include "reports/html_wire.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

using kainjow::mustache::data;

data no_rows() {
  return data{data::type::list};
}

// Cases --------------------------------------------------------------------------------------------

std::string times_in_words(const CaseResult& result) {
  if (result.total_ms <= 0) return "";
  if (result.handshake_ms <= 0) return duration_in_words(result.total_ms);
  return fmt::format("{}, of which the opening handshake {}", duration_in_words(result.total_ms),
                     duration_in_words(result.handshake_ms));
}

data links_to_requirements(const CaseResult& result, const CasesOfRequirement& catalogue) {
  data list = no_rows();
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
  view.set("level", std::string(name_of(result.level)));
  view.set("verdict", std::string(name_of(result.verdict)));
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
  const WireText wire = wire_text(result);
  view.set("wire", wire.lines);
  view.set("bytes", wire.bytes);
  view.set("wired", !result.wire.empty());
  view.set("left_out",
           unless_empty(result.wire_left_out == 0 ? "" : std::to_string(result.wire_left_out)));
  return view;
}

data tally_view(std::span<const CaseResult* const> cases) {
  std::array<std::size_t, verdict_count> counts{};
  for (const CaseResult* result : cases) ++counts.at(static_cast<std::size_t>(result->verdict));
  data list = no_rows();
  for (std::size_t i = 0; i < verdict_count; ++i) {
    if (counts.at(i) == 0) continue;
    data part;
    part.set("verdict", std::string(name_of(static_cast<Verdict>(i))));
    part.set("count", std::to_string(counts.at(i)));
    list.push_back(part);
  }
  return list;
}

}  // namespace

data sections_view(const Results& results, const CasesOfRequirement& catalogue) {
  // Case by case: the template engine copies a view whenever it becomes part of another one.
  kainjow::mustache::mustache case_page{std::string(report_assets::case_template)};
  data list = no_rows();
  for (const Section& section : sections_of(results)) {
    data view;
    view.set("name", visible(section.name));
    view.set("heading", heading_of(section.name));
    view.set("tally", tally_view(section.cases));
    std::string cases;
    for (const CaseResult* result : section.cases) {
      cases += case_page.render(case_view(*result, catalogue));
    }
    view.set("cases", cases);
    list.push_back(view);
  }
  return list;
}

std::string anchor_of(const CaseResult& result) {
  const std::string id = "case:" + visible(result.id);
  return result.repetition == 1 ? id : fmt::format("{}~{}", id, result.repetition);
}

std::string heading_of(std::string_view section) {
  if (!section.starts_with("rfc")) return visible(section);
  const std::size_t slash = section.find('/');
  std::string heading = "RFC " + visible(section.substr(3, slash - 3));
  if (slash == std::string_view::npos) return heading;
  std::string rest = visible(section.substr(slash + 1));
  const bool numbered = !rest.empty() && is_digit(rest[0]);
  std::ranges::replace(rest, '-', ' ');
  return heading + (numbered ? " §" : " ") + rest;
}

data unless_empty(const std::string& text) {
  return text.empty() ? data{false} : data{text};
}

data list_of(const std::vector<std::string>& texts) {
  data list = no_rows();
  for (const std::string& text : texts) list.push_back(visible(text));
  return list;
}

}  // namespace wsconform
