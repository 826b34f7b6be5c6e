#include "core/stable_hash.h"

#include <gtest/gtest.h>

namespace wsconform::stable_hash_test {
namespace {

// Known values of FNV-1a.
TEST(StableHash, IsThatOfFnv1a) {
  EXPECT_EQ(stable_hash(""), 0xCBF29CE484222325U);
  EXPECT_EQ(stable_hash("a"), 0xAF63DC4C8601EC8CU);
  EXPECT_EQ(stable_hash("foobar"), 0x85944171F73967E8U);
}

TEST(StableHash, IsAnotherFromAnotherBasis) {
  EXPECT_NE(stable_hash("a", 1), stable_hash("a"));
}

}  // namespace
}  // namespace wsconform::stable_hash_test
