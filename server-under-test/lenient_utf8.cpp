#include "server-under-test/lenient_utf8.h"

#include <array>
#include <cstdint>

namespace wsconform {
namespace {

// Bytes of the character that `lead` begins; 0: it begins none.
std::size_t length_of(std::uint8_t lead, const Utf8Leniency& leniency) {
  if (lead < 0x80) return 1;
  if (lead < 0xc0) return leniency.lone_continuation ? 1 : 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  if (lead < 0xf8) return 4;
  if (lead >= 0xfe) return leniency.bytes_fe_ff ? 1 : 0;
  if (!leniency.five_or_six_bytes) return 0;
  return lead < 0xfc ? 5 : 6;
}

bool may_stand(std::uint32_t character, std::size_t length, const Utf8Leniency& leniency) {
  switch (length) {
    case 2:
      return character >= 0x80 || leniency.overlong2;
    case 3:
      if (character < 0x800) return leniency.overlong3;
      return character < 0xd800 || character > 0xdfff || leniency.surrogates;
    case 4:
      if (character < 0x10000) return leniency.overlong4;
      return character <= 0x10ffff || leniency.above_10ffff;
    default:
      return true;
  }
}

}  // namespace

bool is_lenient_utf8(ByteView text, const Utf8Leniency& leniency) {
  constexpr std::array<std::uint8_t, 7> lead_bits = {0, 0x7f, 0x1f, 0x0f, 0x07, 0x03, 0x01};
  while (!text.empty()) {
    const std::size_t length = length_of(text[0], leniency);
    if (length == 0) return false;
    std::uint32_t character = text[0] & lead_bits[length];
    std::size_t read = 1;
    for (; read < length && read < text.size(); ++read) {
      if ((text[read] & 0xc0) != 0x80 && !leniency.any_continuation) return false;
      character = character << 6 | (text[read] & 0x3f);
    }
    if (read < length) return leniency.unfinished_end;
    if (!may_stand(character, length, leniency)) return false;
    text = text.subspan(length);
  }
  return true;
}

}  // namespace wsconform
