// Payloads, and texts of requests, as a person writes them in a case file: the inverse of
// payload_reader.
#pragma once

#include <string_view>

#include "runner/casebook/payload.h"
#include "runner/input/json_source.h"

namespace wsconform {

// A text where the bytes are one that a reader sees whole, else hex; { "repeat", "times" } and the
// other forms for what was made by them; "join" for several parts. Read again, it has the same
// parts.
Json written(const Payload& payload);

// A text of a request. Read again, it is the same text; its long runs of up to four bytes are
// written as "repeat", and bytes that no reader sees as hex between texts.
Json written_text(std::string_view text);

}  // namespace wsconform
