#include "cli/number_range.h"

#include <gtest/gtest.h>

namespace wsconform::number_range_test {
namespace {

std::string told(const CLI::Validator& check, std::string text) {
  return check(text);
}

TEST(WholeNumber, TakesWhatIsInTheRange) {
  for (const char* text : {"0", "9001", "65535"}) EXPECT_EQ(told(whole_number(0, 65535), text), "");
  EXPECT_EQ(told(whole_number(1), "18446744073709551615"), "");
}

TEST(WholeNumber, TellsTheRangeOtherwise) {
  for (const std::string text : {"65536", "-1", "", "0x10", "1.5", "1 ", "99999999999999999999"})
    EXPECT_EQ(told(whole_number(0, 65535), text), "'" + text + "' is not from 0 to 65535");
  EXPECT_EQ(told(whole_number(1), "0"), "'0' is not a whole number from 1 on");
}

}  // namespace
}  // namespace wsconform::number_range_test
