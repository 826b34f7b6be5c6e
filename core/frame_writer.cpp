#include "core/frame_writer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <span>
#include <utility>

#include "core/close_payload.h"
#include "core/frame_encoder.h"
#include "core/masking.h"
#include "core/utf8.h"

namespace wsconform {
namespace {

constexpr std::size_t max_close_reason = max_control_payload - 2;

}  // namespace

FrameWriter::FrameWriter(Role sender, std::function<MaskingKey()> next_masking_key)
    : sender_(sender) {
  if (sender_ == Role::client && next_masking_key)
    next_masking_key_ = std::make_unique<std::function<MaskingKey()>>(std::move(next_masking_key));
}

MaskingKey FrameWriter::next_key() const {
  assert(next_masking_key_);
  return (*next_masking_key_)();
}

void FrameWriter::write_message(Opcode opcode, ByteView payload, Bytes& out) {
  assert(!message_);
  if (!deflater_) return write(opcode, payload, out);
  Bytes deflated;
  deflater_->deflate(payload, deflated);
  FrameHeader header = header_for(opcode, deflated.size());
  header.rsv1 = true;
  write(header, deflated, out);
}

void FrameWriter::begin_message(Opcode opcode, ByteView payload) {
  assert(!message_);
  message_ = std::make_unique<Message>();
  message_->opcode = opcode;
  message_->payload = payload;
  message_->deflates = deflater_ && !payload.empty();
}

bool FrameWriter::proceed(std::size_t most, Bytes& out) {
  if (!message_) return true;
  if (message_->deflates) {
    deflate_some(most);
    return false;
  }
  if (!message_->begun) begin_frame(out);
  write_some(most, out);
  if (!message_->payload.empty()) return false;
  append(out, ByteView(message_->behind));
  message_.reset();
  return true;
}

void FrameWriter::deflate_some(std::size_t most) {
  Message& message = *message_;
  const ByteView piece = message.payload.first(std::min(most, message.payload.size()));
  message.payload = message.payload.subspan(piece.size());
  const bool last = message.payload.empty();
  deflater_->deflate_piece(piece, last, message.deflated);
  if (!last) return;
  message.deflates = false;
  message.payload = message.deflated;
}

void FrameWriter::begin_frame(Bytes& out) {
  Message& message = *message_;
  if (deflater_ && message.payload.empty()) {
    deflater_->deflate({}, message.deflated);
    message.payload = message.deflated;
  }
  FrameHeader header = header_for(message.opcode, message.payload.size());
  header.rsv1 = deflater_ != nullptr;
  if (sender_ == Role::client) message.key = next_key();
  header.masking_key = message.key;
  encode_header(header, out);
  message.begun = true;
}

void FrameWriter::write_some(std::size_t most, Bytes& out) {
  Message& message = *message_;
  const std::size_t size = std::min(most, message.payload.size());
  const std::size_t begin = out.size();
  append(out, message.payload.first(size));
  if (message.key) mask(std::span(out).subspan(begin), *message.key, message.written);
  message.payload = message.payload.subspan(size);
  message.written += size;
}

void FrameWriter::write(Opcode opcode, ByteView payload, Bytes& out) {
  Bytes& to = message_ ? message_->behind : out;
  if (sender_ == Role::server && payload.size() <= max_short_payload)
    return encode_short(opcode, payload, to);
  write(header_for(opcode, payload.size()), payload, to);
}

void FrameWriter::write(FrameHeader header, ByteView payload, Bytes& out) const {
  if (sender_ == Role::client) header.masking_key = next_key();
  encode(header, payload, out);
}

void FrameWriter::write_close(std::uint16_t code, std::string_view reason, Bytes& out) {
  if (code == 0) return write(Opcode::close, {}, out);
  const std::string_view fits = beginning_of(reason, max_close_reason);
  std::array<std::uint8_t, max_control_payload> payload = {static_cast<std::uint8_t>(code >> 8),
                                                           static_cast<std::uint8_t>(code & 0xFF)};
  const auto end = std::ranges::copy(fits, payload.begin() + 2).out;
  write(Opcode::close, ByteView(payload.begin(), end), out);
}

void FrameWriter::rest() {
  if (deflater_ && !message_) deflater_->rest();
}

std::size_t FrameWriter::held() const {
  return (deflater_ ? deflater_->held() : 0) +
         (message_ ? message_->deflated.capacity() + message_->behind.capacity() : 0);
}

}  // namespace wsconform
