#include "server-under-test/lenient_utf8.h"

#include <gtest/gtest.h>

#include <string>

#include "core/utf8.h"

namespace wsconform::lenient_utf8_test {
namespace {

bool takes(std::string_view hex, const Utf8Leniency& leniency) {
  return is_lenient_utf8(*from_hex(hex), leniency);
}

struct Row {
  std::string name;
  Utf8Leniency leniency;
  std::string hex;  // what it takes and the standard does not
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class LenientUtf8 : public testing::TestWithParam<Row> {};

TEST_P(LenientUtf8, TakesWhatItIsLenientAboutAndNothingElse) {
  EXPECT_TRUE(takes(GetParam().hex, GetParam().leniency));
  EXPECT_FALSE(takes(GetParam().hex, {}));
  EXPECT_FALSE(is_utf8(*from_hex(GetParam().hex)));
  EXPECT_TRUE(takes("24c2a2e0a4b9e282acf0908d88", GetParam().leniency));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LenientUtf8,
    testing::Values(Row{"Surrogates", {.surrogates = true}, "eda080"},
                    Row{"OverlongOfTwo", {.overlong2 = true}, "c0af"},
                    Row{"OverlongOfThree", {.overlong3 = true}, "e080af"},
                    Row{"OverlongOfFour", {.overlong4 = true}, "f08080af"},
                    Row{"AboveTheLast", {.above_10ffff = true}, "f4908080"},
                    Row{"FiveBytes", {.five_or_six_bytes = true}, "f888808080"},
                    Row{"LoneContinuation", {.lone_continuation = true}, "80"},
                    Row{"ByteFf", {.bytes_fe_ff = true}, "ff"},
                    Row{"UnfinishedEnd", {.unfinished_end = true}, "e282"},
                    Row{"AnyContinuation", {.any_continuation = true}, "e22041"}),
    [](const auto& test) { return test.param.name; });

TEST(StrictUtf8, AgreesWithTheCoreOnEveryTextOfThreeBytes) {
  for (unsigned lead = 0; lead < 256; ++lead)
    for (unsigned second = 0; second < 256; second += 5)
      for (unsigned third = 0; third < 256; third += 7) {
        const Bytes text = {static_cast<std::uint8_t>(lead), static_cast<std::uint8_t>(second),
                            static_cast<std::uint8_t>(third)};
        ASSERT_EQ(is_lenient_utf8(text, {}), is_utf8(text)) << to_hex(text);
      }
}

}  // namespace
}  // namespace wsconform::lenient_utf8_test
