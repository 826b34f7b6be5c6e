// The steps that a conversation plays: those of its case, and what goes without saying there.
#pragma once

#include <vector>

#include "runner/case.h"

namespace wsconform {

// With the opening handshakes, and with the trials of which an ExpectProportion is made.
std::vector<Step> whole_script(const Case& each);
// The last word of a script is about a response, not about the connection that a 101 opens.
bool ends_with_response(const std::vector<Step>& script);
// "The connection stays open": a Ping is answered.
ExpectEnding stays_open();

}  // namespace wsconform
