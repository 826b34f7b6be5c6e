// What a case expects, as a step of a case file: the inverse of expectation_reader. A plain ending
// is written as the one ending that it was, not as its graded list.
#pragma once

#include "runner/casebook/expectation.h"
#include "runner/input/json_source.h"

namespace wsconform {

// An expectation as a case can have it: no ending of the runner's own, statuses single or whole
// classes. Of a graded ending that takes a code, "any" is said too.
Json written(const Expectation& expectation);

}  // namespace wsconform
