// JSON as case files have it (cases/README.md, "Form"): two spaces a level, what fits on one line,
// an entry's members and its steps each on lines of their own.
#pragma once

#include <cstddef>
#include <string>

#include "runner/input/json_source.h"

namespace wsconform {

// A value on one line: { "send": "text", "fragments": [2, 0] }. Texts are UTF-8.
std::string on_one_line(const Json& value);

// An entry of a case file, which keeps case.schema.json, on lines that begin with `indentation`
// spaces; without the end of its last line.
std::string laid_out_entry(const Json& entry, std::size_t indentation = 0);

// A whole file of cases.
std::string laid_out_file(const Json& file);

}  // namespace wsconform
