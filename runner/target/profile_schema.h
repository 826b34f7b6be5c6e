// runner/target/profile.schema.json, as it was when the program was built.
#pragma once

#include "runner/input/json_schema.h"

namespace wsconform {

// A profile file as it is written.
const JsonSchema& profile_schema();

}  // namespace wsconform
