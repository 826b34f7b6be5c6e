// cases/case.schema.json, as it was when the program was built.
#pragma once

#include "runner/input/json_schema.h"

namespace wsconform {

// A file of cases as it is written.
const JsonSchema& case_file_schema();
// One variant, its `each` values put in.
const JsonSchema& case_schema();

}  // namespace wsconform
