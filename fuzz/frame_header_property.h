// What holds for any header of a frame (RFC 6455 §5.2): the property of the target frame_header.
#pragma once

#include <cstdint>
#include <vector>

#include "core/frame_rules.h"
#include "fuzz/breach.h"

namespace wsconform {

// An input: a byte that says what the receiver knows, then a header from its first byte on.
inline constexpr std::uint8_t header_to_client = 0x01;  // bits of the first byte
inline constexpr std::uint8_t header_in_message = 0x02;
inline constexpr std::uint8_t header_rsv1_defined = 0x04;
inline constexpr std::uint8_t header_compressed = 0x08;  // the message under way is
inline constexpr std::uint8_t header_narrow = 0x10;  // limits that 125 and 126 bytes lie between
FrameContext context_chosen_by(std::uint8_t choices);

// Decoded, it is what the bits say, and needs as many bytes as they say; encoded again, it is the
// same bytes.
Breach breach_of_header_coding(ByteView bytes);

// Every rule that a header breaks, written a second time, in the order in which check_header tells.
std::vector<Violation> rules_broken(const FrameHeader& header, const FrameContext& context);
// check_header tells the first of them, and the next one where those before are tolerated.
Breach breach_of_header_rules(const FrameHeader& header, FrameContext context);

// All of it.
Breach breach_of_frame_header(ByteView input);

}  // namespace wsconform
