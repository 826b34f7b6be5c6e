// Cases in plain English, one line a step, for `show`, the reports and the runner's reasons.
#pragma once

#include <string>
#include <vector>

#include "runner/case.h"

namespace wsconform {

// "Send a Ping of 126 bytes, unmasked."
std::string words(const Step& step);
// Every step, the implied opening handshake first where the case edits it.
std::vector<std::string> script_words(const Case& made);

// "126 bytes of "*"", ""hello"", "hex 00ff", "nothing": long payloads are told by their size.
std::string words(const Payload& payload);
// "400, 426 or 500 to 599"
std::string words(const StatusSet& status);
// "the connection fails with 1002"
std::string words(const Ending& ending);
// What passes; then what else is graded, unless it is a passing ending with another code.
std::string words(const std::vector<Ending>& endings);
std::string words(const FieldCheck& check);

}  // namespace wsconform
