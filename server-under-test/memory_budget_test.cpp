#include "server-under-test/memory_budget.h"

#include <gtest/gtest.h>

namespace wsconform::memory_budget_test {
namespace {

constexpr std::size_t kib = 1024;

TEST(MemoryBudget, IsNotPassedByAsMuchAsMayBeHeld) {
  MemoryBudget budget(100 * kib);
  budget.hold(1, 40 * kib);
  budget.hold(2, 60 * kib);
  EXPECT_EQ(budget.held(), 100 * kib);
  EXPECT_EQ(budget.one_too_many(), std::nullopt);
}

TEST(MemoryBudget, RefusesTheLargestHoldersFirst) {
  MemoryBudget budget(100 * kib);
  budget.hold(1, 50 * kib);
  budget.hold(2, 80 * kib);
  budget.hold(3, 60 * kib);
  EXPECT_EQ(budget.one_too_many(), 2U);
  budget.hold(2, 0);
  EXPECT_EQ(budget.one_too_many(), 3U);
  budget.hold(3, 0);
  EXPECT_EQ(budget.one_too_many(), std::nullopt);
  EXPECT_EQ(budget.held(), 50 * kib);
}

TEST(MemoryBudget, CountsWhatOneHoldsNowAndNotWhatItHeldBefore) {
  MemoryBudget budget(100 * kib);
  for (std::size_t size = 16; size <= 90; ++size) budget.hold(1, size * kib);
  EXPECT_EQ(budget.held(), 90 * kib);
  budget.hold(1, 20 * kib);
  EXPECT_EQ(budget.held(), 20 * kib);
  EXPECT_EQ(budget.one_too_many(), std::nullopt);
}

TEST(MemoryBudget, DoesNotCountWhatIsSmall) {
  MemoryBudget budget(0);
  budget.hold(1, MemoryBudget::worth_counting - 1);
  EXPECT_EQ(budget.held(), 0U);
  EXPECT_EQ(budget.one_too_many(), std::nullopt);
  budget.hold(1, MemoryBudget::worth_counting);
  EXPECT_EQ(budget.one_too_many(), 1U);
}

TEST(MemoryBudget, HoldersOfTheSameSizeAreAllFound) {
  MemoryBudget budget(0);
  budget.hold(1, 20 * kib);
  budget.hold(2, 20 * kib);
  EXPECT_EQ(budget.one_too_many(), 2U);
  budget.hold(2, 0);
  EXPECT_EQ(budget.one_too_many(), 1U);
}

TEST(MemoryBudget, LeavesSomeOfTheMemoryToTheProgramAndToEachConnection) {
  EXPECT_EQ(to_be_held(1600 * kib, 0), 1440 * kib);
  EXPECT_EQ(to_be_held(1600 * kib, 100), 1040 * kib);
  EXPECT_EQ(to_be_held(1600 * kib, 10'000), 800 * kib);
}

}  // namespace
}  // namespace wsconform::memory_budget_test
