#include "core/bytes.h"

#include <gtest/gtest.h>

namespace wsconform::bytes_test {
namespace {

TEST(Bytes, TextAndBytesViewTheSameMemory) {
  const std::string text = "ab\0\xFF";
  EXPECT_EQ(static_cast<const void*>(bytes_of(text).data()), text.data());
  EXPECT_EQ(text_of(bytes_of(text)), text);
}

TEST(Bytes, AppendsBytesAndText) {
  Bytes bytes = to_bytes("a");
  append(bytes, "bc");
  append(bytes, ByteView(to_bytes("d")));
  EXPECT_EQ(text_of(bytes), "abcd");
}

TEST(Bytes, HexIsLowerCaseWithoutSeparators) {
  EXPECT_EQ(to_hex(Bytes{0x00, 0x0F, 0xA5, 0xFF}), "000fa5ff");
}

TEST(Bytes, ReadsHexInEitherCaseAndSkipsSpaceBetweenPairs) {
  EXPECT_EQ(from_hex(" 81 0aFf\n7F\t"), (Bytes{0x81, 0x0A, 0xFF, 0x7F}));
  EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Bytes, RefusesWhatIsNotHex) {
  for (const char* digits : {"8", "8g", "g8", "8 1", "0x81", "81:05"})
    EXPECT_EQ(from_hex(digits), std::nullopt) << digits;
}

TEST(Bytes, ReadsBackEveryByteItWrites) {
  Bytes all(256);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(from_hex(to_hex(all)), all);
}

}  // namespace
}  // namespace wsconform::bytes_test
