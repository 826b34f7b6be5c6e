#include "core/percent.h"

#include <gtest/gtest.h>

namespace wsconform::percent_test {
namespace {

TEST(Triplet, HasTwoDigitsInUpperCase) {
  EXPECT_EQ(triplet_of('/'), "%2F");
  EXPECT_EQ(triplet_of('\0'), "%00");
  EXPECT_EQ(triplet_of('\n'), "%0A");
  EXPECT_EQ(triplet_of('\xff'), "%FF");
}

}  // namespace
}  // namespace wsconform::percent_test
