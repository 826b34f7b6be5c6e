// A reaction in words: phrases without a period, made from its values and read back nowhere.
#pragma once

#include <string>

#include "runner/conversation/reaction.h"

namespace wsconform {

// What came: "Close 1002 (protocol error), then the end of TCP".
std::string words_for(const Reaction& reaction);
// The same in the middle of a sentence: "the end of TCP without a Close".
std::string clause_for(const Reaction& reaction);
// The same where something else was awaited: of a response its start line.
std::string words_for_instead(const Reaction& reaction);
// The same of a target that did not do what was awaited: "Nothing", unless it did a little.
std::string words_for_little(const Reaction& reaction);

// The start line of the response, between quotes; "" where none came.
std::string start_line_of(const Reaction& reaction);
// The opening began, and is not whole.
bool is_begun(const Reaction& reaction);

}  // namespace wsconform
