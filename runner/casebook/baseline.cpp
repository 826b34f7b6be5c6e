#include "runner/casebook/baseline.h"

#include "reports/results/results.h"

namespace wsconform {
namespace {

int badness_of(Verdict verdict, bool strict) {
  switch (verdict) {
    case Verdict::error:
      return 3;
    case Verdict::fail:
      return 2;
    case Verdict::lenient:
      return strict ? 1 : 0;
    case Verdict::pass:
    case Verdict::observed:
    case Verdict::skipped:
      return 0;
  }
  return 0;
}

}  // namespace

Baseline::Baseline(const Results& earlier) {
  for (const CaseResult& each : earlier.cases) {
    const auto [kept, fresh] = verdicts_.emplace(each.id, each.verdict);
    if (!fresh && badness_of(each.verdict, true) > badness_of(kept->second, true))
      kept->second = each.verdict;
  }
}

std::optional<bool> Baseline::got_worse(std::string_view id, Verdict now, bool strict) const {
  const auto earlier = verdicts_.find(id);
  if (earlier == verdicts_.end()) return std::nullopt;
  return badness_of(now, strict) > badness_of(earlier->second, strict);
}

}  // namespace wsconform
