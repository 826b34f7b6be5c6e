// Incremental, fail-fast validation of UTF-8 (RFC 3629; RFC 6455 §8.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/bytes.h"

namespace wsconform {

// Validates a text that comes in pieces, cut anywhere. simdjson does the bulk, a table the seams.
class Utf8Validator {
 public:
  // False as soon as no continuation can make the text valid; stays false from then on.
  bool feed(ByteView piece);
  // True when the text so far ends on a character boundary and is valid.
  bool complete() const { return state_ == 0; }
  void reset() { *this = Utf8Validator{}; }

 private:
  std::uint8_t state_ = 0;
};

// The whole text at once.
bool is_utf8(ByteView text);
// Bytes before the first byte that makes the text invalid (its size where it is valid or merely
// unfinished).
std::size_t valid_utf8_prefix(ByteView text);

// The second or a later byte of a character (RFC 3629 §3).
constexpr bool is_utf8_tail(char c) {
  return (static_cast<std::uint8_t>(c) & 0xC0) == 0x80;
}
// The beginning of a text, at most `max` bytes; one that cuts the text ends between two characters.
std::string_view beginning_of(std::string_view text, std::size_t max);

}  // namespace wsconform
