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

// Deflated with the widest window and context takeover: with less, what the inflater makes of it is
// zlib's, or a fault.
TEST(InflateProperty, HoldsForAPeerThatKeepsToNoAgreement) {
  const std::string text(90, 'a');
  for (unsigned choices = 0; choices < 256; ++choices) {
    const auto plain = static_cast<std::uint8_t>(choices | inflate_plain);
    const Bytes input = input_of(plain, text + "bcd" + text, 31);
    ASSERT_TRUE(read_inflate(input).clings);
    ASSERT_EQ(breach_of_inflate(input), std::nullopt) << choices;
  }
}

TEST(ReadInflate, CutsTheRestIntoMessages) {
  const InflateInput read = read_inflate(input_of(0x0B, "abcd", 1));
  EXPECT_EQ(read.messages.size(), 4);
  EXPECT_EQ(read.context, (DeflateContext{12, false}));
  EXPECT_FALSE(read.plain);
}

// What refers to more than 256 bytes before it.
Bytes far_reaching() {
  std::string noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 2000; ++i)
    noise += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  Bytes compressed;
  Deflater().deflate(bytes_of(noise + noise), compressed);
  return compressed;
}

TEST(InflateProperty, LetsASmallWindowFailWhereAMessageRefersFarther) {
  const Bytes far = far_reaching();
  EXPECT_EQ(breach_of_inflater({far}, {8, true}, 0), std::nullopt);
  EXPECT_EQ(breach_of_inflater({far}, {15, true}, 0), std::nullopt);
}

TEST(InflateOracles, SeeWhatZlibMakesAnotherThingOf) {
  const Inflated whole{to_bytes("abcd"), false};
  const Inflated cut{to_bytes("ab"), true};
  const DeflateContext widest{15, true};
  const DeflateContext small{9, true};
  const auto breach = [](const Inflated& ours, const Inflated& zlibs, const DeflateContext& in) {
    return breach_of_inflated(ours, zlibs, in).value_or("");
  };
  EXPECT_EQ(breach(whole, whole, widest), "");
  EXPECT_THAT(breach({to_bytes("abce"), false}, whole, widest), HasSubstr("the two differ"));
  EXPECT_THAT(breach(cut, whole, widest), HasSubstr("broken for us alone"));
  EXPECT_THAT(breach(whole, cut, widest), HasSubstr("broken for zlib alone"));
  EXPECT_EQ(breach(cut, whole, small), "");
  EXPECT_THAT(breach({to_bytes("xy"), true}, whole, small), HasSubstr("up to the fault"));
  EXPECT_THAT(breach(whole, cut, small), HasSubstr("broken for zlib alone"));
}

}  // namespace
}  // namespace wsconform::inflate_property_test
