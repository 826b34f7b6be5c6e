#include "core/message_assembler.h"

namespace wsconform {

std::optional<Violation> MessageAssembler::begin_frame(const FrameHeader& header) {
  const bool continues = header.opcode == Opcode::continuation;
  if (!continues || !under_way_) {
    payload_.drop();
    utf8_.reset();
    fragments_ = 0;
    opcode_ = continues ? Opcode::binary : header.opcode;
  }
  under_way_ = true;
  fin_ = header.fin;
  ++fragments_;
  if (fragments_ > max_fragments_ && enforced(Violation::too_many_fragments))
    return Violation::too_many_fragments;
  return std::nullopt;
}

std::optional<Violation> MessageAssembler::add(ByteView piece, std::uint64_t still_declared) {
  if (piece.empty()) return std::nullopt;
  if (judges_text() && !utf8_.feed(piece)) return Violation::invalid_utf8;
  const bool whole = fin_ && still_declared == 0 && payload_.size() == 0;
  if (whole) {
    payload_.view(piece);
  } else {
    payload_.add(piece, still_declared);
  }
  return std::nullopt;
}

std::optional<Violation> MessageAssembler::end_frame() {
  // §5.6: only the whole message must be valid; a fragment may end inside a character.
  if (fin_ && judges_text() && !utf8_.complete()) return Violation::invalid_utf8;
  return std::nullopt;
}

}  // namespace wsconform
