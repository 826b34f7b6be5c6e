#include "runner/suite/task_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <system_error>

#include "core/machine_fault.h"
#include "runner/suite/tested_task_runner.h"

namespace wsconform::task_runner_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(TaskRunnerTest, TellsEveryResultOnce) {
  stage_.fates = {{"b", {fails}}};
  run(5, 2);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail", "c pass", "d pass", "e pass"));
  EXPECT_THAT(stage_.played, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_EQ(stage_.most_at_once, 2U);
  EXPECT_EQ(stage_.starts, 0);
}

TEST_F(TaskRunnerTest, JudgesAgainWhatADeadlineJudged) {
  stage_.fates = {{"b", {stays_silent, passes}}};
  run(3, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c pass"));
  EXPECT_THAT(stage_.played, ElementsAre("a", "b", "c", "b"));
}

TEST_F(TaskRunnerTest, TellsWhatItWaitsFor) {
  stage_.fates = {{"b", {stays_silent, passes}}};
  run(3, 3);
  EXPECT_THAT(waits_, ElementsAre("1 case again, which got no answer in time"));
}

TEST_F(TaskRunnerTest, TellsThatItWaitsForATargetToComeBack) {
  stage_.fates = {{"b", {kills}}};
  run(3, 3);
  EXPECT_THAT(waits_, testing::Contains(testing::HasSubstr("the target to come back: it died")));
}

TEST_F(TaskRunnerTest, TakesASecondDeadlineForTheAnswer) {
  stage_.fates = {{"b", {stays_silent}}};
  run(3, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail", "c pass"));
  EXPECT_EQ(std::ranges::count(stage_.played, "b"), 2);
  EXPECT_EQ(stage_.starts, 0);
}

TEST_F(TaskRunnerTest, RepeatsAFewWithFewBesideThemAndManyAsBefore) {
  stage_.fates = {{"a", {stays_silent, passes}}, {"b", {stays_silent, passes}}};
  stage_.on_start = [this](const Task&) {
    if (stage_.played.size() == 8) stage_.most_at_once = 0;
  };
  run(8, 4);
  EXPECT_EQ(stage_.most_at_once, 1U);
  EXPECT_EQ(stage_.played.size(), 10U);
}

// "a" to "j" are alike: "a", "f" and "j" speak for them. "k" shows that the target lives.
TEST_F(TaskRunnerTest, LetsAFewSpeakForManyThatADeadlineJudgedAlike) {
  for (char id = 'a'; id <= 'j'; ++id) stage_.fates[std::string(1, id)] = {stays_silent};
  run(11, 11);
  EXPECT_EQ(told_.size(), 11U);
  EXPECT_EQ(std::ranges::count(stage_.played, "a"), 2);
  EXPECT_EQ(std::ranges::count(stage_.played, "b"), 1);
}

TEST_F(TaskRunnerTest, RepeatsAllOfThemWhereOneThatSpeaksGetsAnAnswer) {
  for (char id = 'a'; id <= 'j'; ++id) stage_.fates[std::string(1, id)] = {stays_silent, passes};
  run(10, 10);
  EXPECT_EQ(told_.size(), 10U);
  EXPECT_EQ(stage_.played.size(), 20U);
  EXPECT_TRUE(std::ranges::all_of(
      told_, [](const CaseResult& each) { return each.verdict == Verdict::pass; }));
}

TEST_F(TaskRunnerTest, RepeatsNoneOfAKindThatWasRepeatedInAnEarlierRun) {
  stage_.fates = {{"a", {stays_silent}}, {"b", {passes, stays_silent}}};
  then_alone_ = {"b"};
  run(3, 3);
  EXPECT_EQ(std::ranges::count(stage_.played, "a"), 2);
  EXPECT_EQ(std::ranges::count(stage_.played, "b"), 2);
  EXPECT_EQ(told_.back().verdict, Verdict::fail);
}

// It had all the time there is; others are busy with those beside them.
TEST_F(TaskRunnerTest, RepeatsNoneThatATargetAtRestLeftUnanswered) {
  Fate unanswered = stays_silent;
  unanswered.at_rest = true;
  stage_.fates = {{"a", {unanswered, passes}}, {"b", {stays_silent, passes}}};
  run(3, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a fail", "b pass", "c pass"));
}

TEST_F(TaskRunnerTest, EndsTheRunAtOnceByOneThatATargetAtRestLeftUnanswered) {
  Fate unanswered = stays_silent;
  unanswered.at_rest = true;
  stage_.fates = {{"a", {unanswered}}};
  ends_run_ = [](const CaseResult& each) { return each.verdict == Verdict::fail; };
  run(3, 1);
  EXPECT_THAT(verdicts(), ElementsAre("a fail"));
}

// Nothing is to come that would have to wait for it.
TEST_F(TaskRunnerTest, GivesUpNoneThatWaitsWhereAllAreUnderWay) {
  for (const char* id : {"a", "c", "e"}) stage_.fates[id] = {stays_silent};
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "e") stage_.advance(std::chrono::milliseconds(1500));
  };
  waiting_ = 5;
  run(5, 5);
  EXPECT_EQ(stage_.played.size(), 8U);
}

TEST_F(TaskRunnerTest, AsksAgainAloneWhetherTimeGrowsOutOfProportion) {
  Fate slow = fails;
  slow.time_leaps = true;
  stage_.fates = {{"b", {slow, passes}}, {"c", {slow}}};
  run(3, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c fail"));
  EXPECT_EQ(std::ranges::count(stage_.played, "c"), 2);
}

// On a machine that is too busy for that, too, nobody fails.
TEST_F(TaskRunnerTest, AsksAgainAloneWhatTheTargetGaveUpWaitingFor) {
  Fate late = fails;
  late.gave_up = true;
  stage_.fates = {{"b", {late, passes}}, {"c", {late}}};
  run(3, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c error"));
  EXPECT_EQ(std::ranges::count(stage_.played, "c"), 2);
}

TEST_F(TaskRunnerTest, RepeatsWhatWasTornUntilAnAnswerComes) {
  stage_.fates = {{"b", {is_torn, is_torn, passes}}};
  run(3, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c pass"));
  EXPECT_EQ(std::ranges::count(stage_.played, "b"), 3);
}

TEST_F(TaskRunnerTest, LetsAResetStandThatComesEachTime) {
  stage_.fates = {{"b", {is_torn}}};
  run(3, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail", "c pass"));
  EXPECT_EQ(std::ranges::count(stage_.played, "b"), 4);
}

TEST_F(TaskRunnerTest, RepeatsNothingThatPassesByAReset) {
  Fate passed = is_torn;
  passed.verdict = Verdict::pass;
  stage_.fates = {{"b", {passed}}};
  run(3, 3);
  EXPECT_EQ(std::ranges::count(stage_.played, "b"), 1);
}

TEST_F(TaskRunnerTest, EndsAtTheFirstResultThatItWasToldToEndAt) {
  stage_.fates = {{"b", {fails}}};
  ends_run_ = [](const CaseResult& each) { return each.verdict == Verdict::fail; };
  run(4, 1);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail"));
  EXPECT_EQ(stage_.stop.why()->kind, Stop::Kind::unexpected_result);
}

TEST_F(TaskRunnerTest, EndsAtNoResultOfADeadlineBeforeItIsReachedAgain) {
  stage_.fates = {{"a", {stays_silent, passes}}};
  ends_run_ = [](const CaseResult& each) { return each.verdict == Verdict::fail; };
  run(3, 1);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c pass"));
  EXPECT_FALSE(stage_.stop.raised());
}

TEST_F(TaskRunnerTest, KeepsTheFirstResultsWhereARepetitionIsStopped) {
  stage_.fates = {{"a", {stays_silent}}, {"b", {stays_silent}}, {"c", {stays_silent}}};
  ends_run_ = [](const CaseResult& each) { return each.verdict == Verdict::fail; };
  run(3, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a fail", "b fail", "c fail"));
  EXPECT_EQ(stage_.stop.why()->kind, Stop::Kind::unexpected_result);
}

TEST_F(TaskRunnerTest, KeepsTheFirstResultsWhereTheMachineGivesOutInARepetition) {
  // Seven of a kind: a few speak for the others.
  for (char id = 'a'; id <= 'g'; ++id) stage_.fates[std::string(1, id)] = {stays_silent};
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "d" && !waits_.empty())
      throw MachineFault(std::make_error_code(std::errc::too_many_files_open), "no descriptor");
  };
  EXPECT_THROW(run(7, 7), MachineFault);
  EXPECT_THAT(waits_, ElementsAre(testing::HasSubstr("which got no answer in time")));
  EXPECT_THAT(verdicts(),
              ElementsAre("a fail", "b fail", "c fail", "d fail", "e fail", "f fail", "g fail"));
}

TEST_F(TaskRunnerTest, PlaysNothingMoreOnceTheRunIsStopped) {
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "b") stage_.stop.raise({Stop::Kind::interrupted});
  };
  run(4, 1);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass"));
  EXPECT_THAT(stage_.played, ElementsAre("a", "b"));
}

TEST_F(TaskRunnerTest, HasNothingToDoWithoutTasks) {
  run(0, 4);
  EXPECT_THAT(verdicts(), IsEmpty());
}

}  // namespace
}  // namespace wsconform::task_runner_test
