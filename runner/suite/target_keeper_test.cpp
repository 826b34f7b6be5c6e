#include "runner/suite/target_keeper.h"

#include <gtest/gtest.h>

#include "runner/suite/scripted_stage.h"

namespace wsconform::target_keeper_test {
namespace {

using namespace std::chrono_literals;

Duration time_since(const ScriptedStage& stage, Instant before) {
  return stage.now() - before;
}

// After a play so long in which nothing came.
struct Asked {
  std::optional<TargetKeeper::Death> death;
  Duration took;
};
Asked asked_behind(ScriptedStage& stage, Duration silence) {
  TargetKeeper keeper(stage);
  const TargetKeeper::Before play = keeper.before_play();
  stage.advance(silence);
  const Instant before = stage.now();
  const auto death = keeper.death(play);
  return {death, time_since(stage, before)};
}

TEST(TargetKeeper, StartsATargetOfOursAndWaitsUntilItListens) {
  ScriptedStage stage;
  stage.starts_listening = 10;
  const Instant before = stage.now();
  EXPECT_FALSE(TargetKeeper(stage).start());
  EXPECT_EQ(stage.starts, 1);
  EXPECT_EQ(time_since(stage, before), 100ms);
}

TEST(TargetKeeper, LeavesATargetOfSomebodyElseAlone) {
  ScriptedStage stage;
  stage.ours = false;
  stage.die();
  EXPECT_FALSE(TargetKeeper(stage).start());
  EXPECT_FALSE(TargetKeeper(stage).exited());
  EXPECT_EQ(TargetKeeper(stage).last_words(), "");
  EXPECT_EQ(stage.starts, 0);
}

TEST(TargetKeeper, FindsATargetOfSomebodyElseGoneWhereItTakesNoConnection) {
  ScriptedStage stage;
  stage.ours = false;
  const Instant before = stage.now();
  EXPECT_FALSE(TargetKeeper(stage).is_gone_within(100ms));
  EXPECT_EQ(time_since(stage, before), 100ms);
  stage.die();
  EXPECT_TRUE(TargetKeeper(stage).is_gone_within(100ms));
}

TEST(TargetKeeper, TellsHowTheTargetEndedBeforeItListened) {
  ScriptedStage stage;
  stage.starts_again = false;
  const auto not_reached = TargetKeeper(stage).start();
  ASSERT_TRUE(not_reached);
  EXPECT_EQ(not_reached->why, "exit code 7. its last words");
  EXPECT_FALSE(not_reached->port_taken);
}

TEST(TargetKeeper, TellsThatSomebodyElseHasThePort) {
  ScriptedStage stage;
  stage.starts_again = false;
  stage.port_taken = true;
  const auto not_reached = TargetKeeper(stage).start();
  ASSERT_TRUE(not_reached);
  EXPECT_TRUE(not_reached->port_taken);
}

// Somebody else takes connections there, and the target goes on: it may be the one that is meant,
// started by it elsewhere.
TEST(TargetKeeper, TakesAListenerOfSomebodyElseWhereTheTargetLives) {
  ScriptedStage stage;
  stage.listens_itself = false;
  EXPECT_FALSE(TargetKeeper(stage).start());
}

TEST(TargetKeeper, GivesUpAfterAMinuteWithoutAListener) {
  ScriptedStage stage;
  stage.starts_listening = 1'000'000;
  const Instant before = stage.now();
  const auto not_reached = TargetKeeper(stage).start();
  ASSERT_TRUE(not_reached);
  EXPECT_EQ(not_reached->why, "it runs, but does not listen on its port. its last words");
  EXPECT_EQ(time_since(stage, before), 60s);
}

TEST(TargetKeeper, WaitsNoLongerOnceTheRunIsStopped) {
  ScriptedStage stage;
  stage.starts_listening = 1'000'000;
  stage.stop.raise({});
  const Instant before = stage.now();
  EXPECT_TRUE(TargetKeeper(stage).start());
  EXPECT_EQ(time_since(stage, before), 0s);
}

TEST(TargetKeeper, FindsNoDeathWhereATargetAnswers) {
  ScriptedStage stage;
  EXPECT_FALSE(TargetKeeper(stage).death());
}

TEST(TargetKeeper, TellsHowATargetOfOursEnded) {
  ScriptedStage stage;
  stage.die();
  TargetKeeper keeper(stage);
  EXPECT_TRUE(keeper.exited());
  EXPECT_EQ(keeper.death()->how, "exit code 7");
  EXPECT_EQ(keeper.last_words(), "its last words");
}

TEST(TargetKeeper, TellsNothingOfHowATargetOfSomebodyElseEnded) {
  ScriptedStage stage;
  stage.ours = false;
  stage.die();
  EXPECT_EQ(TargetKeeper(stage).death()->how, "");
}

TEST(TargetKeeper, TakesATargetThatAnswersForOneThatIsNotDying) {
  ScriptedStage stage;
  const Instant before = stage.now();
  EXPECT_FALSE(TargetKeeper(stage).is_dying());
  EXPECT_LE(time_since(stage, before), 10ms);
  stage.die();
  EXPECT_TRUE(TargetKeeper(stage).is_dying());
}

TEST(TargetKeeper, FindsOneThatAnswersLateAlive) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent, passes}}};
  EXPECT_FALSE(TargetKeeper(stage).death());
}

