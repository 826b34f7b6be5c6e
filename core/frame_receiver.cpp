#include "core/frame_receiver.h"

#include <algorithm>
#include <cassert>

#include "core/frame_decoder.h"
#include "core/masking.h"
#include "core/utf8.h"

namespace wsconform {
FrameReceiver::FrameReceiver(const Rules& rules) : message_(rules.max_fragments, rules.tolerated) {
  context_.receiver = rules.receiver;
  context_.max_frame = rules.max_frame;
  context_.max_message = rules.max_message;
  context_.tolerated = rules.tolerated;
  const std::uint64_t max_payload = std::min(rules.max_frame, rules.max_message);
  if (rules.max_fragments > 0)
    short_below_ =
        static_cast<std::size_t>(std::min<std::uint64_t>(max_payload, max_short_payload)) + 1;
}

void FrameReceiver::inflate_with(DeflateContext context) {
  assert(at_boundary());
  context_.rsv1_defined = true;
  message_.inflate_with(context, context_.max_message);
}

const Received* FrameReceiver::next(std::span<std::uint8_t>& input) {
  assert(received_.kind != Received::Kind::violation);
  if (const Received* const message = take_short_message(input)) return message;
  for (;;) {
    if (!in_frame_) {
      if (!read_header(input)) return nullptr;
      if (const auto violation = begin_frame()) return broken(*violation);
    }
    if (const auto violation = take_payload(input)) return broken(*violation);
    if (missing_ > 0) return nullptr;
    if (const auto violation = end_frame()) return broken(*violation);
    if (is_control(header_.opcode) || header_.fin) return &received_;
  }
}

// What most frames are: a whole message in 7 bits of length, without RSV bits, masked as it has to
// be, and all of it in the input. So it breaks no rule but that of text. Null: it is anything else.
const Received* FrameReceiver::take_short_message(std::span<std::uint8_t>& input) {
  if (!between_messages() || input.size() < 2) return nullptr;
  const auto opcode = static_cast<Opcode>(input[0] ^ 0x80);
  if (opcode != Opcode::text && opcode != Opcode::binary) return nullptr;
  const bool masked = context_.receiver == Role::server;
  const std::size_t size = input[1] ^ (masked ? 0x80u : 0u);
  const std::size_t header_size = masked ? 6 : 2;
  if (size >= short_below_ || input.size() < header_size + size) return nullptr;

  const auto payload = input.subspan(header_size, size);
  const bool ascii = masked && mask_short(payload, {input[2], input[3], input[4], input[5]});
  input = input.subspan(header_size + size);
  if (!ascii && message_.judges(opcode) && !is_utf8(payload))
    return broken(Violation::invalid_utf8);
  received_.kind = Received::Kind::message;
  received_.opcode = opcode;
  received_.payload = payload;
  return &received_;
}

const Received* FrameReceiver::broken(Violation violation) {
  received_ = {};
  received_.kind = Received::Kind::violation;
  received_.violation = violation;
  return &received_;
}

bool FrameReceiver::read_header(std::span<std::uint8_t>& input) {
  if (head_size_ == 0) {
    const std::size_t size = decode_header(input, header_);
    input = input.subspan(size);
    if (size != 0) return true;
  }
  const std::size_t before = head_size_;
  const std::size_t taken = std::min(input.size(), head_.size() - before);
  std::copy_n(input.begin(), taken, head_.begin() + static_cast<std::ptrdiff_t>(before));
  const std::size_t size = decode_header(ByteView(head_).first(before + taken), header_);
  head_size_ = size != 0 ? 0 : before + taken;
  input = input.subspan(size != 0 ? size - before : taken);
  return size != 0;
}

std::optional<Violation> FrameReceiver::begin_frame() {
  in_frame_ = true;
  missing_ = header_.payload_length;
  context_.in_message = message_.under_way();
  context_.message_so_far = message_.size();
  context_.compressed_so_far = message_.compressed();
  if (const auto violation = check_header(header_, context_)) return violation;
  if (is_control(header_.opcode)) return std::nullopt;
  return message_.begin_frame(header_);
}

std::optional<Violation> FrameReceiver::take_payload(std::span<std::uint8_t>& input) {
  const auto piece =
      input.first(static_cast<std::size_t>(std::min<std::uint64_t>(missing_, input.size())));
  input = input.subspan(piece.size());
  if (header_.masking_key) mask(piece, *header_.masking_key, header_.payload_length - missing_);
  missing_ -= piece.size();
  if (!is_control(header_.opcode)) return message_.add(piece, missing_);
  if (missing_ == 0 && control_.size() == 0) {
    control_.view(piece);
  } else {
    control_.add(piece, missing_);
  }
  return std::nullopt;
}

std::optional<Violation> FrameReceiver::end_frame() {
  in_frame_ = false;
  if (is_control(header_.opcode)) {
    received_.kind = Received::Kind::control;
    received_.opcode = header_.opcode;
    received_.payload = control_.finish();
    return std::nullopt;
  }
  if (const auto violation = message_.end_frame()) return violation;
  if (!header_.fin) return std::nullopt;
  const MessageAssembler::Message message = message_.take();
  received_.kind = Received::Kind::message;
  received_.opcode = message.opcode;
  received_.payload = message.payload;
  return std::nullopt;
}

void FrameReceiver::release() {
  message_.release();
  control_.release();
}

void FrameReceiver::rest() {
  message_.rest();
  control_.rest();
}

}  // namespace wsconform
