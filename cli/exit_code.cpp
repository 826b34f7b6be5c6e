#include "cli/exit_code.h"

#include "reports/results/results.h"

namespace wsconform {

ExitCode exit_code_of(const Results& results) {
  if (results.stop && results.stop->kind == Stop::Kind::target_died) return exit_unreachable;
  if (results.stop || count_unexpected(results) > 0) return exit_unexpected;
  return exit_as_expected;
}

}  // namespace wsconform
