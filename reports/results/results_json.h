// The JSON form of Results, which reports/results/results.schema.json describes member by member.
//
// The round trip is exact, with one exception: JSON holds only Unicode, so a byte of a string that
// is not valid UTF-8 is written as the four characters \xNN. Wire bytes are lower-case hex and
// always survive, as does the seed, which is written as a string of decimal digits because many
// JSON readers keep only 53 bits of a number. The object `summary` (counts for each verdict), the
// list `causes` (causes_of, with their words) and the sentence `stopped` (the words of `stop`) are
// written for readers of the file and are not read back.
#pragma once

#include <expected>
#include <iosfwd>
#include <string>
#include <string_view>

#include "reports/results/results.h"

namespace wsconform {

// Ends in a line feed. Case by case, so that no copy of the whole is kept.
void write_json(const Results& results, std::ostream& out);
std::string to_json(const Results& results);

// Asks for every member of the schema and ignores members that it does not know.
// The error is one sentence that begins with a JSON pointer: "/cases/3/verdict: ...".
std::expected<Results, std::string> results_from_json(std::string_view json);

// One case alone, as it stands among those of the results.
void write_json(const CaseResult& result, std::ostream& out);
std::expected<CaseResult, std::string> case_from_json(std::string_view json);

}  // namespace wsconform
