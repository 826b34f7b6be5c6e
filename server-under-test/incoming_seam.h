// What a defect does to the bytes on their way from the wire to the endpoint: one head,
// then frames.
#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.h"
#include "core/frame.h"
#include "core/http_head.h"
#include "server-under-test/defect.h"

namespace wsconform {

class IncomingSeam {
 public:
  // The defect outlives it. `max_head`: bytes.
  IncomingSeam(const Defect& defect, std::size_t max_head) : defect_(&defect), head_(max_head) {}

  // Takes bytes up to the end of the head or of one frame at most, says how many those
  // were (at least one: `bytes` is not empty), and appends to `endpoint` what the
  // endpoint is to get for them.
  std::size_t take(ByteView bytes, Scene& scene, Bytes& endpoint);
  // The frame whose bytes are coming is none of the endpoint's business any more.
  void discard_frame();
  // Of all that was taken so far.
  std::optional<Parted> parted() const;

 private:
  enum class Part { head, header, payload, anything };

  std::size_t take_head(ByteView bytes, Scene& scene, Bytes& endpoint);
  std::size_t take_header(ByteView bytes, Scene& scene, Bytes& endpoint);
  std::size_t take_payload(ByteView bytes, Scene& scene, Bytes& endpoint);
  Parted parted_head() const;
  Parted parted_header() const;
  Parted parted_payload() const;
  void finish_frame(Scene& scene, Bytes& endpoint);

  const Defect* defect_ = nullptr;
  HeadReader head_;
  Part part_ = Part::head;
  Bytes header_bytes_;
  FrameHeader header_;
  std::uint64_t offset_ = 0;  // payload bytes taken
  bool discarded_ = false;
  bool held_back_ = false;  // until the frame is whole
  Bytes held_;
  Bytes payload_;  // masked, if a hook wants to see it
};

}  // namespace wsconform
