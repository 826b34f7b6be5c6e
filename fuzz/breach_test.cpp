#include "fuzz/breach.h"

#include <gtest/gtest.h>

namespace wsconform::breach_test {
namespace {

TEST(EndOn, LeavesTheProcessAloneWhereAllHolds) {
  end_on(std::nullopt);
}

TEST(EndOnDeathTest, EndsTheProcessWithWhatDoesNotHold) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(end_on("a frame was lost"), "does not hold: a frame was lost");
}

TEST(BreachOfMemory, IsMoreThanInProportionToWhatCame) {
  EXPECT_EQ(breach_of_memory(1'000'000, 100'000), std::nullopt);
  EXPECT_NE(breach_of_memory(1'000'000, 14), std::nullopt);
}

}  // namespace
}  // namespace wsconform::breach_test
