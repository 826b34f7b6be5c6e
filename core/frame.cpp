#include "core/frame.h"

namespace wsconform {

LengthForm shortest_form(std::uint64_t payload_length) {
  if (payload_length <= max_short_payload) return LengthForm::bits7;
  if (payload_length <= 0xFFFF) return LengthForm::bits16;
  return LengthForm::bits64;
}

std::size_t size_of(const FrameHeader& header) {
  std::size_t size = header.masking_key ? 6 : 2;
  if (header.length_form == LengthForm::bits16) size += 2;
  if (header.length_form == LengthForm::bits64) size += 8;
  return size;
}

FrameHeader header_for(Opcode opcode, std::uint64_t payload_length) {
  FrameHeader header;
  header.opcode = opcode;
  header.length_form = shortest_form(payload_length);
  header.payload_length = payload_length;
  return header;
}

}  // namespace wsconform
