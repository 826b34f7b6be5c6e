#include "core/phrase.h"

#include <gtest/gtest.h>

namespace wsconform::phrase_test {
namespace {

TEST(Phrase, JoinsItsPartsWithTheLastWord) {
  EXPECT_EQ(joined({}, " and "), "");
  EXPECT_EQ(joined({"a"}, " and "), "a");
  EXPECT_EQ(joined({"a", "b"}, " and "), "a and b");
  EXPECT_EQ(joined({"a", "b", "c"}, " or "), "a, b or c");
}

struct QuotedRow {
  std::string_view name;
  std::string_view text;
  std::string_view shown;
};
void PrintTo(const QuotedRow& row, std::ostream* out) {
  *out << row.name;
}

class Quoted : public testing::TestWithParam<QuotedRow> {};

TEST_P(Quoted, CanBeShownInALine) {
  EXPECT_EQ(quoted(bytes_of(GetParam().text), 8), GetParam().shown);
}

constexpr QuotedRow quotes[] = {
    {"Nothing", "", R"("")"},
    {"Text", "Hello", R"("Hello")"},
    {"LineEnds", "a\r\nb", R"("a\x0d\x0ab")"},
    {"Delete", "\x7f", R"("\x7f")"},
    {"Quote", "a\"b", R"("a\x22b")"},
    {"Backslash", "a\\b", R"("a\x5cb")"},
    {"Utf8", "κόσ", R"("κόσ")"},
    {"NotUtf8", "a\xc0\xaf", R"("a\xc0\xaf")"},
    {"EndsInsideACharacter", "a\xce", R"("a\xce")"},
    {"AsLongAsItMayBe", "12345678", R"("12345678")"},
    {"TooLong", "123456789", R"("12345678" ...)"},
    {"CutInsideACharacter", "1234567κ", R"("1234567" ...)"},
};
INSTANTIATE_TEST_SUITE_P(Text, Quoted, testing::ValuesIn(quotes),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Phrase, CutsALongQuoteBetweenTwoCharacters) {
  EXPECT_EQ(in_quotes("a\n"), "\"a\\n\"");
  const std::string text = std::string(longest_quote - 1, 'a') + "\u00e9 and more";
  EXPECT_EQ(in_quotes(text), "\"" + std::string(longest_quote - 1, 'a') + "\"... (70 bytes)");
}

TEST(Phrase, DurationsCarryTheUnitThatFitsThem) {
  EXPECT_EQ(duration_in_words(0), "0.00 ms");
  EXPECT_EQ(duration_in_words(0.214), "0.21 ms");
  EXPECT_EQ(duration_in_words(9.999), "10 ms");
  EXPECT_EQ(duration_in_words(48.4), "48 ms");
  EXPECT_EQ(duration_in_words(999.9), "1.0 s");
  EXPECT_EQ(duration_in_words(3210), "3.2 s");
  EXPECT_EQ(duration_in_words(59'990), "1 min 0 s");
  EXPECT_EQ(duration_in_words(125'000), "2 min 5 s");
}

TEST(Phrase, MebibytesHaveOneDecimal) {
  EXPECT_EQ(mebibytes(0), "0.0 MiB");
  EXPECT_EQ(mebibytes(3'250'000), "3.1 MiB");
}

TEST(Phrase, CountsAgreeWithTheirNoun) {
  EXPECT_EQ(counted(0, "case"), "0 cases");
  EXPECT_EQ(counted(1, "case"), "1 case");
  EXPECT_EQ(counted(2, "case"), "2 cases");
}

TEST(Phrase, AClauseHasNeitherItsFullStopNorItsCapital) {
  EXPECT_EQ(clause("The target ends TCP."), "the target ends TCP");
  EXPECT_EQ(clause("A Close comes."), "a Close comes");
  EXPECT_EQ(clause("TCP ended."), "TCP ended");
  EXPECT_EQ(clause("RSV1 is set"), "RSV1 is set");
  EXPECT_EQ(clause("§5.2 says so."), "§5.2 says so");
  EXPECT_EQ(clause(""), "");
}

TEST(Phrase, ASentenceLosesTheFullStopAtItsEndOnly) {
  EXPECT_EQ(without_stop("Version 13. No other."), "Version 13. No other");
  EXPECT_EQ(without_stop("No stop at 1.5 s"), "No stop at 1.5 s");
  EXPECT_EQ(without_stop(""), "");
}

TEST(Phrase, AShellTakesAWordAsItStands) {
  EXPECT_EQ(shell_word("build/a-b_c.json"), "build/a-b_c.json");
  EXPECT_EQ(shell_word("my file"), "'my file'");
  EXPECT_EQ(shell_word("it's $HOME"), "'it'\\''s $HOME'");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("a=b"), "'a=b'");  // else an assignment, in front of a command
}

TEST(Cited, NamesTheStandardOfASection) {
  EXPECT_EQ(cited("5.2"), "RFC 6455 §5.2");
  EXPECT_EQ(cited("RFC 7692 7.1"), "RFC 7692 §7.1");
}

}  // namespace
}  // namespace wsconform::phrase_test
