#include "fuzz/masking_property.h"

#include <algorithm>

#include "core/bytes.h"
#include "fuzz/cutting.h"

namespace wsconform {
namespace {

constexpr std::size_t margin = 40;  // more than a vector register holds
constexpr std::uint8_t untouched = 0xA5;

Bytes masked_plainly(ByteView payload, const MaskingKey& key, std::uint64_t offset) {
  Bytes masked(payload.begin(), payload.end());
  for (std::size_t i = 0; i < masked.size(); ++i) masked[i] ^= key[(offset + i) % 4];
  return masked;
}

bool is_untouched(std::span<const std::uint8_t> bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == untouched; });
}

}  // namespace

Breach breach_of_mask(const Mask& mask, ByteView payload, const MaskingKey& key,
                      std::uint64_t offset, std::uint8_t cut_choice) {
  const Bytes expected = masked_plainly(payload, key, offset);
  Bytes room(margin + payload.size() + margin, untouched);
  const std::span inside = std::span(room).subspan(margin, payload.size());
  std::ranges::copy(payload, inside.begin());
  mask(inside, key, offset);
  if (!std::ranges::equal(inside, expected)) return "masked, the payload is something else";
  if (!is_untouched(std::span(room).first(margin)) || !is_untouched(std::span(room).last(margin))) {
    return "bytes beside the payload were changed";
  }
  mask(inside, key, offset);
  if (!std::ranges::equal(inside, payload)) return "masked twice, the payload does not come back";
  std::size_t done = 0;
  for (const ByteView piece : cut(payload, cut_choice)) {
    mask(inside.subspan(done, piece.size()), key, offset + done);
    done += piece.size();
  }
  if (!std::ranges::equal(inside, expected)) return "masked in pieces, the payload is another";
  return std::nullopt;
}

Breach breach_of_mask_short(const MaskShort& mask, ByteView payload, const MaskingKey& key) {
  bool told = false;
  const Mask whole = [&](std::span<std::uint8_t> bytes, const MaskingKey& with, std::uint64_t) {
    told = mask(bytes, with);
  };
  if (auto breach = breach_of_mask(whole, payload, key, 0, 0)) return breach;
  const bool ascii = std::ranges::all_of(masked_plainly(payload, key, 0),
                                         [](std::uint8_t byte) { return byte < 0x80; });
  if (told != ascii) return "it errs about what is ASCII";
  return std::nullopt;
}

Breach breach_of_masking(ByteView input) {
  MaskingKey key{};
  for (std::uint8_t& byte : key) byte = take_choice(input);
  const std::uint64_t offset = take_choice(input);
  const std::uint8_t cut_choice = take_choice(input);
  if (auto breach = breach_of_mask(mask, input, key, offset, cut_choice)) return breach;
  if (auto breach = breach_of_mask(mask_portably, input, key, offset, cut_choice)) {
    return "without vectors: " + *breach;
  }
  if (auto breach = breach_of_mask_short(mask_short, input, key)) return "short: " + *breach;
  return std::nullopt;
}

}  // namespace wsconform
