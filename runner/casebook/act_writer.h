// What we do in a case, as a step of a case file: the inverse of step_reader. Only what differs
// from a normal frame is said, so that the eye lands on the fault.
#pragma once

#include "runner/casebook/act.h"
#include "runner/input/json_source.h"

namespace wsconform {

// An act as a case can have it: not a Reconnect that ends the earlier connection.
Json written(const Act& act);

}  // namespace wsconform
