#include "core/ascii.h"

#include <gtest/gtest.h>

namespace wsconform::ascii_test {
namespace {

std::string those_that_are(bool (*kind)(char)) {
  std::string found;
  for (int c = 0; c < 256; ++c)
    if (kind(static_cast<char>(c))) found += static_cast<char>(c);
  return found;
}

TEST(Ascii, TellsCharactersApart) {
  const std::string lower = "abcdefghijklmnopqrstuvwxyz";
  const std::string upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  EXPECT_EQ(those_that_are(is_digit), "0123456789");
  EXPECT_EQ(those_that_are(is_lower_letter), lower);
  EXPECT_EQ(those_that_are(is_upper_letter), upper);
  EXPECT_EQ(those_that_are(is_letter_or_digit), "0123456789" + upper + lower);
  EXPECT_EQ(those_that_are(is_hex_digit), "0123456789ABCDEFabcdef");
}

TEST(Ascii, PrintsEverythingBetweenSpaceAndDel) {
  const std::string printable = those_that_are(is_printable);
  EXPECT_EQ(printable.size(), 94U);
  EXPECT_EQ(printable.front(), '!');
  EXPECT_EQ(printable.back(), '~');
}

TEST(Ascii, ChangesTheCaseOfLettersOnly) {
  EXPECT_EQ(in_lower_case("AZ[\xC4 az@5"), "az[\xC4 az@5");
  EXPECT_EQ(in_upper_case("az{\xE4 AZ`5"), "AZ{\xE4 AZ`5");
}

TEST(Ascii, CapitalisesTheFirstLetter) {
  EXPECT_EQ(capitalised("ping pong"), "Ping pong");
  EXPECT_EQ(capitalised("Ping"), "Ping");
  EXPECT_EQ(capitalised("\xC3\xA4"), "\xC3\xA4");
  EXPECT_EQ(capitalised(""), "");
}

TEST(Ascii, ComparesWithoutRegardToCase) {
  EXPECT_TRUE(equals_ignoring_case("WebSocket", "wEBsOCKET"));
  EXPECT_FALSE(equals_ignoring_case("WebSocket", "WebSockets"));
  EXPECT_FALSE(equals_ignoring_case("@", "`"));
  EXPECT_FALSE(equals_ignoring_case("\xC4", "\xE4"));
}

TEST(Ascii, TrimsSpacesAndTabs) {
  EXPECT_EQ(trim(" \t a b\t "), "a b");
  EXPECT_EQ(trim("\ra\n"), "\ra\n");
  EXPECT_EQ(trim(" \t"), "");
}

}  // namespace
}  // namespace wsconform::ascii_test
