#include "runner/suite/width.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/suite/scripted_stage.h"

namespace wsconform::width_test {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

std::size_t served(std::size_t serves, std::size_t wanted) {
  ScriptedStage stage;
  stage.serves = serves;
  return served_at_once(stage, wanted);
}

TEST(ServedAtOnce, IsWhatIsWantedWhereTheTargetServesSoMany) {
  EXPECT_EQ(served(32, 32), 32U);
  EXPECT_EQ(served(1, 1), 1U);
}

TEST(ServedAtOnce, IsABoundFromBelowOtherwise) {
  EXPECT_EQ(served(31, 32), 16U);
  EXPECT_EQ(served(8, 32), 8U);
  EXPECT_EQ(served(7, 32), 4U);
  EXPECT_EQ(served(1, 32), 1U);
}

TEST(ServedAtOnce, AsksTwiceWhetherAllAreServed) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {passes, stays_silent, passes}}};
  EXPECT_EQ(served_at_once(stage, 16), 16U);
}

Width width_of(ScriptedStage& stage, std::size_t jobs) {
  TargetKeeper keeper(stage);
  return find_width(stage, keeper, jobs);
}

TEST(FindWidth, LetsAllJobsBeWhereAllAreServed) {
  ScriptedStage stage;
  const Width width = width_of(stage, 32);
  EXPECT_EQ(width.jobs, 32U);
  EXPECT_TRUE(width.several);
  EXPECT_TRUE(width.many);
  EXPECT_THAT(width.facts, IsEmpty());
}

TEST(FindWidth, LetsManyWaitWhereSoManyAreServed) {
  ScriptedStage stage;
  EXPECT_EQ(width_of(stage, 32).waiting, most_waiting);
  stage.serves = 32 + most_waiting - 1;
  const Instant before = stage.now();
  EXPECT_EQ(width_of(stage, 32).waiting, 0U);
  EXPECT_LT(stage.now() - before, std::chrono::seconds(1)) << "it is of use where it is easy";
  TargetKeeper keeper(stage);
  EXPECT_EQ(find_width(stage, keeper, 32, 10).waiting, 10U);
  stage.serves = 9;
  EXPECT_EQ(width_of(stage, 32).waiting, 0U);
}

TEST(FindWidth, AsksATargetThatAnswersNothingForAllOfItAtOnce) {
  ScriptedStage stage;
  stage.target.echoes = stage.target.pongs = false;
  int asked = 0;
  stage.on_start = [&](const Task&) { ++asked; };
  EXPECT_EQ(width_of(stage, 32).waiting, most_waiting);
  EXPECT_EQ(asked, 1);
  stage.serves = 40;
  const Width narrower = width_of(stage, 32);
  EXPECT_EQ(narrower.jobs, 32U);
  EXPECT_EQ(narrower.waiting, 0U);
}

TEST(FindWidth, HalvesWhatIsServedForACaseMayHaveTwoOpen) {
  ScriptedStage stage;
  stage.serves = 9;
  const Width width = width_of(stage, 32);
  EXPECT_EQ(width.jobs, 4U);
  EXPECT_TRUE(width.several);
  EXPECT_FALSE(width.many);
  EXPECT_THAT(width.facts, ElementsAre(Field(&Fact::value, "at least 8, fewer than 16")));
}

TEST(FindWidth, IsOneAtATimeWhereOneIsServed) {
  ScriptedStage stage;
  stage.serves = 1;
  const Width width = width_of(stage, 32);
  EXPECT_EQ(width.jobs, 1U);
  EXPECT_TRUE(width.one_at_a_time);
  EXPECT_FALSE(width.several);
  EXPECT_THAT(width.facts, ElementsAre(Field(&Fact::value, "1")));
}

TEST(FindWidth, IsOneAtATimeWhereMessagesComeToOthers) {
  ScriptedStage stage;
  stage.fates = {{"probe/beside-others/2", {fails}}};
  const Width width = width_of(stage, 32);
  EXPECT_EQ(width.jobs, 1U);
  EXPECT_TRUE(width.one_at_a_time);
  EXPECT_THAT(width.facts, ElementsAre(Field(&Fact::value, "go to all the others too")));
}

struct OtherAnswer {
  const char* name;
  Fate fate;
};
class NoMessageOfOthers : public testing::TestWithParam<OtherAnswer> {};

TEST_P(NoMessageOfOthers, IsSeen) {
  ScriptedStage stage;
  stage.fates = {{"probe/beside-others/2", {GetParam().fate}}};
  EXPECT_FALSE(tells_others(stage, 4));
  EXPECT_EQ(stage.most_at_once, 4U);
}
INSTANTIATE_TEST_SUITE_P(
    In, NoMessageOfOthers,
    testing::Values(OtherAnswer{"AnEcho", passes}, OtherAnswer{"ASilence", stays_silent},
                    OtherAnswer{"AnEndOfTcp", is_torn},
                    OtherAnswer{"ARefusal", {.verdict = Verdict::fail, .upgraded = false}}),
    [](const auto& row) { return row.param.name; });

TEST(FindWidth, AsksNoTargetWithoutEchoWhetherItTellsOthers) {
  ScriptedStage stage;
  stage.target.echoes = false;
  stage.fates = {{"probe/beside-others/2", {fails}}};
  EXPECT_FALSE(width_of(stage, 32).one_at_a_time);
}

TEST(FindWidth, StartsATargetAgainThatDoesNotSurviveTheQuestion) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {kills, passes}}};
  EXPECT_EQ(width_of(stage, 16).jobs, 1U);
  EXPECT_EQ(stage.starts, 1);
}

TEST(Adopt, MakesFeaturesOfTheWidth) {
  TargetProfile target;
  adopt(Width{.jobs = 4, .several = true, .many = true}, target);
  EXPECT_THAT(target.features, ElementsAre("many-connections", "several-connections"));
  EXPECT_FALSE(target.one_at_a_time);
}

}  // namespace
}  // namespace wsconform::width_test
