// cli/serve.schema.json, as it was when the program was built.
#pragma once

#include "runner/input/json_schema.h"

namespace wsconform {

// A file that configures `wsconform serve`.
const JsonSchema& serve_schema();

}  // namespace wsconform
