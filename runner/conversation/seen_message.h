// A text or binary message of the target's, as its frames come: joined, inflated where it is
// compressed, kept up to a bound.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/deflate.h"
#include "core/frame_decoder.h"
#include "core/opcode.h"
#include "runner/conversation/offence.h"

namespace wsconform {

struct SawMessage {
  Opcode opcode = Opcode::text;
  Bytes payload;            // at most what is kept; inflated
  std::uint64_t size = 0;   // of all of it
  bool compressed = false;  // as it came
};

// As an offence tells of it.
MessageGlimpse glimpse_of(const SawMessage& message);

class SeenMessage {
 public:
  explicit SeenMessage(std::size_t max_kept) : max_kept_(max_kept) {}

  // permessage-deflate was agreed: the target's messages may be compressed, with
  // exactly this context.
  void inflate_with(DeflateContext context);
  void keep(std::size_t max_kept) { max_kept_ = max_kept; }

  bool under_way() const { return under_way_; }
  bool compressed() const { return compressed_; }
  // Takes a data frame, and its payload out of it. Where it is part of a compressed message: what
  // it brings, in words; else "".
  std::string take(FrameDecoder::Item& item);
  // The message, after a frame with FIN.
  SawMessage finish();
  // The compressed data are not what was agreed. From then on nothing is inflated.
  std::optional<MalformedDeflate> take_fault();

 private:
  void add(ByteView bytes);
  void add(Bytes&& payload);
  std::string inflate(const FrameDecoder::Item& item);
  void inflate_fed();
  void give_up(std::string why);

  std::size_t max_kept_ = 0;
  DeflateContext context_;
  std::optional<Inflater> inflater_;
  SawMessage message_;
  bool under_way_ = false;
  bool compressed_ = false;
  std::optional<MalformedDeflate> fault_;
};

}  // namespace wsconform
