#include "runner/suite/deadline_kinds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace wsconform::deadline_kinds_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Finished judged(std::string id, std::string awaited = "a Pong", std::string came = "silence") {
  Finished ended;
  ended.result.id = std::move(id);
  ended.result.section = "rfc6455/5.5.2-ping";
  ended.result.ground = "hung";
  ended.result.expected = std::move(awaited);
  ended.result.came = std::move(came);
  return ended;
}

std::vector<std::string> ids(const std::vector<Finished>& some) {
  std::vector<std::string> all;
  for (const Finished& each : some) all.push_back(each.result.id);
  return all;
}

TEST(DeadlineKinds, LetsEachOfAFewSpeakForItself) {
  const auto kinds = kinds_of({judged("a"), judged("b")});
  ASSERT_EQ(kinds.size(), 1U);
  EXPECT_THAT(ids(kinds[0].speakers), ElementsAre("a", "b"));
  EXPECT_THAT(kinds[0].others, IsEmpty());
}

TEST(DeadlineKinds, LetsThreeOfManySpeakForAll) {
  std::vector<Finished> many;
  for (int n = 0; n < 10; ++n) many.push_back(judged(std::to_string(n)));
  const auto kinds = kinds_of(std::move(many));
  ASSERT_EQ(kinds.size(), 1U);
  EXPECT_THAT(ids(kinds[0].speakers), ElementsAre("0", "5", "9"));
  EXPECT_THAT(ids(kinds[0].others), ElementsAre("1", "2", "3", "4", "6", "7", "8"));
}

TEST(DeadlineKinds, TellsApartWhatWasAwaitedAndWhatCame) {
  const auto kinds = kinds_of({judged("a"), judged("b", "an end"), judged("c", "a Pong", "open")});
  EXPECT_EQ(kinds.size(), 3U);
}

TEST(DeadlineKinds, TellsFilesApart) {
  Finished other = judged("b");
  other.result.section = "rfc6455/5.5.3-pong";
  EXPECT_EQ(kinds_of({judged("a"), other}).size(), 2U);
}

TEST(DeadlineKinds, AreNoneOfNothing) {
  EXPECT_THAT(kinds_of({}), IsEmpty());
}

}  // namespace
}  // namespace wsconform::deadline_kinds_test
