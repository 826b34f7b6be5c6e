#include "reports/results/cause.h"

#include <gtest/gtest.h>

namespace wsconform::cause_test {
namespace {

TEST(Cause, HasAKeyThatIsReadBack) {
  const Cause accepted{"invalid-utf8", "accepted"};
  EXPECT_EQ(key_of(accepted), "invalid-utf8:accepted");
  EXPECT_EQ(cause_with_key("invalid-utf8:accepted"), accepted);
}

TEST(Cause, SaysNothingOfWhatCameWhereTheRuleSaysItAll) {
  const Cause unasked{"pong-to-request", ""};
  EXPECT_EQ(key_of(unasked), "pong-to-request");
  EXPECT_EQ(cause_with_key("pong-to-request"), unasked);
}

TEST(Cause, HasAnEmptyKeyWhereThereIsNone) {
  EXPECT_EQ(key_of({}), "");
  EXPECT_TRUE(cause_with_key("").empty());
}

}  // namespace
}  // namespace wsconform::cause_test
