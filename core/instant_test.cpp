#include "core/instant.h"

#include <gtest/gtest.h>

namespace wsconform::instant_test {
namespace {

using namespace std::chrono_literals;

TEST(Instant, TellsDurationsAsNumbers) {
  EXPECT_DOUBLE_EQ(in_milliseconds(1500us), 1.5);
  EXPECT_DOUBLE_EQ(in_seconds(250ms), 0.25);
  EXPECT_DOUBLE_EQ(in_seconds(-2s), -2);
}

TEST(Instant, TakesSecondsForDurations) {
  EXPECT_EQ(from_seconds(0.5), Duration(500ms));
  EXPECT_EQ(from_seconds(1e-9), Duration(1ns));
  EXPECT_EQ(from_seconds(0), Duration::zero());
}

}  // namespace
}  // namespace wsconform::instant_test
