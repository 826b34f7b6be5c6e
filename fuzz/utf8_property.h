// What holds for any text that is to be UTF-8 (RFC 3629, RFC 6455 §8.1): the property of the target
// utf8. simdjson's validator, which knows the whole text, is the second opinion.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/bytes.h"
#include "fuzz/breach.h"

namespace wsconform {

// What simdjson says alone: whether the text is valid, and whether more bytes can make it so.
bool is_text_by_simdjson(ByteView text);
bool begins_text_by_simdjson(ByteView text);
// Bytes in front of the first that makes the text invalid, found by asking it alone; the text's
// size where it is valid or unfinished.
std::size_t valid_prefix_by_simdjson(ByteView text);

// Utf8Validator fails with the piece that holds the first wrong byte and not before, at any cut; it
// is complete where simdjson says so.
Breach breach_of_validator(ByteView text, std::uint8_t cut_choice);
// beginning_of, valid_utf8 and visible give UTF-8, and no more than they may.
Breach breach_of_made_fit(ByteView text, std::size_t max);

// An input: a byte that chooses the cuts and the size of a beginning, a text. All of it.
Breach breach_of_utf8(ByteView input);

}  // namespace wsconform
