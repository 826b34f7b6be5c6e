#include "cli/nearest_ids.h"

#include <gtest/gtest.h>

namespace wsconform::nearest_ids_test {
namespace {

TEST(EditDistance, CountsLetters) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("abc", ""), 3u);
  EXPECT_EQ(edit_distance("", "ab"), 2u);
  EXPECT_EQ(edit_distance("ping", "pong"), 1u);
  EXPECT_EQ(edit_distance("ping", "pnig"), 2u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
}

const std::vector<std::string> ids = {"rfc6455/5.5-control-frames/ping-126",
                                      "rfc6455/5.5-control-frames/pong-126",
                                      "rfc6455/7.1-close/answered"};

TEST(NearestIds, FindsWhatFollowsASlash) {
  EXPECT_EQ(nearest_ids(ids, "pin-126"), (std::vector<std::string>{ids[0], ids[1]}));
  EXPECT_EQ(nearest_ids(ids, "7.1-close/answerd"), (std::vector<std::string>{ids[2]}));
}

TEST(NearestIds, GivesNoMoreThanAskedFor) {
  EXPECT_EQ(nearest_ids(ids, "pin-126", 1).size(), 1u);
}

TEST(NearestIds, IsSilentWhereNothingIsNear) {
  EXPECT_TRUE(nearest_ids(ids, "something-else").empty());
}

TEST(NearestIds, TakesAHostileText) {
  EXPECT_TRUE(nearest_ids(ids, std::string(1'000'000, 'z')).empty());
}

}  // namespace
}  // namespace wsconform::nearest_ids_test
