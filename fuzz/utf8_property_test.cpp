#include "fuzz/utf8_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/utf8.h"

namespace wsconform::utf8_property_test {
namespace {

using testing::HasSubstr;

std::size_t valid_prefix(std::string_view text) {
  return valid_prefix_by_simdjson(bytes_of(text));
}

TEST(Utf8Property, HoldsForTextsValidAndNotAtEveryCut) {
  for (const std::string text :
       {"", "plain", "na\xC3\xAFve \xE2\x82\xAC \xF0\x9F\x98\x80", "\xED\xA0\x80", "a\xE0\x80\xAF",
        "\xF4\x90\x80\x80", "a long text of which the end is cut off \xF0\x9F\x98"}) {
    for (unsigned choice = 0; choice < 20; ++choice) {
      Bytes input = {static_cast<std::uint8_t>(choice)};
      append(input, text);
      EXPECT_EQ(breach_of_utf8(input), std::nullopt) << text;
    }
  }
  EXPECT_EQ(breach_of_utf8({}), std::nullopt);
}

TEST(ValidPrefixBySimdjson, EndsWithTheFirstByteThatNothingCanMend) {
  EXPECT_EQ(valid_prefix("abc"), 3);
  EXPECT_EQ(valid_prefix("a\xFF"), 1);
  EXPECT_EQ(valid_prefix("a\xE2\x82"), 3);
  EXPECT_EQ(valid_prefix("a\xE0\x80"), 2);
  EXPECT_EQ(valid_prefix("\xED\x9F"), 2);
  EXPECT_EQ(valid_prefix("\xED\xA0"), 1);
  EXPECT_EQ(valid_prefix("\xF0\x90"), 2);
  EXPECT_EQ(valid_prefix("\xF4\x90"), 1);
}

TEST(BeginsTextBySimdjson, TellsWhatCanBeFinishedFromWhatCannot) {
  for (const std::string_view text : {"", "abc", "a\xE2\x82", "\xED\x9F", "\xF0\x90\x80"})
    EXPECT_TRUE(begins_text_by_simdjson(bytes_of(text))) << text;
  for (const std::string_view text :
       {"\xFF", "a\xFF", "\x80", "\xED\xA0", "\xE2\x82\x41", "\xF4\x90z"})
    EXPECT_FALSE(begins_text_by_simdjson(bytes_of(text))) << text;
}

}  // namespace
}  // namespace wsconform::utf8_property_test
