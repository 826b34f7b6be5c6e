#include "core/frame_encoder.h"

#include <array>
#include <cassert>
#include <span>

#include "core/masking.h"

namespace wsconform {
namespace {

void append_big_endian(std::uint64_t value, int size, Bytes& out) {
  for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint8_t first_byte(const FrameHeader& header) {
  return static_cast<std::uint8_t>((header.fin ? 0x80 : 0) | (header.rsv1 ? 0x40 : 0) |
                                   (header.rsv2 ? 0x20 : 0) | (header.rsv3 ? 0x10 : 0) |
                                   (static_cast<std::uint8_t>(header.opcode) & 0xF));
}

}  // namespace

void encode_header(const FrameHeader& header, Bytes& out) {
  const unsigned mask_bit = header.masking_key ? 0x80 : 0;
  out.push_back(first_byte(header));
  switch (header.length_form) {
    case LengthForm::bits7:
      out.push_back(static_cast<std::uint8_t>(mask_bit | (header.payload_length & 0x7F)));
      break;
    case LengthForm::bits16:
      out.push_back(static_cast<std::uint8_t>(mask_bit | 126));
      append_big_endian(header.payload_length, 2, out);
      break;
    case LengthForm::bits64:
      out.push_back(static_cast<std::uint8_t>(mask_bit | 127));
      append_big_endian(header.payload_length, 8, out);
      break;
  }
  if (header.masking_key) append(out, ByteView(*header.masking_key));
}

void encode(const FrameHeader& header, ByteView payload, Bytes& out) {
  encode_header(header, out);
  const std::size_t begin = out.size();
  append(out, payload);
  if (header.masking_key) mask(std::span(out).subspan(begin), *header.masking_key);
}

void encode_short(Opcode opcode, ByteView payload, Bytes& out) {
  assert(payload.size() <= max_short_payload);
  const std::array<std::uint8_t, 2> header = {
      static_cast<std::uint8_t>(0x80 | static_cast<unsigned>(opcode)),
      static_cast<std::uint8_t>(payload.size())};
  append(out, ByteView(header));
  append(out, payload);
}

Bytes encode(const Frame& frame) {
  Bytes out;
  out.reserve(max_header_size + frame.payload.size());
  encode(frame.header, frame.payload, out);
  return out;
}

}  // namespace wsconform
