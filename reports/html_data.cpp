#include "reports/html_data.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "core/base64.h"
#include "core/bytes.h"
#include "core/phrase.h"
#include "core/utf8.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/cause_text.h"
#include "reports/html_names.h"
#include "reports/results/cause_words.h"
#include "reports/results/causes.h"
#include "reports/results/results.h"
#include "reports/results/results_members.h"

namespace wsconform {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t cases_of_a_block = 32;
constexpr std::size_t most_text = 300;      // bytes of a text in the index
constexpr std::size_t most_details = 4000;  // bytes of a text in the details
constexpr std::size_t most_lines = 200;     // of a list
constexpr std::size_t most_entries = 160;   // of a wire log
constexpr std::size_t most_bytes = 192;     // of an entry
constexpr std::size_t most_bytes_of_a_pass = 96;
constexpr std::size_t most_of_a_case = 64 * 1024;  // bytes of its wire log
constexpr std::size_t most_raw_index = 6'000'000;  // bytes, before packing
constexpr std::size_t most_requirements = 4000;
constexpr std::size_t most_causes = 500;

// Made visible, and cut between two characters.
std::string shown(std::string_view text, std::size_t most = most_text) {
  if (text.size() <= most) return visible(text);
  while (most > 0 && is_utf8_tail(text[most])) --most;
  return visible(text.substr(0, most)) + " ...";
}

Json shown(const std::vector<std::string>& lines) {
  Json made = Json::array();
  for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i)
    made.push_back(shown(lines[i], most_details));
  return made;
}

Json names_of(const std::vector<Role>& roles) {
  Json made = Json::array();
  for (const Role each : roles) made.push_back(name_of(each));
  return made;
}

// The most worth a look first.
std::vector<const CaseResult*> by_importance(const Results& results) {
  std::vector<const CaseResult*> cases;
  for (const CaseResult& each : results.cases) cases.push_back(&each);
  const auto rank = [](const CaseResult* each) {
    constexpr std::array ranks{3, 2, 0, 4, 5, 1};  // by Verdict
    // The results lie one behind another: their places keep the order of those that are alike.
    return std::tuple(!each->unexpected, ranks.at(static_cast<std::size_t>(each->verdict)), each);
  };
  std::ranges::sort(cases, {}, rank);
  return cases;
}

// Details

Json wire_entry(const WireEntry& entry, std::size_t most) {
  const std::span bytes = std::span(entry.bytes).first(std::min(entry.bytes.size(), most));
  return {{"at", fmt::format("{:.2f}", entry.at_ms)},
          {"connection", entry.connection},
          {"direction", name_of(entry.direction)},
          {"frame", entry.kind == WireEntry::Kind::frame},
          {"says", shown(entry.says, most_details)},
          {"details", shown(entry.details)},
          {"size", entry.size},
          {"violation", shown(entry.violation)},
          {"bytes", base64_encode(text_of(bytes))}};
}

// The end of a long log is cut off.
Json wire_log(const CaseResult& result, std::uint64_t& left_out) {
  Json log = Json::array();
  const std::size_t most = result.verdict == Verdict::pass ? most_bytes_of_a_pass : most_bytes;
  std::size_t size = 0;
  for (const WireEntry& each : result.wire) {
    if (log.size() == most_entries || size > most_of_a_case) break;
    log.push_back(wire_entry(each, most));
    size += log.back().dump().size();
  }
  left_out = result.wire_left_out + result.wire.size() - log.size();
  return log;
}

std::string times_in_words(const CaseResult& result) {
  if (result.total_ms <= 0) return "";
  if (result.handshake_ms <= 0) return duration_in_words(result.total_ms);
  return fmt::format("{}, of which the opening handshake {}", duration_in_words(result.total_ms),
                     duration_in_words(result.handshake_ms));
}

Json details_of(const CaseResult& result) {
  std::uint64_t left_out = 0;
  Json wire = wire_log(result, left_out);
  return {{"expected", shown(result.expected, most_details)},
          {"received", shown(result.received, most_details)},
          {"because", shown(result.because, most_details)},
          {"known", shown(result.known_failing)},
          {"fault", result.at_fault == AtFault::nobody ? "" : name_of(result.at_fault)},
          {"took", times_in_words(result)},
          {"script", shown(result.script)},
          {"notes", shown(result.notes)},
          {"wire", std::move(wire)},
          {"left_out", left_out}};
}

struct Place {
  int block = -1;
  std::size_t at = 0;
};
using Places = std::map<const CaseResult*, Place>;

Places pack_details(const std::vector<const CaseResult*>& cases, std::vector<PackedBlock>& blocks) {
  Places places;
  std::size_t size = 0;
  for (std::size_t from = 0; from < cases.size(); from += cases_of_a_block) {
    const std::size_t to = std::min(cases.size(), from + cases_of_a_block);
    Json details = Json::array();
    for (std::size_t i = from; i < to; ++i) details.push_back(details_of(*cases[i]));
    std::string text = packed(details.dump());
    size += text.size();
    if (size > most_packed_details) break;
    const auto number = static_cast<int>(blocks.size());
    blocks.push_back({fmt::format("details-{}", number), std::move(text)});
    for (std::size_t i = from; i < to; ++i) places[cases[i]] = {number, i - from};
  }
  return places;
}

// The index

