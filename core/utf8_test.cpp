#include "core/utf8.h"

#include <gtest/gtest.h>

#include "core/for_each_split.h"

namespace wsconform::utf8_test {
namespace {

struct Row {
  const char* name = "";
  std::string hex;
  bool valid = false;
  std::size_t prefix = 0;  // valid_utf8_prefix
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

Row good(const char* name, const std::string& hex) {
  return {name, hex, true, from_hex(hex)->size()};
}
Row bad(const char* name, const std::string& hex, std::size_t prefix) {
  return {name, hex, false, prefix};
}
// Not wrong yet: the end comes inside a character.
Row unfinished(const char* name, const std::string& hex) {
  return {name, hex, false, from_hex(hex)->size()};
}

class Utf8 : public testing::TestWithParam<Row> {
 protected:
  const Bytes text_ = *from_hex(GetParam().hex);
};

TEST_P(Utf8, JudgesTheWholeText) {
  EXPECT_EQ(is_utf8(text_), GetParam().valid);
}

TEST_P(Utf8, FindsTheFirstImpossibleByte) {
  EXPECT_EQ(valid_utf8_prefix(text_), GetParam().prefix);
}

TEST_P(Utf8, JudgesTheSameAtEveryCut) {
  for_each_split(text_, [&](const std::vector<ByteView>& pieces) {
    Utf8Validator validator;
    bool accepted = true;
    for (const ByteView piece : pieces) accepted = validator.feed(piece);
    EXPECT_EQ(accepted && validator.complete(), GetParam().valid);
  });
}

TEST_P(Utf8, FailsWithTheFirstImpossibleByteAndStaysFailed) {
  Utf8Validator validator;
  for (std::size_t i = 0; i < text_.size(); ++i)
    EXPECT_EQ(validator.feed(ByteView(text_).subspan(i, 1)), i < GetParam().prefix) << "byte " << i;
}

TEST_P(Utf8, JudgesTheSameBehindALongTextOfAnyAlignment) {
  for (std::size_t before = 0; before < 140; ++before) {
    Bytes text(before, 'a');
    append(text, ByteView(text_));
    EXPECT_EQ(is_utf8(text), GetParam().valid) << before;
    EXPECT_EQ(Utf8Validator().feed(text), GetParam().prefix == text_.size()) << before;
    append(text, std::string(100, 'b'));
    EXPECT_EQ(Utf8Validator().feed(text), GetParam().valid) << before;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Utf8,
    testing::Values(good("Empty", ""), good("Ascii", "48656c6c6f"), good("Nul", "00"),
                    good("LastAscii", "7f"), good("FirstOfTwo", "c280"), good("LastOfTwo", "dfbf"),
                    good("FirstOfThree", "e0a080"), good("BeforeSurrogates", "ed9fbf"),
                    good("AfterSurrogates", "ee8080"), good("LastOfThree", "efbfbf"),
                    good("FirstOfFour", "f0908080"), good("LastOfPlane3", "f0bfbfbf"),
                    good("Plane4", "f1808080"), good("LastOfF3", "f3bfbfbf"),
                    good("LastOfAll", "f48fbfbf"), good("Kosme", "cebae1bdb9cf83cebcceb5"),
                    good("ByteOrderMark", "efbbbf61"), bad("LoneTail", "80", 0),
                    bad("LoneLastTail", "bf", 0), bad("OverlongSlashC0", "c0af", 0),
                    bad("OverlongC1", "c1bf", 0), bad("OverlongE0", "e09fbf", 1),
                    bad("OverlongF0", "f08fbfbf", 1), bad("FirstSurrogate", "eda080", 1),
                    bad("LastSurrogate", "edbfbf", 1), bad("AboveLast", "f4908080", 1),
                    bad("F5", "f5808080", 0), bad("FE", "fe", 0), bad("FF", "ff", 0),
                    bad("FiveBytes", "f888808080", 0), bad("TailMissingOfTwo", "c261", 1),
                    bad("TailMissingOfThree", "e18061", 2), bad("TailMissingOfFour", "f1808061", 3),
                    bad("LeadAfterLead", "c2c2", 1), bad("OneTailTooMany", "c28080", 2),
                    unfinished("CutTwo", "c2"), unfinished("CutThree", "e282"),
                    unfinished("CutFour", "f09f98"), unfinished("CutFourEarly", "61f0"),
                    bad("InTheMiddle", "cebae1bdb9cf83cebcceb5eda080656469746564", 12)),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Utf8Validator, KnowsEveryScalarValueAndNoOther) {
  for (std::uint32_t code = 0x80; code <= 0x1FFFFF; ++code) {
    const std::size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    const std::uint32_t lead = size == 2   ? 0xC0 | code >> 6
                               : size == 3 ? 0xE0 | code >> 12
                                           : 0xF0 | code >> 18;
    std::uint8_t text[4] = {static_cast<std::uint8_t>(lead)};
    for (std::size_t i = 1; i < size; ++i)
      text[i] = static_cast<std::uint8_t>(0x80 | (code >> 6 * (size - 1 - i) & 0x3F));
    const bool scalar = code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
    if (is_utf8(ByteView(text, size)) != scalar) FAIL() << code;
  }
}

TEST(Utf8Validator, IsCompleteOnlyBetweenCharacters) {
  Utf8Validator validator;
  EXPECT_TRUE(validator.complete());
  EXPECT_TRUE(validator.feed(*from_hex("e2")));
  EXPECT_FALSE(validator.complete());
  EXPECT_TRUE(validator.feed(*from_hex("82ac")));
  EXPECT_TRUE(validator.complete());
}

TEST(Utf8Validator, ForgetsAfterReset) {
  Utf8Validator validator;
  EXPECT_FALSE(validator.feed(*from_hex("ff")));
  EXPECT_FALSE(validator.feed({}));
  validator.reset();
  EXPECT_TRUE(validator.feed(*from_hex("61")));
}

TEST(Utf8Validator, TakesALongMixedTextInPiecesOfEverySize) {
  Bytes text;
  for (int i = 0; i < 100; ++i) append(text, "plain \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80 ");
  for (std::size_t size = 1; size < 200; ++size) {
    Utf8Validator validator;
    for (std::size_t at = 0; at < text.size(); at += size)
      ASSERT_TRUE(validator.feed(ByteView(text).subspan(at, std::min(size, text.size() - at))));
    ASSERT_TRUE(validator.complete());
  }
}

TEST(BeginningOf, IsTheWholeOfAShortText) {
  EXPECT_EQ(beginning_of("", 0), "");
  EXPECT_EQ(beginning_of("a€", 4), "a€");
}

TEST(BeginningOf, EndsBetweenTwoCharacters) {
  EXPECT_EQ(beginning_of("abc", 2), "ab");
  EXPECT_EQ(beginning_of("a€b", 4), "a€");
  EXPECT_EQ(beginning_of("a€b", 3), "a");
  EXPECT_EQ(beginning_of("a€b", 2), "a");
  EXPECT_EQ(beginning_of("é€𝄞", 8), "é€");
  EXPECT_EQ(beginning_of("𝄞", 3), "");
}

TEST(BeginningOf, LosesAtMostThreeBytesOfWhatIsNoUtf8) {
  const std::string tails(9, '\x80');
  EXPECT_EQ(beginning_of(tails, 8), tails.substr(0, 8));
  EXPECT_EQ(beginning_of("ab\xF0\x9D\x84z", 5), "ab");
  EXPECT_EQ(beginning_of("ab\xFFz", 3), "ab\xFF");
}

}  // namespace
}  // namespace wsconform::utf8_test
