#include "core/phrase.h"

#include <gtest/gtest.h>

namespace wsconform {
namespace {

TEST(Phrase, JoinsItsPartsWithTheLastWord) {
  EXPECT_EQ(joined({}, " and "), "");
  EXPECT_EQ(joined({"a"}, " and "), "a");
  EXPECT_EQ(joined({"a", "b"}, " and "), "a and b");
  EXPECT_EQ(joined({"a", "b", "c"}, " or "), "a, b or c");
}

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

TEST(Phrase, CountsAgreeWithTheirNoun) {
  EXPECT_EQ(counted(0, "case"), "0 cases");
  EXPECT_EQ(counted(1, "case"), "1 case");
  EXPECT_EQ(counted(2, "case"), "2 cases");
}

}  // namespace
}  // namespace wsconform
