#include "server-under-test/site/secret.h"

#include <gtest/gtest.h>

namespace wsconform::secret_test {
namespace {

TEST(SameSecret, IsTrueOfEqualTextsOnly) {
  EXPECT_TRUE(same_secret("open sesame", "open sesame"));
  EXPECT_TRUE(same_secret("", ""));
  EXPECT_FALSE(same_secret("open sesam", "open sesame"));
  EXPECT_FALSE(same_secret("open sesame ", "open sesame"));
  EXPECT_FALSE(same_secret("Open sesame", "open sesame"));
  EXPECT_FALSE(same_secret("", "open sesame"));
}

}  // namespace
}  // namespace wsconform::secret_test
