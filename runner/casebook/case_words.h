// Cases in plain English, one line a step, for `show`, the reports and the runner's reasons.
#pragma once

#include <string>
#include <vector>

#include "runner/casebook/ending_words.h"
#include "runner/casebook/step.h"

namespace wsconform {

struct Case;

// "Send a Ping of 126 bytes, unmasked."
std::string words(const Act& act);
// "Expect: the target ends TCP."
std::string words(const Expectation& expectation);
// The same inside another sentence: "the target ends TCP".
std::string phrase_for(const Expectation& expectation);
std::string step_words(const Step& step);
// Every step, the implied opening handshake first where the case edits it.
std::vector<std::string> script_words(const Case& made);

// "nothing", "hex 00ff", a short text in quotes, or the size of a long one: "126 bytes".
std::string words(const Payload& payload);

}  // namespace wsconform
