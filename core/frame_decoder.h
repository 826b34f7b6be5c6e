// Total decoding of frames (RFC 6455 §5.2): nothing is judged here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/bytes.h"
#include "core/frame.h"

namespace wsconform {

struct DecodedHeader {
  FrameHeader header = {};
  std::size_t size = 0;  // bytes the header took
};

// Decodes the header at the start of `bytes`. nullopt means only that more bytes are needed.
std::optional<DecodedHeader> decode_header(ByteView bytes);
// The same in place, for the hot path: the bytes the header took, or 0, and then
// `header` is as it was.
std::size_t decode_header(ByteView bytes, FrameHeader& header);

// Takes a stream of frames apart, whatever its cuts. Keeps at most `max_kept` bytes of a payload;
// the rest of a longer one is counted and let go.
class FrameDecoder {
 public:
  struct Item {
    Frame frame;               // payload: the first max_kept bytes, unmasked
    bool payload_cut = false;  // the payload was longer than what is kept
    std::uint64_t offset = 0;  // of the first header byte in the stream
  };

  explicit FrameDecoder(std::size_t max_kept = SIZE_MAX) : max_kept_(max_kept) {}

  // Keeps so much from the next byte on. A payload that was cut before stays cut.
  void keep(std::size_t max_kept) { max_kept_ = max_kept; }

  // Takes bytes from the front of `bytes` until a frame is complete; null: all are taken, and more
  // are needed. The item lives until the next call and may be moved from; the memory of its payload
  // serves the next one.
  Item* next(ByteView& bytes);
  // Appends every frame that `bytes` completes to `items`.
  void feed(ByteView bytes, std::vector<Item>& items);

  // The header of a frame whose payload is still to come.
  const std::optional<FrameHeader>& pending_header() const { return pending_; }
  // True between frames: an end of the stream here cuts no frame.
  bool at_boundary() const { return !pending_ && head_size_ == 0; }

 private:
  bool take_header(ByteView& bytes);
  void take_payload(ByteView piece);

  std::size_t max_kept_ = SIZE_MAX;
  std::array<std::uint8_t, max_header_size> head_ = {};  // of a header that is cut
  std::size_t head_size_ = 0;
  std::optional<FrameHeader> pending_;
  Item item_;                   // of the frame under way, or the last one
  std::uint64_t received_ = 0;  // payload bytes of the pending frame
  std::uint64_t position_ = 0;  // in the stream
};

}  // namespace wsconform
