#include "reports/results/results.h"

#include <algorithm>
#include <array>

namespace wsconform {
namespace {

constexpr std::array<std::string_view, verdict_count> verdict_names{"pass",     "lenient", "fail",
                                                                    "observed", "skipped", "error"};
constexpr std::array<std::string_view, 4> at_fault_names{"nobody", "target-unreachable", "setup",
                                                         "wsconform"};

template <typename Enum, std::size_t size>
std::optional<Enum> named(std::string_view name, const std::array<std::string_view, size>& names) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  return verdict_names.at(static_cast<std::size_t>(verdict));
}

std::optional<Verdict> verdict_named(std::string_view name) {
  return named<Verdict>(name, verdict_names);
}

std::string_view name_of(AtFault at_fault) {
  return at_fault_names.at(static_cast<std::size_t>(at_fault));
}

std::optional<AtFault> at_fault_named(std::string_view name) {
  return named<AtFault>(name, at_fault_names);
}

Counts count_verdicts(const std::vector<CaseResult>& cases) {
  Counts counts;
  for (std::size_t i = 0; i < verdict_count; ++i) counts[static_cast<Verdict>(i)] = 0;
  for (const CaseResult& result : cases) ++counts[result.verdict];
  return counts;
}

std::size_t count_unexpected(const Results& results) {
  return static_cast<std::size_t>(std::ranges::count_if(results.cases, &CaseResult::unexpected));
}

}  // namespace wsconform
