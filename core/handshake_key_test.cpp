#include "core/handshake_key.h"

#include <gtest/gtest.h>

#include <ostream>

namespace wsconform {
namespace {

// RFC 6455 §1.3, §4.2.2.
TEST(AcceptFor, GivesTheValueOfTheSampleNonce) {
  EXPECT_EQ(accept_for("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(AcceptFor, HasAValueForAnyText) {
  EXPECT_EQ(accept_for("").size(), 28u);
  EXPECT_EQ(accept_for(std::string(100'000, '\0')).size(), 28u);
  EXPECT_NE(accept_for("a"), accept_for("b"));
}

// RFC 4648 §10.
TEST(Base64, HoldsForTheVectorsOfRfc4648) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64_encode(bytes), text);
    EXPECT_EQ(base64_decode(text), bytes);
  }
}

TEST(Base64, GivesBackEveryByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
}

TEST(Base64, RefusesWhatIsNotBase64) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {"Z"sv, "Zg"sv, "Zg="sv, "Z==="sv, "===="sv, "=Zg="sv, "Zg==Zg=="sv, "Z=g="sv, "Zm8-"sv,
        "Zm8_"sv, "Zm8 "sv, " Zm8"sv, "Zm9v\n"sv, "Zm\0v"sv, "Zm9\xC3"sv}) {
    EXPECT_EQ(base64_decode(text), std::nullopt) << text;
  }
}

struct KeyRow {
  const char* name;
  std::string key;
  bool valid;
};
void PrintTo(const KeyRow& row, std::ostream* out) {
  *out << row.name;
}

class IsKey : public testing::TestWithParam<KeyRow> {};

TEST_P(IsKey, JudgesTheText) {
  EXPECT_EQ(is_key(GetParam().key), GetParam().valid);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, IsKey,
    testing::Values(KeyRow{"SampleNonce", "dGhlIHNhbXBsZSBub25jZQ==", true},
                    // §4.1 item 7 shows it, though its pad bits are not zero (erratum 3150).
                    KeyRow{"SampleBytesOneToSixteen", "AQIDBAUGBwgJCgsMDQ4PEC==", true},
                    KeyRow{"PlusAndSlash", "++++//////////++++++/w==", true},
                    KeyRow{"Empty", "", false},
                    KeyRow{"FifteenBytes", base64_encode(std::string(15, 'a')), false},
                    KeyRow{"SeventeenBytes", base64_encode(std::string(17, 'a')), false},
                    KeyRow{"EighteenBytes", base64_encode(std::string(18, 'a')), false},
                    KeyRow{"WithoutPadding", "dGhlIHNhbXBsZSBub25jZQ", false},
                    KeyRow{"OnePaddingCharacter", "dGhlIHNhbXBsZSBub25jZQ=", false},
                    KeyRow{"UrlAlphabet", "dGhlIHNhbXBsZSBub25j-_==", false},
                    KeyRow{"SpaceInside", "dGhlIHNhbXBsZSB ub25jZQ=", false},
                    KeyRow{"SpaceInsteadOfALetter", "dGhlIHNhbXBsZSB b25jZQ==", false},
                    KeyRow{"NotBase64", "!!!!!!!!!!!!!!!!!!!!!!==", false},
                    KeyRow{"Nul", std::string(24, '\0'), false},
                    KeyRow{"EightBit", std::string(22, '\xE9') + "==", false},
                    KeyRow{"TwoKeys", "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==", false},
                    KeyRow{"VeryLong", std::string(1'000'000, 'A'), false}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace wsconform
