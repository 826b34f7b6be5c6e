#include "reports/text.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace wsconform {
namespace {

struct Row {
  std::string_view name;
  std::string_view text;
  std::string_view valid;
  std::string_view visible;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class TextTable : public testing::TestWithParam<Row> {};

TEST_P(TextTable, BecomesValid) {
  EXPECT_EQ(valid_utf8(GetParam().text), GetParam().valid);
}
TEST_P(TextTable, BecomesVisible) {
  EXPECT_EQ(visible(GetParam().text), GetParam().visible);
}
TEST_P(TextTable, IsVisibleAlsoAfterItBecameValid) {
  EXPECT_EQ(visible(valid_utf8(GetParam().text)), GetParam().visible);
}
TEST_P(TextTable, StaysAsItIsOnceItIsValid) {
  EXPECT_EQ(valid_utf8(GetParam().valid), GetParam().valid);
}

constexpr Row rows[] = {
    {"Nothing", "", "", ""},
    {"Ascii", "plain <b>&", "plain <b>&", "plain <b>&"},
    {"Characters", "é€𝄞", "é€𝄞", "é€𝄞"},
    {"LineFeed", "a\nb\r\tc", "a\nb\r\tc", "a\\nb\\r\\tc"},
    {"Escape", "\x1b[31m", "\x1b[31m", "\\x1b[31m"},
    {"Delete", "\x7f", "\x7f", "\\x7f"},
    {"SecondControlSet", "\u009b31m", "\u009b31m", "\\x9b31m"},
    {"LoneContinuation", "a\x80z", "a\\x80z", "a\\x80z"},
    {"CutCharacter", "\xe2\x82", "\\xe2\\x82", "\\xe2\\x82"},
    {"CutCharacterBeforeAscii", "\xe2\x82.", "\\xe2\\x82.", "\\xe2\\x82."},
    {"Overlong", "\xc0\xaf", "\\xc0\\xaf", "\\xc0\\xaf"},
    {"OverlongOfThree", "\xe0\x9f\xbf", "\\xe0\\x9f\\xbf", "\\xe0\\x9f\\xbf"},
    {"Surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80", "\\xed\\xa0\\x80"},
    {"AboveUnicode", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80", "\\xf4\\x90\\x80\\x80"},
    {"NoLead", "\xff\xfe", "\\xff\\xfe", "\\xff\\xfe"},
    {"RightToLeft", "a\u202eb", "a\u202eb", "a\\u{202e}b"},
    {"LineSeparator", "a\u2028b", "a\u2028b", "a\\u{2028}b"},
    {"NonCharacter", "\uffff", "\uffff", "\\u{ffff}"},
};
INSTANTIATE_TEST_SUITE_P(Text, TextTable, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Text, ZeroBytesAreShown) {
  EXPECT_EQ(visible(std::string_view("a\0b", 3)), "a\\x00b");
}

TEST(Text, HexHasTwoLowerCaseDigitsAByte) {
  EXPECT_EQ(hex_digits(std::array<std::uint8_t, 3>{0x00, 0x8a, 0xff}), "008aff");
  EXPECT_EQ(hex_digits({}), "");
}

TEST(Text, Base64IsPaddedToFours) {
  const std::string_view text = "foobar";
  const std::array<std::string_view, 7> wanted{"",         "Zg==",     "Zm8=",    "Zm9v",
                                               "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
  for (std::size_t size = 0; size < wanted.size(); ++size) {
    const std::vector<std::uint8_t> bytes(text.begin(), text.begin() + static_cast<long>(size));
    EXPECT_EQ(base64(bytes), wanted.at(size));
  }
  EXPECT_EQ(base64(std::array<std::uint8_t, 3>{0xFB, 0xFF, 0xBF}), "+/+/");
}

TEST(Text, DurationsCarryTheUnitThatFitsThem) {
  EXPECT_EQ(duration_in_words(0), "0.00 ms");
  EXPECT_EQ(duration_in_words(0.214), "0.21 ms");
  EXPECT_EQ(duration_in_words(9.999), "10 ms");
  EXPECT_EQ(duration_in_words(48.4), "48 ms");
  EXPECT_EQ(duration_in_words(999.9), "1.0 s");
  EXPECT_EQ(duration_in_words(3210), "3.2 s");
  EXPECT_EQ(duration_in_words(59'990), "1 min 0 s");
  EXPECT_EQ(duration_in_words(125'000), "2 min 5 s");
}

TEST(Text, CountsAgreeWithTheirNoun) {
  EXPECT_EQ(counted(0, "case"), "0 cases");
  EXPECT_EQ(counted(1, "case"), "1 case");
  EXPECT_EQ(counted(2, "case"), "2 cases");
}

}  // namespace
}  // namespace wsconform
