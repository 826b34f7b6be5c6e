#include "core/handshake_key.h"

#include <gtest/gtest.h>

#include <ostream>

#include "core/base64.h"

namespace wsconform::handshake_key_test {
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
}  // namespace wsconform::handshake_key_test
