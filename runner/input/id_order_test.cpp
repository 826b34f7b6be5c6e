#include "runner/input/id_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace wsconform::id_order_test {
namespace {

TEST(IdBefore, CountsRunsOfDigitsAsNumbers) {
  const std::vector<std::string_view> ordered = {
      "rfc6455/4.2.1-key/a",    "rfc6455/5.4-fragmentation/b", "rfc6455/10.4-limits/2",
      "rfc6455/10.4-limits/10", "rfc9112/3.2-host/a",          "policy/basic/a",
      "security/floods/a"};
  EXPECT_TRUE(std::ranges::is_sorted(ordered, id_before));
}

TEST(IdBefore, PutsAPrefixFirst) {
  EXPECT_TRUE(id_before("a/b", "a/b/c"));
  EXPECT_FALSE(id_before("a/b/c", "a/b"));
}

TEST(IdBefore, IsStrictAndTotal) {
  EXPECT_FALSE(id_before("a/1", "a/1"));
  EXPECT_NE(id_before("a/01", "a/1"), id_before("a/1", "a/01"));
}

TEST(IdBefore, TakesNumbersOfAnyLength) {
  EXPECT_TRUE(id_before("a/18446744073709551615", "a/99999999999999999999999999999999"));
}

}  // namespace
}  // namespace wsconform::id_order_test
