#include "runner/suite/shuffle.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsconform {
namespace {

TEST(Shuffle, GivesTheSameOrderForTheSameSeedEverywhere) {
  std::vector<int> order = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  shuffle(order, 1);
  EXPECT_EQ(order, (std::vector<int>{1, 7, 3, 9, 4, 0, 5, 2, 6, 8}));
}

TEST(Shuffle, KeepsEveryElement) {
  std::vector<int> order = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  shuffle(order, 42);
  EXPECT_NE(order, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  std::sort(order.begin(), order.end());
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

}  // namespace
}  // namespace wsconform
