#include "core/frame_writer.h"

#include <cassert>
#include <utility>

#include "core/close_payload.h"
#include "core/frame_encoder.h"

namespace wsconform {
namespace {

constexpr std::size_t max_close_reason = max_control_payload - 2;

bool is_utf8_tail(char c) {
  return (static_cast<std::uint8_t>(c) & 0xC0) == 0x80;
}

std::string_view cut_reason(std::string_view reason) {
  if (reason.size() <= max_close_reason) return reason;
  std::size_t size = max_close_reason;
  while (size > 0 && is_utf8_tail(reason[size])) --size;
  return reason.substr(0, size);
}

}  // namespace

FrameWriter::FrameWriter(Role sender, std::function<MaskingKey()> next_masking_key)
    : sender_(sender), next_masking_key_(std::move(next_masking_key)) {
  assert(sender_ == Role::server || next_masking_key_);
}

void FrameWriter::write_message(Opcode opcode, ByteView payload, Bytes& out) {
  if (!deflater_) return write(opcode, payload, out);
  Bytes deflated;
  deflater_->deflate(payload, deflated);
  FrameHeader header = header_for(opcode, deflated.size());
  header.rsv1 = true;
  write(header, deflated, out);
}

void FrameWriter::write(Opcode opcode, ByteView payload, Bytes& out) const {
  write(header_for(opcode, payload.size()), payload, out);
}

void FrameWriter::write(FrameHeader header, ByteView payload, Bytes& out) const {
  if (sender_ == Role::client) header.masking_key = next_masking_key_();
  encode(header, payload, out);
}

void FrameWriter::write_close(std::uint16_t code, std::string_view reason, Bytes& out) const {
  write(Opcode::close, code == 0 ? Bytes{} : encode_close_payload(code, cut_reason(reason)), out);
}

}  // namespace wsconform
