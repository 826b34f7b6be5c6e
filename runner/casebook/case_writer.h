// Cases back into case files, as a person would write them (cases/README.md): one step a line, only
// what differs from the default, members in the usual order. What is written is one variant, whole:
// its `each` values and the target's limits are put in, and its id says which variant it is. The
// runner's placeholders ({path}, {policy.NAME}) stay.
//
// Read again, under the same section, it is the same case; written again, the same text. That holds
// for every case that the loader made. Where a value of `each` brought a text with a {placeholder}
// that no file may hold, payloads and texts of requests say it in hex; a sentence or a name of a
// field cannot, and such a case is not read again.
#pragma once

#include <string>
#include <vector>

#include "runner/input/json_source.h"

namespace wsconform {

struct Case;

// The entry for the case, which keeps the definition `case` of case.schema.json. The case's id
// begins with its section.
Json written(const Case& made);

// The same as text, with the end of its last line.
std::string text_of_entry(const Case& made);

// A whole file of cases of one section: "title", "standard" and the entries, in the order given.
std::string text_of_case_file(const std::string& title, const std::string& standard,
                              const std::vector<Case>& cases);

}  // namespace wsconform
