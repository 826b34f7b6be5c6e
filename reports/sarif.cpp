#include "reports/sarif.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/ascii.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

using Json = nlohmann::ordered_json;

std::string_view level_of(const CaseResult& result) {
  if (outcome_of(result) == Outcome::failed || result.verdict == Verdict::fail) return "error";
  return result.verdict == Verdict::error ? "warning" : "note";
}

bool worth_a_look(const CaseResult& result) {
  return result.unexpected || result.verdict == Verdict::fail || result.verdict == Verdict::error ||
         result.verdict == Verdict::lenient;
}

Json visible_all(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push_back(visible(text));
  return array;
}

Json rule_of(const CaseResult& result) {
  return {{"id", visible(result.id)},
          {"shortDescription", {{"text", visible(result.says)}}},
          {"properties",
           {{"level", name_of(result.level)}, {"tags", visible_all(result.requirements)}}}};
}

// RFC 3986 §2: what may stand in a URI as it is, and the percent sign.
std::string as_uri(std::string_view url) {
  constexpr std::string_view plain = "-._~:/?#[]@!$&'()*+,;=%";
  std::string out;
  for (const char character : url) {
    if (is_letter_or_digit(character) || plain.find(character) != std::string_view::npos) {
      out += character;
    } else {
      out += fmt::format("%{:02X}", static_cast<std::uint8_t>(character));
    }
  }
  return out;
}

Json location_of(const CaseResult& result, const Target& target) {
  return {{"physicalLocation", {{"artifactLocation", {{"uri", as_uri(target.url)}}}}},
          {"logicalLocations", Json::array({{{"fullyQualifiedName", visible(result.id)}}})}};
}

Json result_of(const CaseResult& result, std::size_t rule, const Target& target) {
  Json json{{"ruleId", visible(result.id)},
            {"ruleIndex", rule},
            {"level", level_of(result)},
            {"message", {{"text", reason_in_full(result) + "\n\n" + case_in_words(result)}}},
            {"locations", Json::array({location_of(result, target)})},
            {"partialFingerprints", {{"caseId/v1", visible(result.id)}}}};
  if (outcome_of(result) == Outcome::known_failing) {
    json["suppressions"] =
        Json::array({{{"kind", "external"}, {"justification", visible(result.known_failing)}}});
  }
  return json;
}

}  // namespace

std::string to_sarif(const Results& results) {
  std::map<std::string_view, std::size_t> rule_numbers;
  Json rules = Json::array();
  Json found = Json::array();
  for (const CaseResult& result : results.cases) {
    const auto [rule, fresh] = rule_numbers.emplace(result.id, rules.size());
    if (fresh) rules.push_back(rule_of(result));
    if (worth_a_look(result)) found.push_back(result_of(result, rule->second, results.target));
  }
  const Json driver{
      {"name", "wsconform"}, {"version", visible(results.wsconform)}, {"rules", rules}};
  const Json invocation{{"executionSuccessful", !results.stop},
                        {"exitCode", results.exit_code},
                        {"startTimeUtc", visible(results.started)}};
  const Json run{{"tool", {{"driver", driver}}},
                 {"invocations", Json::array({invocation})},
                 {"results", found}};
  const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({run})}};
  return log.dump(1) + "\n";
}

}  // namespace wsconform
