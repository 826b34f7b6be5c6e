// Messages from data frames (RFC 6455 §5.4, §5.6), inflated where they are compressed (RFC 7692
// §6.2), text validated as its bytes come (§8.1).
#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.h"
#include "core/deflate.h"
#include "core/frame.h"
#include "core/payload_collector.h"
#include "core/utf8.h"
#include "core/violation.h"

namespace wsconform {

class MessageAssembler {
 public:
  explicit MessageAssembler(std::uint64_t max_fragments, ViolationSet tolerated = {})
      : max_fragments_(max_fragments), tolerated_(tolerated) {}

  // From now on a message whose first frame has RSV1 is inflated, to `max_message` bytes at most.
  void inflate_with(DeflateContext context, std::uint64_t max_message);

  // The first fragment came and the last one is not complete.
  bool under_way() const { return under_way_; }
  bool compressed() const { return compressed_; }
  // Payload bytes of the fragments so far, inflated.
  std::uint64_t size() const { return payload_.size(); }

  // Messages of this opcode have to be valid UTF-8.
  bool judges(Opcode opcode) const {
    return opcode == Opcode::text && enforced(Violation::invalid_utf8);
  }

  // A data frame begins. Its header is legal or tolerated: a continuation without a message begins
  // a binary one, a new message takes the place of an unfinished one.
  std::optional<Violation> begin_frame(const FrameHeader& header);
  // The next payload bytes of the frame, unmasked; `still_declared` of its bytes are yet to come.
  // Between begin_frame and end_frame.
  std::optional<Violation> add(ByteView piece, std::uint64_t still_declared);
  // The frame is complete. After a frame with FIN the message is to be taken.
  std::optional<Violation> end_frame();

  struct Message {
    Opcode opcode = Opcode::text;
    ByteView payload;  // in the piece added, if there was only one; else alive until `release`
  };
  // After end_frame of a frame with FIN.
  Message take();
  // Ends the life of every payload taken that is not a view of a piece.
  void release() { payload_.release(); }

  // Gives back memory that is of no use while nothing comes; releases.
  void rest();
  // Bytes of memory held, about.
  std::size_t held() const { return payload_.held() + (inflater_ ? inflater_->held() : 0); }

 private:
  bool enforced(Violation rule) const { return !tolerated_[static_cast<std::size_t>(rule)]; }
  std::optional<Violation> inflate();
  bool judges_text() const { return judges(opcode_); }

  std::uint64_t max_fragments_ = 0;
  ViolationSet tolerated_;
  bool under_way_ = false;
  bool fin_ = false;  // of the frame that came last
  Opcode opcode_ = Opcode::text;
  std::uint64_t fragments_ = 0;
  bool compressed_ = false;
  std::optional<Inflater> inflater_;
  std::uint64_t max_message_ = UINT64_MAX;  // of what is inflated
  Utf8Validator utf8_;
  PayloadCollector payload_;
};

}  // namespace wsconform
