#include "core/frame_encoder.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "core/masking.h"

namespace wsconform {
namespace {

void write_big_endian(std::uint64_t value, std::span<std::uint8_t> to) {
  for (std::size_t at = to.size(); at > 0; value >>= 8)
    to[--at] = static_cast<std::uint8_t>(value & 0xFF);
}

std::uint8_t first_byte(const FrameHeader& header) {
  return static_cast<std::uint8_t>((header.fin ? 0x80 : 0) | (header.rsv1 ? 0x40 : 0) |
                                   (header.rsv2 ? 0x20 : 0) | (header.rsv3 ? 0x10 : 0) |
                                   (static_cast<std::uint8_t>(header.opcode) & 0xF));
}

void encode_long(const FrameHeader& header, ByteView payload, Bytes& out) {
  encode_header(header, out);
  const std::size_t begin = out.size();
  append(out, payload);
  if (header.masking_key) mask(std::span(out).subspan(begin), *header.masking_key);
}

}  // namespace

std::size_t encode_header(const FrameHeader& header, std::span<std::uint8_t, max_header_size> out) {
  const unsigned mask_bit = header.masking_key ? 0x80 : 0;
  std::size_t size = 2;
  out[0] = first_byte(header);
  switch (header.length_form) {
    case LengthForm::bits7:
      out[1] = static_cast<std::uint8_t>(mask_bit | (header.payload_length & 0x7F));
      break;
    case LengthForm::bits16:
      out[1] = static_cast<std::uint8_t>(mask_bit | 126);
      write_big_endian(header.payload_length, out.subspan(size, 2));
      size += 2;
      break;
    case LengthForm::bits64:
      out[1] = static_cast<std::uint8_t>(mask_bit | 127);
      write_big_endian(header.payload_length, out.subspan(size, 8));
      size += 8;
      break;
  }
  if (!header.masking_key) return size;
  std::memcpy(&out[size], header.masking_key->data(), header.masking_key->size());
  return size + header.masking_key->size();
}

void encode_header(const FrameHeader& header, Bytes& out) {
  std::array<std::uint8_t, max_header_size> encoded;
  append(out, ByteView(encoded).first(encode_header(header, encoded)));
}

void encode(const FrameHeader& header, ByteView payload, Bytes& out) {
  if (payload.size() > max_short_payload) return encode_long(header, payload, out);
  std::array<std::uint8_t, max_header_size + max_short_payload> frame;
  const auto head = encode_header(header, std::span(frame).first<max_header_size>());
  const auto body = std::span(frame).subspan(head, payload.size());
  std::ranges::copy(payload, body.begin());
  if (header.masking_key) mask(body, *header.masking_key);
  append(out, ByteView(frame).first(head + payload.size()));
}

void encode_short(Opcode opcode, ByteView payload, Bytes& out) {
  assert(payload.size() <= max_short_payload);
  std::array<std::uint8_t, 2 + max_short_payload> frame;
  frame[0] = static_cast<std::uint8_t>(0x80 | static_cast<unsigned>(opcode));
  frame[1] = static_cast<std::uint8_t>(payload.size());
  const auto end = std::ranges::copy(payload, frame.begin() + 2).out;
  append(out, ByteView(frame.begin(), end));
}

Bytes encode(const Frame& frame) {
  Bytes out;
  out.reserve(max_header_size + frame.payload.size());
  encode(frame.header, frame.payload, out);
  return out;
}

}  // namespace wsconform
