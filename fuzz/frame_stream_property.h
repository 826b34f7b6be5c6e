// What holds for a stream of frames, whatever its bytes (RFC 6455 §5, §7): the property of the
// target frame_stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/connection.h"
#include "core/frame_decoder.h"
#include "fuzz/breach.h"

namespace wsconform {

// An input: a byte of choices, a byte that chooses the cuts, the stream.
struct FrameStream {
  Role receiver = Role::server;
  Limits limits{};         // the defaults, or so narrow that a short stream reaches them
  bool deflates = false;   // permessage-deflate is agreed
  bool takes_over = true;  // and its window reaches over messages
  bool one_at_a_time = false;
  bool decoded = false;             // FrameDecoder reads it, and no endpoint
  std::size_t max_kept = SIZE_MAX;  // of each payload, by FrameDecoder
  std::uint8_t cut_choice = 0;      // see cutting.h
  ByteView bytes{};
};
inline constexpr std::uint8_t frame_stream_to_client = 0x01;  // bits of the first byte
inline constexpr std::uint8_t frame_stream_narrow = 0x02;
inline constexpr std::uint8_t frame_stream_deflate = 0x04;
inline constexpr std::uint8_t frame_stream_without_takeover = 0x08;
inline constexpr std::uint8_t frame_stream_one_at_a_time = 0x10;
inline constexpr std::uint8_t frame_stream_decoded = 0x20;
inline constexpr std::uint8_t frame_stream_keeps_little = 0x40;
FrameStream read_frame_stream(ByteView input);

// The endpoint that hears it: open from the start, without deadlines.
ConnectionOptions endpoint_of(const FrameStream& stream);

// What a decoder makes of a stream: the frames are those that the bytes stand for, one behind the
// other up to the last that is whole, with at most `max_kept` bytes of each payload. Their headers
// encoded again are the same bytes.
class DecodedFrames {
 public:
  explicit DecodedFrames(ByteView stream, std::size_t max_kept = SIZE_MAX)
      : stream_(stream), max_kept_(max_kept) {}

  // The next frame that it tells.
  Breach breach_of(const FrameDecoder::Item& item);
  // What it tells behind the last.
  Breach breach_of_rest(const std::optional<FrameHeader>& pending, bool at_boundary) const;

 private:
  Breach breach_of_content(const FrameDecoder::Item& item, ByteView head) const;
  ByteView rest() const { return stream_.subspan(end_); }

  ByteView stream_;
  std::size_t max_kept_ = SIZE_MAX;
  std::size_t end_ = 0;  // of the frames told
};
// FrameDecoder, at the cuts chosen: so.
Breach breach_of_decoder(const FrameStream& stream);
// Connection, at the cuts chosen, all at once or one event at a time: tells and writes what
// frame_stream_model.h does, with memory in proportion to what came.
Breach breach_of_endpoint(const FrameStream& stream, const ConnectionOptions& endpoint);

// What the input chooses of these: an endpoint or the decoder.
Breach breach_of_frame_stream(ByteView input);

}  // namespace wsconform
