#include "reports/results/case_result.h"

#include <gtest/gtest.h>

namespace wsconform::case_result_test {
namespace {

TEST(WithoutVariant, KeepsSectionAndSlug) {
  EXPECT_EQ(without_variant("rfc6455/5.5/ping/126/text", "rfc6455/5.5"), "rfc6455/5.5/ping");
  EXPECT_EQ(without_variant("rfc6455/5.5/ping", "rfc6455/5.5"), "rfc6455/5.5/ping");
  EXPECT_EQ(without_variant("ping/126", ""), "ping");
}

TEST(WithoutVariant, KeepsAnIdOfAnotherSection) {
  EXPECT_EQ(without_variant("rfc6455/5.5/ping/126", "rfc7692/6"), "rfc6455/5.5/ping/126");
  EXPECT_EQ(without_variant("rfc6455/5.5/ping/126", "rfc6455/5"), "rfc6455/5.5/ping/126");
}

}  // namespace
}  // namespace wsconform::case_result_test
