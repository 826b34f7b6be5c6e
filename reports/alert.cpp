#include "reports/alert.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/phrase.h"
#include "core/visible_text.h"
#include "reports/case_text.h"
#include "reports/results/results.h"

namespace wsconform {

std::vector<Alert> alerts_of(const Results& results) {
  std::vector<Alert> alerts;
  for (CauseGroup& group : causes_of(results)) {
    if (group.fails + group.errors == 0) continue;
    Alert alert;
    alert.words = words_for(group, results);
    alert.key = key_of(group.cause);
    alert.expected = group.unexpected == 0;
    const auto known = std::ranges::find_if(
        group.cases, [](const CaseResult* each) { return !each->known_failing.empty(); });
    if (known != group.cases.end()) alert.known_reason = (*known)->known_failing;
    alert.group = std::move(group);
    alerts.push_back(std::move(alert));
  }
  return alerts;
}

std::string place_of_target(const Results& results) {
  const std::filesystem::path profile =
      std::filesystem::path(results.target.profile).lexically_normal();
  const bool inside = !profile.empty() && profile.is_relative() && *profile.begin() != "..";
  return inside ? visible(profile.generic_string()) : "wsconform.json";
}

std::string evidence_of(const Alert& alert) {
  const CauseGroup& group = alert.group;
  std::string counts;
  if (group.fails > 0)
    counts =
        fmt::format("{} {}", counted(group.fails, "case"), group.fails == 1 ? "fails" : "fail");
  if (group.errors > 0)
    counts +=
        fmt::format("{}{} came to no verdict", counts.empty() ? "" : ", ",
                    counts.empty() ? counted(group.errors, "case") : std::to_string(group.errors));
  return fmt::format("{}; the simplest is {}: {}", counts, visible(group.simplest->id),
                     reason_in_full(*group.simplest));
}

}  // namespace wsconform
