// What holds for compressed messages, whatever their bytes (RFC 7692 §7.2): the property of the
// target inflate.
#pragma once

#include <cstdint>
#include <vector>

#include "core/deflate.h"
#include "fuzz/breach.h"

namespace wsconform {

// An input: a byte of choices, a byte that chooses the cuts of each message, a byte that cuts the
// rest into messages, the compressed payloads (or, where they are deflated first, plain ones).
struct InflateInput {
  DeflateContext context{};
  DeflateForm form{};  // of what is deflated first
  bool plain = false;
  bool rests = false;   // between messages
  bool clings = false;  // what is deflated refers back whatever was agreed, with the widest window
  std::uint8_t cut_choice = 0;
  std::vector<ByteView> messages{};
};
inline constexpr std::uint8_t inflate_window = 0x07;  // bits of the first byte: 8 to 15 bits
inline constexpr std::uint8_t inflate_without_takeover = 0x08;
inline constexpr std::uint8_t inflate_plain = 0x10;
inline constexpr std::uint8_t inflate_stored = 0x20;  // forms of what is deflated first
inline constexpr std::uint8_t inflate_blocks = 0x40;
inline constexpr std::uint8_t inflate_final = 0x80;
// Of the third byte, which cuts, too: what is deflated first has codes of the kind that it is
// modulo 3, and where it is odd both rest between messages; where it is 3 modulo 4, what is
// deflated first keeps to no agreement.
InflateInput read_inflate(ByteView input);

// What became of one message.
struct Inflated {
  Bytes message{};
  bool broken = false;
};
// Ours is zlib's, but for a window that is too small for what a message refers to: there ours may
// break, after the same beginning.
Breach breach_of_inflated(const Inflated& ours, const Inflated& zlibs,
                          const DeflateContext& context);

// Inflater: in pieces, message by message, what zlib makes of the joined stream; broken where zlib
// finds it so, or for a window too small; memory in proportion to what it gives at a time.
Breach breach_of_inflater(const std::vector<ByteView>& messages, DeflateContext context,
                          std::uint8_t cut_choice);
// Deflater, whole and in pieces: both inflaters give the messages back, and little memory is
// held while all rest.
Breach breach_of_deflater(const InflateInput& input);

Breach breach_of_inflate(ByteView input);

}  // namespace wsconform
