// TAP, version 14: a test point for each case, a YAML block where the verdict is not a plain pass.
// A failure of the known-failing list carries TODO, a skipped case SKIP, an early end is a
// bail-out.
#pragma once

#include <string>

namespace wsconform {

struct Results;

std::string to_tap(const Results& results);

}  // namespace wsconform
