// Payloads as cases write them: a text, { "hex" }, { "repeat", "times" }, { "repeat-hex", "times" },
// { "random" }, { "join" }.
#pragma once

#include <string>

#include "runner/case_node.h"
#include "runner/payload.h"

namespace wsconform {

inline constexpr std::uint64_t max_payload = 256 * 1024 * 1024;  // bytes

// Throws InputError for hex that is none, members that do not go together, or a payload past max_payload.
Payload read_payload(const CaseNode& node);

// A payload built at once, for texts of a request. What all of a file's take together is bounded.
std::string read_text(const CaseNode& node);

}  // namespace wsconform
