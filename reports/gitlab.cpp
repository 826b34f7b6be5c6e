#include "reports/gitlab.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/stable_hash.h"
#include "reports/alert.h"
#include "reports/case_text.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_of(Weight weight) {
  switch (weight) {
    case Weight::target_died:
    case Weight::target_hung:
      return "blocker";
    case Weight::must:
      return "critical";
    case Weight::no_verdict:
      return "major";
    case Weight::should:
      return "minor";
  }
  return "minor";
}

// 32 hex digits.
std::string fingerprint_of(const std::string& text) {
  return fmt::format("{:016x}{:016x}", stable_hash(text), stable_hash(text, 0x84222325CBF29CE4U));
}

Json issue_of(const Alert& alert, const Results& results) {
  const std::string title = title_of(results);
  return {
      {"type", "issue"},
      {"check_name", alert.key},
      {"description", fmt::format("{}: {}: {}", title, alert.words.title, evidence_of(alert))},
      {"categories", Json::array({"Compatibility"})},
      {"severity", severity_of(alert.group.weight)},
      {"fingerprint", fingerprint_of(title + "/" + alert.key)},
      {"location", {{"path", place_of_target(results)}, {"lines", {{"begin", 1}, {"end", 1}}}}}};
}

}  // namespace

std::string to_gitlab(const Results& results) {
  Json issues = Json::array();
  for (const Alert& alert : alerts_of(results))
    if (!alert.expected) issues.push_back(issue_of(alert, results));
  return issues.dump(1) + "\n";
}

}  // namespace wsconform
