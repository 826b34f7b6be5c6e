// What holds for the messages of a stream of frames, whatever its bytes (RFC 6455 §5.4 to §5.6):
// the property of the target message. wslay's event API is the second opinion.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/frame_receiver.h"
#include "fuzz/breach.h"

namespace wsconform {

// An input: a byte of choices, a byte that chooses the cuts, frames.
struct MessageStream {
  FrameReceiver::Rules rules{};
  std::uint8_t cut_choice = 0;  // see cutting.h
  ByteView bytes{};
};
inline constexpr std::uint8_t message_to_client = 0x01;  // bits of the first byte
inline constexpr std::uint8_t message_narrow =
    0x02;  // messages of at most 125 bytes: wslay holds control frames to it too
MessageStream read_message_stream(ByteView input);

// What FrameReceiver gives, up to the first violation or a Close.
struct Reading {
  std::vector<std::pair<Opcode, Bytes>> messages{};  // and control frames, in their order
  std::optional<Violation> violation{};
};
Reading read_in_pieces(const MessageStream& stream);

// The same messages and control frames as wslay's, up to the first violation; and where the one
// fails, so does the other.
Breach breach_against_wslay(const MessageStream& stream, const Reading& ours);

// PayloadCollector joins the pieces, with at most twice their memory, whatever is
// declared to follow, and with memory reserved anew so seldom that joining takes time
// in proportion to the bytes.
Breach breach_of_joining(const std::vector<ByteView>& pieces, std::uint64_t still_declared);

// All of it.
Breach breach_of_message(ByteView input);

}  // namespace wsconform
