#include "core/masking.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsconform::masking_test {
namespace {

constexpr MaskingKey key = {0x37, 0xFA, 0x21, 0x3D};

// The standard's own words, a byte at a time (RFC 6455 §5.3).
void mask_bytewise(std::span<std::uint8_t> payload, std::uint64_t offset) {
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] ^= key[(offset + i) % 4];
}

Bytes counting(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + 3);
  return bytes;
}

using Masker = void (*)(std::span<std::uint8_t>, const MaskingKey&, std::uint64_t);
struct Path {
  const char* name = "";
  Masker masker = nullptr;
};
void PrintTo(const Path& path, std::ostream* out) {
  *out << path.name;
}

class Masking : public testing::TestWithParam<Path> {};

TEST_P(Masking, AgreesWithTheDefinitionAtEverySizeOffsetAndAlignment) {
  constexpr std::size_t room = 8;
  for (std::size_t size = 0; size <= 300; ++size)
    for (std::size_t start = 0; start < room; ++start) {
      const std::uint64_t offset = size + start;
      Bytes expected = counting(size + 2 * room);
      Bytes actual = expected;
      mask_bytewise(std::span(expected).subspan(start, size), offset);
      GetParam().masker(std::span(actual).subspan(start, size), key, offset);
      ASSERT_EQ(actual, expected) << "size " << size << ", start " << start;
    }
}

TEST_P(Masking, TwiceGivesThePayloadBack) {
  Bytes bytes = counting(1000);
  GetParam().masker(bytes, key, 3);
  EXPECT_NE(bytes, counting(1000));
  GetParam().masker(bytes, key, 3);
  EXPECT_EQ(bytes, counting(1000));
}

TEST_P(Masking, CanBeDoneInPiecesOfAnySize) {
  Bytes whole = counting(400);
  mask_bytewise(whole, 0);
  for (std::size_t piece = 1; piece < 400; ++piece) {
    Bytes bytes = counting(400);
    for (std::size_t at = 0; at < bytes.size(); at += piece)
      GetParam().masker(std::span(bytes).subspan(at, std::min(piece, bytes.size() - at)), key, at);
    ASSERT_EQ(bytes, whole) << piece;
  }
}

TEST_P(Masking, TakesOffsetsBeyondFourGibibytes) {
  Bytes bytes = counting(5);
  Bytes expected = bytes;
  mask_bytewise(expected, (1ull << 40) + 1);
  GetParam().masker(bytes, key, (1ull << 40) + 1);
  EXPECT_EQ(bytes, expected);
}

INSTANTIATE_TEST_SUITE_P(Paths, Masking,
                         testing::Values(Path{"Chosen", mask}, Path{"Portable", mask_portably}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Mask, Section57Hello) {
  Bytes bytes = to_bytes("Hello");
  mask(bytes, key);
  EXPECT_EQ(to_hex(bytes), "7f9f4d5158");
}

TEST(MaskShort, MasksAsOthersDoAtEverySize) {
  for (std::size_t size = 0; size <= 150; ++size) {
    Bytes expected = counting(size);
    Bytes actual = expected;
    mask_bytewise(expected, 0);
    mask_short(actual, key);
    ASSERT_EQ(actual, expected) << size;
  }
}

TEST(MaskShort, TellsWhetherWhatComesOutIsAscii) {
  for (std::size_t size = 1; size <= 40; ++size) {
    Bytes text(size, 'a');
    mask(text, key);
    Bytes masked = text;
    EXPECT_TRUE(mask_short(masked, key)) << size;
    for (std::size_t at = 0; at < size; ++at) {
      masked = text;
      masked[at] ^= 0x80;
      EXPECT_FALSE(mask_short(masked, key)) << size << ", " << at;
    }
  }
}

}  // namespace
}  // namespace wsconform::masking_test
