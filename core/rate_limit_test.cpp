#include "core/rate_limit.h"

#include <gtest/gtest.h>

namespace wsconform::rate_limit_test {
namespace {

using std::chrono::milliseconds;
constexpr Instant start = Instant(std::chrono::hours(5));

TEST(RateLimit, AllowsSoManyASecondAndNoMore) {
  RateLimit limit(3, start);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.allows_one_more(start + milliseconds(i)));
  EXPECT_FALSE(limit.allows_one_more(start + milliseconds(999)));
}

TEST(RateLimit, BeginsAnewAfterASecond) {
  RateLimit limit(1, start);
  EXPECT_TRUE(limit.allows_one_more(start));
  EXPECT_FALSE(limit.allows_one_more(start + milliseconds(500)));
  EXPECT_TRUE(limit.allows_one_more(start + milliseconds(1000)));
  EXPECT_FALSE(limit.allows_one_more(start + milliseconds(1999)));
  EXPECT_TRUE(limit.allows_one_more(start + milliseconds(5000)));
}

TEST(RateLimit, OfZeroAllowsNothing) {
  EXPECT_FALSE(RateLimit(0, start).allows_one_more(start));
}

}  // namespace
}  // namespace wsconform::rate_limit_test
