#include "runner/casebook/payload.h"

#include <array>
#include <random>
#include <string_view>

namespace wsconform {
namespace {

void append_random(Bytes& to, std::uint64_t count) {
  std::mt19937_64 generator(count);
  const std::size_t before = to.size();
  to.resize(before + count);
  std::uint8_t* const out = to.data() + before;
  std::uint64_t word = 0;
  for (std::uint64_t n = 0; n < count; ++n, word >>= 8) {
    if (n % 8 == 0) word = generator();
    out[n] = static_cast<std::uint8_t>(word);
  }
}

// Words of syllables drawn from few, so that they come again near and far.
void append_prose(Bytes& to, std::uint64_t count) {
  constexpr std::array<std::string_view, 16> syllables = {"ba",  "chi", "do", "fen", "ga", "hul",
                                                          "ker", "li",  "mo", "nar", "pe", "qui",
                                                          "so",  "tur", "va", "zi"};
  std::mt19937_64 generator(count);
  const std::size_t end = to.size() + count;
  while (to.size() < end) {
    const std::uint64_t draw = generator();
    const std::uint64_t length = 1 + draw % 3;
    for (std::uint64_t i = 0; i < length; ++i) append(to, syllables.at(draw >> (8 + 4 * i) & 0xF));
    append(to, std::string_view(draw >> 60 == 0 ? ".\n" : " "));
  }
  to.resize(end);
}

std::uint64_t size_of(const PayloadPart& part) {
  return part.kind == PayloadPart::Kind::repeated ? part.unit.size() * part.times : part.times;
}

}  // namespace

Payload::Payload(Bytes bytes) {
  if (!bytes.empty()) parts_.push_back({PayloadPart::Kind::repeated, std::move(bytes), 1});
}

std::uint64_t Payload::size() const {
  std::uint64_t size = 0;
  for (const PayloadPart& part : parts_) size += size_of(part);
  return size;
}

Bytes Payload::build() const {
  Bytes bytes;
  bytes.reserve(size());
  for (const PayloadPart& part : parts_) {
    if (part.kind == PayloadPart::Kind::random) {
      append_random(bytes, part.times);
    } else if (part.kind == PayloadPart::Kind::prose) {
      append_prose(bytes, part.times);
    } else if (part.unit.size() == 1) {
      bytes.insert(bytes.end(), part.times, part.unit.front());
    } else if (!part.unit.empty()) {
      for (std::uint64_t i = 0; i < part.times; ++i) append(bytes, part.unit);
    }
  }
  return bytes;
}

}  // namespace wsconform
