// What holds for a stream of frames, whatever its bytes (RFC 6455 §5, §7): the property of the
// target frame_stream.
#pragma once

#include <cstdint>
#include <vector>

#include "core/connection.h"
#include "core/frame_decoder.h"
#include "fuzz/breach.h"

namespace wsconform {

// An input: a byte of choices, a byte that chooses the cuts, the stream.
struct FrameStream {
  Role receiver = Role::server;
  Limits limits{};              // the defaults, or so narrow that a short stream reaches them
  std::uint8_t cut_choice = 0;  // see cutting.h
  ByteView bytes{};
};
inline constexpr std::uint8_t frame_stream_to_client = 0x01;  // bits of the first byte
inline constexpr std::uint8_t frame_stream_narrow = 0x02;
FrameStream read_frame_stream(ByteView input);

// The endpoint that hears it: open from the start, without deadlines.
ConnectionOptions endpoint_of(const FrameStream& stream);

// The frames are those that the bytes stand for: encoded again they are the same bytes.
Breach breach_of_items(ByteView stream, const std::vector<FrameDecoder::Item>& items);
// FrameDecoder: the same frames at any cut, the same bytes encoded again, no more kept than
// is asked for.
Breach breach_of_decoder(const FrameStream& stream);
// Connection: the same events and output at any cut and one event at a time, those of
// frame_stream_model.h; only legal frames sent, and nothing behind a Close; the end told once and
// last; memory in proportion to what came.
Breach breach_of_endpoint(const FrameStream& stream, const ConnectionOptions& endpoint);

// All of it.
Breach breach_of_frame_stream(ByteView input);

}  // namespace wsconform
