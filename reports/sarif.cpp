#include "reports/sarif.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/ascii.h"
#include "core/visible_text.h"
#include "reports/alert.h"
#include "reports/case_text.h"
#include "reports/cause_text.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view home = "https://www.rfc-editor.org/rfc/rfc6455";

Json text(std::string_view words) {
  return {{"text", words}};
}

std::string_view level_of(const CauseGroup& group) {
  return group.fails > 0 ? "error" : "warning";
}

// "invalid-utf8:accepted" as the name of a rule: "InvalidUtf8Accepted".
std::string rule_name(std::string_view key) {
  std::string name;
  bool begins = true;
  for (const char character : key) {
    const bool belongs = is_letter_or_digit(character);
    if (belongs)
      name += begins ? in_upper_case(std::string(1, character)) : std::string(1, character);
    begins = !belongs;
  }
  return name;
}

std::string sentence(const std::string& words) {
  return words.empty() || words.ends_with('.') ? words : words + ".";
}

std::string help_of(const Alert& alert, const Results& results) {
  std::string help = sentence(alert.words.rule);
  for (const std::string& more : {alert.words.why, alert.words.change})
    if (!more.empty()) help += "\n\n" + sentence(more);
  if (!alert.words.url.empty())
    help += fmt::format("\n\n{}: {}", alert.words.section, alert.words.url);
  return help + "\n\nPlay it again: " + command_for(results, *alert.group.simplest);
}

Json rule_of(const Alert& alert, const Results& results) {
  const CauseWords& words = alert.words;
  const std::string help = help_of(alert, results);
  return {{"id", alert.key},
          {"name", rule_name(alert.key)},
          {"shortDescription", text(sentence(words.title))},
          {"fullDescription", text(sentence(words.rule))},
          {"help", {{"text", help}, {"markdown", help}}},
          {"helpUri", words.url.empty() ? std::string(home) : words.url},
          {"defaultConfiguration", {{"level", level_of(alert.group)}}},
          {"properties",
           {{"precision", "very-high"},
            {"problem.severity", level_of(alert.group)},
            {"tags", {"websocket", name_of(alert.group.weight)}}}}};
}

Json location_of(const Alert& alert, const Results& results) {
  const Json region{{"startLine", 1}, {"startColumn", 1}, {"endLine", 1}, {"endColumn", 2}};
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", place_of_target(results)}, {"uriBaseId", "%SRCROOT%"}}},
            {"region", region}}},
          {"logicalLocations",
           Json::array({{{"fullyQualifiedName", visible(alert.group.simplest->id)}}})}};
}

Json result_of(const Alert& alert, std::size_t rule, const Results& results) {
  Json json{
      {"ruleId", alert.key},
      {"ruleIndex", rule},
      {"level", level_of(alert.group)},
      {"message", text(fmt::format("{}: {} {}", title_of(results), sentence(alert.words.title),
                                   evidence_of(alert)))},
      {"locations", Json::array({location_of(alert, results)})},
      {"partialFingerprints", {{"cause/v1", fmt::format("{}/{}", title_of(results), alert.key)}}}};
  if (alert.expected)
    json["suppressions"] =
        Json::array({{{"kind", "external"}, {"justification", visible(alert.known_reason)}}});
  return json;
}

}  // namespace

std::string to_sarif(const Results& results) {
  Json rules = Json::array();
  Json found = Json::array();
  for (const Alert& alert : alerts_of(results)) {
    found.push_back(result_of(alert, rules.size(), results));
    rules.push_back(rule_of(alert, results));
  }
  const Json driver{{"name", "wsconform"},
                    {"version", visible(results.wsconform)},
                    {"informationUri", home},
                    {"rules", rules}};
  const Json invocation{{"executionSuccessful", !results.stop},
                        {"exitCode", results.exit_code},
                        {"startTimeUtc", visible(results.started)}};
  const Json run{{"tool", {{"driver", driver}}},
                 {"automationDetails", {{"id", "wsconform/" + title_of(results) + "/"}}},
                 {"originalUriBaseIds", {{"%SRCROOT%", {{"uri", "file:///"}}}}},
                 {"invocations", Json::array({invocation})},
                 {"results", found},
                 {"columnKind", "utf16CodeUnits"}};
  const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({run})}};
  return log.dump(1) + "\n";
}

}  // namespace wsconform
