#include "cli/exit_code.h"

#include <algorithm>

#include "reports/results/results.h"

namespace wsconform {
namespace {

// Nothing was judged.
bool only_skipped(const Results& results) {
  return !results.cases.empty() && std::ranges::all_of(results.cases, [](const CaseResult& each) {
    return each.verdict == Verdict::skipped;
  });
}

}  // namespace

ExitCode exit_code_of(const Results& results) {
  if (results.stop && results.stop->kind == Stop::Kind::machine_fault) return exit_fault;
  if (results.stop && results.stop->kind == Stop::Kind::target_died) return exit_unreachable;
  if (results.stop || count_unexpected(results) + count_unexpected_entries(results) > 0)
    return exit_unexpected;
  if (only_skipped(results)) return exit_unexpected;
  return exit_as_expected;
}

}  // namespace wsconform
