#include "reports/results/results.h"

#include <algorithm>

namespace wsconform {
Counts count_verdicts(const std::vector<CaseResult>& cases) {
  Counts counts;
  for (std::size_t i = 0; i < verdict_count; ++i) counts[static_cast<Verdict>(i)] = 0;
  for (const CaseResult& result : cases) ++counts[result.verdict];
  return counts;
}

std::size_t count_unexpected(const Results& results) {
  return static_cast<std::size_t>(std::ranges::count_if(results.cases, &CaseResult::unexpected));
}

std::size_t count_unexpected_entries(const Results& results) {
  return results.filtered ? 0 : results.dead_known_failing.size();
}

}  // namespace wsconform
