#include "cli/number_range.h"

#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "cli/tested_program.h"

namespace wsconform::number_range_test {
namespace {

TEST(NumberRange, TakesWhatLiesInIt) {
  const CLI::Validator whole = whole_number(1, 1000);
  for (const char* text : {"1", "32", "1000"}) EXPECT_EQ(whole(text), "") << text;
  EXPECT_EQ(whole_number(0)("18446744073709551615"), "");
  const CLI::Validator seconds = number(0.1, 60, "seconds");
  for (const char* text : {"0.1", "2", "60", "6e1"}) EXPECT_EQ(seconds(text), "") << text;
}

TEST(NumberRange, TellsOfAllElseWhatItTakes) {
  const CLI::Validator whole = whole_number(1, 1000);
  for (const char* text : {"0", "1001", "-1", "99999999999999999999", "1.5", "x", "", "1x"})
    EXPECT_EQ(whole(text), std::string("give a whole number from 1 to 1000, not ") + text);
  EXPECT_EQ(whole_number(2)("1"), "give a whole number, at least 2, not 1");
  const CLI::Validator seconds = number(0.1, 60, "seconds");
  for (const char* text : {"0", "nan", "-1", "inf", "1e999", "61", "a"})
    EXPECT_EQ(seconds(text), std::string("give a number of seconds from 0.1 to 60, not ") + text);
}

TEST(NumberRange, IsToldByTheProgramWithTheOption) {
  const tested::Ended ended = tested::run({"run", "ws://127.0.0.1:1/", "--patience", "nan"});
  EXPECT_EQ(ended.exit_code, exit_usage);
  EXPECT_EQ(ended.err, "wsconform: --patience: give a number of seconds from 0.1 to 60, not nan\n");
}

}  // namespace
}  // namespace wsconform::number_range_test
