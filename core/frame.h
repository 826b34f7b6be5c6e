// A frame of the base framing protocol (RFC 6455 §5.2). Any bit pattern can be held, legal or not.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/bytes.h"
#include "core/opcode.h"

namespace wsconform {

// How many bits hold the payload length: 7, 7+16 or 7+64.
enum class LengthForm : std::uint8_t { bits7, bits16, bits64 };

using MaskingKey = std::array<std::uint8_t, 4>;

struct FrameHeader {
  bool fin = true;
  bool rsv1 = false;
  bool rsv2 = false;
  bool rsv3 = false;
  Opcode opcode = Opcode::text;
  std::optional<MaskingKey> masking_key =
      std::nullopt;  // the MASK bit is set exactly when there is a key
  LengthForm length_form = LengthForm::bits7;
  std::uint64_t payload_length = 0;  // in bytes

  bool operator==(const FrameHeader&) const = default;
};

struct Frame {
  FrameHeader header = {};
  Bytes payload = {};  // unmasked, as the sender meant it

  bool operator==(const Frame&) const = default;
};

inline constexpr std::size_t max_header_size = 14;
inline constexpr std::uint64_t max_control_payload = 125;
inline constexpr std::size_t max_short_payload = 125;  // whose length stands in 7 bits

// The only form the standard allows for a length (§5.2: the minimal number of bytes).
LengthForm shortest_form(std::uint64_t payload_length);
// Bytes on the wire: 2 to 14.
std::size_t size_of(const FrameHeader& header);
// FIN set, RSV clear, no mask, shortest length form.
FrameHeader header_for(Opcode opcode, std::uint64_t payload_length);

}  // namespace wsconform
