// Payloads as cases write them: a text, { "hex" }, { "repeat", "times" },
// { "repeat-hex", "times" }, { "random" }, { "prose" }, { "join" }. payload_writer is the inverse.
#pragma once

#include <string>

#include "runner/casebook/payload.h"
#include "runner/input/json_node.h"

namespace wsconform {

inline constexpr std::uint64_t max_payload = 256 * 1024 * 1024;  // bytes

// Throws InputError for hex that is none, members that do not go together, or a payload past
// max_payload.
Payload read_payload(const JsonNode& node);

// A payload built at once, for texts of a request. What all of a file's take together is bounded
// (JsonReading::text_left): throws InputError past that too.
std::string read_text(const JsonNode& node);

}  // namespace wsconform