TEST(TargetKeeper, FindsOneThatHangsDeadWithinBounds) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent}}};
  const Instant before = stage.now();
  EXPECT_EQ(TargetKeeper(stage).death()->how, "it no longer answers");
  EXPECT_LE(time_since(stage, before), 10s);
}

// What was silent before the question is time that it had.
TEST(TargetKeeper, CountsTheSilenceOfThePlayBefore) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent}}};
  const auto [death, took] = asked_behind(stage, 8s);
  ASSERT_TRUE(death);
  EXPECT_TRUE(death->hangs);
  EXPECT_FALSE(death->seen);
  EXPECT_LE(took, 3s);
}

// It has nothing to do, and does not answer.
TEST(TargetKeeper, AsksASilentTargetThatRestsOnce) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent, passes}}};
  stage.usage = [](Instant) { return ProcessUsage{.processes = {100}}; };
  const Instant before = stage.now();
  const auto death = TargetKeeper(stage).death();
  ASSERT_TRUE(death);
  EXPECT_EQ(death->how, "it no longer answers");
  EXPECT_TRUE(death->hangs);
  EXPECT_TRUE(death->seen);
  EXPECT_LE(time_since(stage, before), 3s);
}

TEST(TargetKeeper, DoesNotTakeATargetThatWaitsForADiskForOneThatRests) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent, passes}}};
  stage.usage = [](Instant) { return ProcessUsage{.processes = {100}, .blocked = true}; };
  EXPECT_FALSE(TargetKeeper(stage).death());
}

TEST(TargetKeeper, GivesASilentTargetThatIsBusyTheTimeOfALongPieceOfWork) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent, passes}}};
  stage.usage = [](Instant now) {
    return ProcessUsage{.processes = {100}, .cpu = now.time_since_epoch()};
  };
  EXPECT_FALSE(TargetKeeper(stage).death());
}

// It worked all the while, and whoever else it serves would be answered soon.
TEST(TargetKeeper, AsksATargetThatWorkedForLongerThanARequestIsWorthBriefly) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent}}};
  stage.usage = [](Instant now) {
    return ProcessUsage{.processes = {100}, .cpu = now.time_since_epoch(), .runnable = true};
  };
  const auto [death, took] = asked_behind(stage, 8s);
  ASSERT_TRUE(death);
  EXPECT_TRUE(death->seen);
  EXPECT_EQ(took, 1s);
}

// One that is seen to be at work is not held up by this machine.
TEST(TargetKeeper, AsksATargetLessThatHadACpuForHalfOfTheTime) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent}}};
  int tenths = 4;
  stage.usage = [&](Instant now) {
    return ProcessUsage{
        .processes = {100}, .cpu = now.time_since_epoch() * tenths / 10, .runnable = true};
  };
  EXPECT_EQ(asked_behind(stage, 4s).took, 4s);
  tenths = 5;
  const auto [death, took] = asked_behind(stage, 4s);
  ASSERT_TRUE(death);
  EXPECT_TRUE(death->seen);
  EXPECT_EQ(took, 2s);
}

