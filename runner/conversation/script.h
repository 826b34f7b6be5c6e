// The steps that a conversation plays: those of its case, and what goes without saying there.
#pragma once

#include <variant>
#include <vector>

#include "runner/casebook/step.h"

namespace wsconform {

struct Case;

// Any answer is awaited, and its time kept: a try of an ExpectProportion.
struct TakeTime {
  Trial trial = Trial::harmless;
};
using Cue = std::variant<Act, Expectation, TakeTime>;

// With the opening handshakes, and with the trials of which an ExpectProportion is made.
std::vector<Cue> whole_script(const Case& each);
// The last word of a script is about a response, not about the connection that a 101 opens.
bool ends_with_response(const std::vector<Cue>& script);
// "The connection stays open": a Ping is answered.
ExpectEnding stays_open();

}  // namespace wsconform
