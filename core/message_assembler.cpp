#include "core/message_assembler.h"

#include <algorithm>
#include <cassert>
#include <span>

namespace wsconform {

void MessageAssembler::inflate_with(DeflateContext context, std::uint64_t max_message) {
  inflater_.emplace(context);
  max_message_ = max_message;
}

std::optional<Violation> MessageAssembler::begin_frame(const FrameHeader& header) {
  assert(!is_control(header.opcode));
  const bool continues = header.opcode == Opcode::continuation;
  if (!continues || !under_way_) {
    payload_.drop();
    utf8_.reset();
    fragments_ = 0;
    opcode_ = continues ? Opcode::binary : header.opcode;
    compressed_ = inflater_ && header.rsv1 && !continues;
  }
  under_way_ = true;
  fin_ = header.fin;
  ++fragments_;
  if (fragments_ > max_fragments_ && enforced(Violation::too_many_fragments))
    return Violation::too_many_fragments;
  return std::nullopt;
}

std::optional<Violation> MessageAssembler::add(ByteView piece, std::uint64_t still_declared) {
  assert(under_way_);
  if (piece.empty()) return std::nullopt;
  if (compressed_) {
    inflater_->feed(piece);
    return inflate();
  }
  if (judges_text() && !utf8_.feed(piece)) return Violation::invalid_utf8;
  const bool whole = fin_ && still_declared == 0 && payload_.size() == 0;
  if (whole) {
    payload_.view(piece);
  } else {
    payload_.add(piece, still_declared);
  }
  return std::nullopt;
}

std::optional<Violation> MessageAssembler::inflate() {
  for (;;) {
    const std::uint64_t most =
        enforced(Violation::message_too_big) ? max_message_ - payload_.size() : UINT64_MAX;
    std::span<std::uint8_t> room = payload_.room();
    // A byte more than is allowed tells that there are too many.
    if (most < room.size()) room = room.first(static_cast<std::size_t>(most) + 1);
    const auto piece = inflater_->next(room);
    if (!piece && enforced(Violation::malformed_deflate)) return Violation::malformed_deflate;
    if (!piece || piece->empty()) return std::nullopt;
    const bool too_big = piece->size() > most;
    const ByteView taken = too_big ? piece->first(static_cast<std::size_t>(most)) : *piece;
    if (judges_text() && !utf8_.feed(taken)) return Violation::invalid_utf8;
    if (too_big) return Violation::message_too_big;
    payload_.add_from_room(taken.size());
  }
}

std::optional<Violation> MessageAssembler::end_frame() {
  assert(under_way_);
  if (fin_ && compressed_) {
    inflater_->feed_end();
    if (const auto violation = inflate()) return violation;
  }
  // §5.6: only the whole message must be valid; a fragment may end inside a character.
  if (fin_ && judges_text() && !utf8_.complete()) return Violation::invalid_utf8;
  return std::nullopt;
}

MessageAssembler::Message MessageAssembler::take() {
  assert(under_way_ && fin_);
  under_way_ = false;
  return {opcode_, payload_.finish()};
}

void MessageAssembler::rest() {
  payload_.rest();
  if (inflater_ && !under_way_) inflater_->rest();
}

}  // namespace wsconform
