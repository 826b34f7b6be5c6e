#include "runner/suite/lone_play.h"

#include <gtest/gtest.h>

#include "runner/casebook/case.h"
#include "runner/suite/scripted_stage.h"

namespace wsconform::lone_play_test {
namespace {

using Target = LonePlayed::Target;

class LonePlay : public testing::Test {
 protected:
  LonePlay() {
    case_.id = "a";
    stage_.pace().heard(stage_.now());
  }
  std::optional<LonePlayed> play(bool hung = false) {
    return play_alone(stage_, keeper_, {&case_, 1}, hung);
  }

  Case case_;
  ScriptedStage stage_;
  TargetKeeper keeper_{stage_};
};

TEST_F(LonePlay, TellsWhatCameOfACaseThatDoesNoHarm) {
  stage_.fates = {{"a", {fails}}};
  const auto alone = play();
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->target, Target::lives);
  EXPECT_EQ(alone->ended.result.reason, "As the table has it.");
}

TEST_F(LonePlay, NamesADeathAndTheLastWords) {
  stage_.fates = {{"a", {kills}}};
  const auto alone = play();
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->target, Target::exited);
  EXPECT_EQ(alone->ended.result.verdict, Verdict::fail);
  EXPECT_EQ(alone->ended.result.reason, "The target died in this case: exit code 7.");
  EXPECT_EQ(alone->ended.result.ground, "target-died");
  EXPECT_EQ(alone->ended.result.came, "died");
  EXPECT_TRUE(is<ground::TargetDied>(alone->ended.outcome.ground));
  EXPECT_EQ(alone->ended.result.notes.back(), "Its last error output: its last words");
}

TEST_F(LonePlay, NamesAHang) {
  stage_.fates = {{"a", {hangs_it}}};
  const auto alone = play();
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->target, Target::hangs);
  EXPECT_EQ(alone->ended.result.reason, "The target hung in this case: it no longer answers.");
  EXPECT_EQ(alone->ended.result.ground, "target-hung");
  EXPECT_EQ(alone->ended.result.came, "hung");
  EXPECT_TRUE(is<ground::TargetHung>(alone->ended.outcome.ground));
}

TEST_F(LonePlay, AsksOnceAboutAHangThatWasSeenBefore) {
  stage_.fates = {{"a", {hangs_it}}};
  const Instant began = stage_.now();
  EXPECT_EQ(play(true)->target, Target::hangs);
  const Duration again = stage_.now() - began;
  EXPECT_GE(again, 2 * stage_.pace().patience());
  EXPECT_LT(again, 3 * stage_.pace().patience());
}

TEST_F(LonePlay, PlaysNothingOnceTheRunIsStopped) {
  stage_.stop.raise({Stop::Kind::interrupted});
  EXPECT_FALSE(play());
}

}  // namespace
}  // namespace wsconform::lone_play_test
