// Choices, above all the cuts of a stream, made by a fuzzer's input.
#pragma once

#include <cstdint>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

// Pieces of `stream`, in order, none of them empty. Choice 0 is the whole stream, 1 is byte by
// byte; else each piece takes 1 to `choice` bytes, as the byte says that it begins with.
std::vector<ByteView> cut(ByteView stream, std::uint8_t choice);

// The first byte of an input, taken from it; 0 where nothing is left.
std::uint8_t take_choice(ByteView& input);

}  // namespace wsconform
