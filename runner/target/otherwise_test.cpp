#include "runner/target/otherwise.h"

#include <gtest/gtest.h>

namespace wsconform::otherwise_test {
namespace {

TEST(Shortened, LosesAWholeCharacter) {
  EXPECT_EQ(shortened("abc"), "ab");
  EXPECT_EQ(shortened("ab\xc3\xab"), "ab");
  EXPECT_EQ(shortened(""), "");
}

TEST(Altered, IsAnotherOfTheSameLength) {
  EXPECT_EQ(with_last_altered("abc"), "abx");
  EXPECT_EQ(with_last_altered("abx"), "aby");
  EXPECT_EQ(with_first_altered("abc"), "xbc");
  EXPECT_EQ(with_last_altered(""), "");
}

TEST(InOtherCase, TurnsEveryLetter) {
  EXPECT_EQ(in_other_case("Open 7"), "oPEN 7");
  EXPECT_EQ(in_other_case("77"), "7x");
}

TEST(PercentEncoded, EncodesLettersAndDigitsOnce) {
  EXPECT_EQ(percent_encoded("/a-1"), "/%61-%31");
  EXPECT_EQ(percent_encoded("%41b"), "%41%62");
}

}  // namespace
}  // namespace wsconform::otherwise_test
