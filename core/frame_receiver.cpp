#include "core/frame_receiver.h"

#include <algorithm>

#include "core/frame_decoder.h"
#include "core/masking.h"

namespace wsconform {
namespace {

Received broken(Violation violation) {
  Received received;
  received.kind = Received::Kind::violation;
  received.violation = violation;
  return received;
}

}  // namespace

FrameReceiver::FrameReceiver(const Rules& rules) : message_(rules.max_fragments, rules.tolerated) {
  context_.receiver = rules.receiver;
  context_.max_frame = rules.max_frame;
  context_.max_message = rules.max_message;
  context_.tolerated = rules.tolerated;
}

std::optional<Received> FrameReceiver::next(std::span<std::uint8_t>& input) {
  for (;;) {
    if (!in_frame_) {
      if (!read_header(input)) return std::nullopt;
      if (const auto violation = begin_frame()) return broken(*violation);
    }
    if (const auto violation = take_payload(input)) return broken(*violation);
    if (missing_ > 0) return std::nullopt;
    if (const auto received = end_frame()) return received;
  }
}

bool FrameReceiver::read_header(std::span<std::uint8_t>& input) {
  if (head_size_ == 0) {
    if (const auto decoded = decode_header(input)) {
      header_ = decoded->header;
      input = input.subspan(decoded->size);
      return true;
    }
  }
  const std::size_t before = head_size_;
  const std::size_t taken = std::min(input.size(), head_.size() - before);
  std::copy_n(input.begin(), taken, head_.begin() + static_cast<std::ptrdiff_t>(before));
  const auto decoded = decode_header(ByteView(head_).first(before + taken));
  head_size_ = decoded ? 0 : before + taken;
  input = input.subspan(decoded ? decoded->size - before : taken);
  if (decoded) header_ = decoded->header;
  return decoded.has_value();
}

std::optional<Violation> FrameReceiver::begin_frame() {
  in_frame_ = true;
  missing_ = header_.payload_length;
  context_.in_message = message_.under_way();
  context_.message_so_far = message_.size();
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

std::optional<Received> FrameReceiver::end_frame() {
  in_frame_ = false;
  Received received;
  if (is_control(header_.opcode)) {
    received.kind = Received::Kind::control;
    received.opcode = header_.opcode;
    received.payload = control_.finish();
    return received;
  }
  if (const auto violation = message_.end_frame()) return broken(*violation);
  if (!header_.fin) return std::nullopt;
  const MessageAssembler::Message message = message_.take();
  received.opcode = message.opcode;
  received.payload = message.payload;
  return received;
}

void FrameReceiver::release() {
  message_.release();
  control_.release();
}

}  // namespace wsconform
