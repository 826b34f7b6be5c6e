#include "core/frame_writer.h"

#include <cassert>
#include <utility>

#include "core/close_payload.h"
#include "core/frame_encoder.h"
#include "core/utf8.h"

namespace wsconform {
namespace {

constexpr std::size_t max_close_reason = max_control_payload - 2;

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
  if (code == 0) return write(Opcode::close, {}, out);
  write(Opcode::close, encode_close_payload(code, beginning_of(reason, max_close_reason)), out);
}

}  // namespace wsconform