Json causes_json(const Results& results, const std::vector<CauseGroup>& groups) {
  Json list = Json::array();
  for (const CauseGroup& group : groups) {
    if (list.size() == most_causes) break;
    const CauseWords told = words_for(group, results);
    list.push_back({{"key", shown(key_of(group.cause))},
                    {"weight", name_of(group.weight)},
                    {"title", shown(told.title)},
                    {"rule", shown(told.rule)},
                    {"section", told.section},
                    {"url", told.url},
                    {"why", shown(told.why)},
                    {"change", shown(told.change)},
                    {"fail", group.fails},
                    {"lenient", group.lenient},
                    {"error", group.errors},
                    {"unexpected", group.unexpected},
                    {"simplest", shown(group.simplest->id)}});
  }
  return list;
}

Json requirements_json(const Results& results) {
  Json list = Json::array();
  for (const Requirement& each : results.requirements) {
    if (list.size() == most_requirements) break;
    list.push_back({{"id", shown(each.id)},
                    {"standard", heading_of(each.standard)},
                    {"section", shown(each.section)},
                    {"level", name_of(each.level)},
                    {"says", shown(each.says)},
                    {"binds", names_of(each.binds)},
                    {"testable", each.testable},
                    {"because", shown(each.because)}});
  }
  return list;
}

Json counts_json(const Results& results) {
  Json list = Json::array();
  for (const auto& [verdict, count] : count_verdicts(results.cases))
    list.push_back({name_of(verdict), count});
  return list;
}

// One row a case, as caseMembers in report_data.js names its members.
class Rows {
 public:
  Rows(const Results& results, const std::vector<CauseGroup>& groups, const Places& places)
      : places_(places) {
    for (std::size_t i = 0; i < std::min(groups.size(), most_causes); ++i)
      causes_[groups[i].cause] = static_cast<int>(i);
    for (std::size_t i = 0; i < std::min(results.requirements.size(), most_requirements); ++i)
      requirements_[results.requirements[i].id] = i;
  }

  Json row(const CaseResult& result) {
    const auto [section, is_new] = sections_.emplace(result.section, sections_.size());
    if (is_new)
      headings_.push_back(
          {{"name", shown(result.section)}, {"heading", shown(heading_of(result.section))}});
    const auto cause = causes_.find(result.cause);
    const auto place = places_.find(&result);
    const Place at = place == places_.end() ? Place{} : place->second;
    Json requirements = Json::array();
    for (const std::string& each : result.requirements)
      if (const auto found = requirements_.find(each); found != requirements_.end())
        requirements.push_back(found->second);
    return Json::array(
        {shown(result.id), section->second, name_of(result.verdict), name_of(result.level),
         shown(result.says), shown(result.reason), cause == causes_.end() ? -1 : cause->second,
         result.unexpected, result.repetition, shown(result.autobahn), requirements,
         result.total_ms <= 0 ? "" : duration_in_words(result.total_ms), at.block, at.at});
  }
  Json sections() { return headings_; }

 private:
  const Places& places_;
  std::map<Cause, int> causes_;
  std::map<std::string_view, std::size_t> requirements_;
  std::map<std::string, std::size_t> sections_;
  Json headings_ = Json::array();
};

Json other_json(const Results& other) {
  Json verdicts = Json::array();
  std::size_t size = 0;
  for (const CaseResult& each : other.cases) {
    if (each.repetition > 1 || size > most_raw_index / 4) continue;
    verdicts.push_back({shown(each.id), name_of(each.verdict)});
    size += verdicts.back().dump().size();
  }
  return {{"name", shown(title_of(other))}, {"verdicts", std::move(verdicts)}};
}

}  // namespace

std::string packed(std::string_view json) {
  auto size = compressBound(json.size());
  std::string bytes(size, '\0');
  const int done = compress2(reinterpret_cast<Bytef*>(bytes.data()), &size,
                             reinterpret_cast<const Bytef*>(json.data()), json.size(), 6);
  if (done != Z_OK) throw std::runtime_error("The report cannot be packed: there is no memory.");
  bytes.resize(size);
  return base64_encode(bytes);
}

PackedResults pack(const Results& results, const Results* other) {
  PackedResults made;
  const std::vector<const CaseResult*> cases = by_importance(results);
  const std::vector<CauseGroup> groups = causes_of(results);
  const Places places = pack_details(cases, made.blocks);
  Rows rows(results, groups, places);
  std::map<const CaseResult*, Json> kept;
  std::size_t size = 0;
  for (const CaseResult* each : cases) {
    if (size > most_raw_index / 2) break;
    const Json& row = kept[each] = rows.row(*each);
    size += row.dump().size();
  }
  made.left_out = cases.size() - kept.size();
  Json list = Json::array();
  for (const CaseResult& each : results.cases)
    if (const auto found = kept.find(&each); found != kept.end())
      list.push_back(std::move(found->second));
  Json index{{"side", name_of(results.side)},
             {"command", command_of(results)},
             {"verdicts", counts_json(results)},
             {"causes", causes_json(results, groups)},
             {"sections", rows.sections()},
             {"requirements", requirements_json(results)},
             {"cases", std::move(list)},
             {"other", other == nullptr ? Json() : other_json(*other)}};
  made.blocks.push_back({"index", packed(index.dump())});
  return made;
}

}  // namespace wsconform
