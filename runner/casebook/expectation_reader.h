// What a case expects, from JSON that keeps case.schema.json. A plain expectation of an ending is
// read as its graded list, as cases/README.md tells.
#pragma once

#include "runner/casebook/expectation.h"
#include "runner/input/json_node.h"

namespace wsconform {

// A step with "expect" or "endings". Throws InputError where members contradict each other.
Expectation read_expectation(const JsonNode& node);

// 426, "4xx", or a list of these.
StatusSet read_status_set(const JsonNode& node);

}  // namespace wsconform
