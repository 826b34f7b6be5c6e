// What a case expects, in plain English.
#pragma once

#include <string>
#include <vector>

#include "runner/casebook/expectation.h"

namespace wsconform {

// "400, 426 or 5xx"
std::string words(const StatusSet& status);
// Of these, in parts, what is not among the asked: "another 4xx", where 400 is, and "502".
std::vector<std::string> words_for_others(const StatusSet& status, const StatusSet& asked);
// "the connection fails with 1002"
std::string words(const Ending& ending);
// What passes; then what else is graded, unless it is a passing ending with another code.
std::string words(const std::vector<Ending>& endings);
std::string words(const ExpectEnding& expect);
// "no field Server"
std::string words(const FieldCheck& check);

}  // namespace wsconform
