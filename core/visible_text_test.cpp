#include "core/visible_text.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string_view>

namespace wsconform::visible_text_test {
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

TEST(Text, MarkupHasNoneOfItsOwnCharacters) {
  EXPECT_EQ(in_markup(R"(<b class="x">&amp; 'é')"), "&lt;b class=&quot;x&quot;&gt;&amp;amp; 'é'");
  EXPECT_EQ(in_markup(""), "");
}

TEST(Text, ZeroBytesAreShown) {
  EXPECT_EQ(visible(std::string_view("a\0b", 3)), "a\\x00b");
}

}  // namespace
}  // namespace wsconform::visible_text_test