// What it did before it was heard last was work.
TEST(TargetKeeper, CountsNoCpuTimeFromBeforeATargetWasHeard) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent}}};
  const Instant heard = stage.now() + 60s;
  stage.usage = [&](Instant now) {
    const Duration cpu =
        now < heard ? now.time_since_epoch() : heard.time_since_epoch() + (now - heard) / 10;
    return ProcessUsage{.processes = {100}, .cpu = cpu, .runnable = true};
  };
  TargetKeeper keeper(stage);
  const TargetKeeper::Before play = keeper.before_play();
  stage.advance(60s);
  stage.pace().heard(stage.now());
  const Instant before = stage.now();
  EXPECT_TRUE(keeper.death(play));
  EXPECT_EQ(time_since(stage, before), 8s);
}

TEST(TargetKeeper, FindsNoHangOnceTheRunIsStopped) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent}}};
  stage.on_start = [&](const Task&) { stage.stop.raise({Stop::Kind::out_of_time}); };
  EXPECT_FALSE(TargetKeeper(stage).death());
}

TEST(TargetKeeper, WaitsForAProcessToBeGoneThatHoldsNoSocketAnyMore) {
  ScriptedStage stage;
  stage.lingers = 500ms;
  TargetKeeper keeper(stage);
  keeper.start();
  EXPECT_FALSE(keeper.is_dying());
  stage.die();
  EXPECT_TRUE(keeper.is_dying());
}

TEST(TargetKeeper, AsksForNoPongWhereTheTargetAnswersNoPing) {
  ScriptedStage stage;
  stage.target.pongs = false;
  stage.fates = {{"probe/ping", {stays_silent}}};
  EXPECT_FALSE(TargetKeeper(stage).death());
}

TEST(TargetKeeper, StartsADeadTargetAgain) {
  ScriptedStage stage;
  stage.die();
  TargetKeeper keeper(stage);
  EXPECT_TRUE(keeper.revive());
  EXPECT_EQ(stage.starts, 1);
  EXPECT_FALSE(keeper.death());
}

// The one before may still hold the port when the first connect succeeds.
TEST(TargetKeeper, WaitsNoLongerThanUntilTheTargetItselfListens) {
  ScriptedStage stage;
  stage.die();
  stage.listens_itself_after = 40ms;
  const Instant before = stage.now();
  EXPECT_TRUE(TargetKeeper(stage).revive());
  EXPECT_EQ(time_since(stage, before), 40ms);
}

TEST(TargetKeeper, GivesATargetWhosePortIsHeldAnother) {
  ScriptedStage stage;
  stage.die();
  stage.held_for = 5;
  stage.port_is_fixed = false;
  EXPECT_TRUE(TargetKeeper(stage).revive());
  EXPECT_EQ(stage.moves, 1);
  EXPECT_EQ(stage.starts, 2);
}

TEST(TargetKeeper, WaitsForAPortThatIsFixed) {
  ScriptedStage stage;
  stage.die();
  stage.held_for = 1;
  EXPECT_TRUE(TargetKeeper(stage).revive());
  EXPECT_EQ(stage.starts, 2);
}

TEST(TargetKeeper, GivesUpATargetThatDoesNotComeUpAgain) {
  ScriptedStage stage;
  stage.die();
  stage.held_for = 1'000;
  EXPECT_FALSE(TargetKeeper(stage).revive());
  EXPECT_EQ(stage.starts, 3);
}

TEST(TargetKeeper, WaitsAWhileForSomebodyElseToStartATargetAgain) {
  ScriptedStage stage;
  stage.ours = false;
  stage.comes_back = 2s;
  stage.die();
  EXPECT_TRUE(TargetKeeper(stage).revive());
  stage.comes_back = 10s;
  stage.die();
  EXPECT_FALSE(TargetKeeper(stage).revive());
}

TEST(TargetKeeper, DoesNotTakeAHangForALifeThatCameBack) {
  ScriptedStage stage;
  stage.ours = false;
  stage.fates = {{"probe/ping", {stays_silent}}};
  EXPECT_FALSE(TargetKeeper(stage).revive());
}

}  // namespace
}  // namespace wsconform::target_keeper_test
