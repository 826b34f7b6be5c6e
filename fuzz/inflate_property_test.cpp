#include "fuzz/inflate_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsconform::inflate_property_test {
namespace {

using testing::HasSubstr;

Bytes input_of(std::uint8_t choices, std::string_view stream, std::uint8_t messages = 0) {
  Bytes input = {choices, 3, messages};
  append(input, stream);
  return input;
}

TEST(InflateProperty, HoldsForMessagesThatAreDeflatedFirst) {
  const std::string text(300, 'a');
  for (unsigned choices = 0; choices < 256; ++choices) {
    const auto plain = static_cast<std::uint8_t>(choices | inflate_plain);
    ASSERT_EQ(breach_of_inflate(input_of(plain, text + "bcd", 70)), std::nullopt) << choices;
  }
}

TEST(InflateProperty, HoldsForPayloadsThatAreNone) {
  EXPECT_EQ(breach_of_inflate({}), std::nullopt);
  EXPECT_EQ(breach_of_inflate(input_of(0, "\xFF\xFF")), std::nullopt);
  EXPECT_EQ(breach_of_inflate(input_of(7, "\xF2\x48\xCD\xC9\xC9\x07\x00\xF2\x48", 7)),
            std::nullopt);
}

TEST(ReadInflate, CutsTheRestIntoMessages) {
  const InflateInput read = read_inflate(input_of(0x0B, "abcd", 1));
  EXPECT_EQ(read.messages.size(), 4);
  EXPECT_EQ(read.context, (DeflateContext{12, false}));
  EXPECT_FALSE(read.plain);
}

TEST(InflateOracles, SeeAnInflaterWithASmallerWindowOnlyWhereItMayFail) {
  Bytes far;
  std::string noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 2000; ++i)
    noise += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  Deflater().deflate(bytes_of(noise + noise), far);
  EXPECT_EQ(breach_of_inflater({far}, {8, true}, 0), std::nullopt);
  EXPECT_EQ(breach_of_inflater({far}, {15, true}, 0), std::nullopt);
}

}  // namespace
}  // namespace wsconform::inflate_property_test
