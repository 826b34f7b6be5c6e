#include "runner/suite/task_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <system_error>

#include "core/machine_fault.h"
#include "runner/casebook/case.h"
#include "runner/suite/scripted_stage.h"

namespace wsconform::task_runner_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Case named(std::string id) {
  Case made;
  made.id = std::move(id);
  return made;
}

// Cases a, b, c, ... on a target that is a table.
class TaskRunnerTest : public testing::Test {
 protected:
  void run(std::size_t count, std::size_t jobs) {
    for (std::size_t n = 0; n < count; ++n)
      cases_.push_back(named(std::string(1, static_cast<char>('a' + n))));
    run_cases(jobs);
  }
  // Variants 1, 2, 3, ... of one case.
  void run_variants(std::size_t count, std::size_t jobs) {
    for (std::size_t n = 1; n <= count; ++n) cases_.push_back(named("k/" + std::to_string(n)));
    run_cases(jobs);
  }
  void run_cases(std::size_t jobs) {
    std::vector<Task> tasks;
    for (const Case& each : cases_) tasks.push_back({&each, 1});
    TargetKeeper keeper(stage_);
    TaskRunner runner(stage_, keeper, stage_.stop,
                      {[this](Finished ended) { told_.push_back(std::move(ended.result)); },
                       ends_run_, [this](std::string_view what) { waits_.emplace_back(what); }});
    runner.run(tasks, {.jobs = jobs, .waiting = waiting_});
    for (const std::string& each : then_alone_) {
      const Case& one = *std::ranges::find(cases_, each, &Case::id);
      runner.run({{&one, 2}}, {});
    }
  }
  // "a pass", in the order of their ids.
  std::vector<std::string> verdicts() const {
    std::vector<std::string> all;
    for (const CaseResult& each : told_)
      all.push_back(each.id + ' ' + std::string(name_of(each.verdict)));
    std::ranges::sort(all);
    return all;
  }
  std::string reason(std::string_view id) const {
    const auto found = std::ranges::find(told_, id, &CaseResult::id);
    return found == told_.end() ? "no result" : found->reason;
  }

  ScriptedStage stage_;
  std::vector<CaseResult> told_;
  std::vector<std::string> waits_;
  std::function<bool(const CaseResult&)> ends_run_;
  std::size_t waiting_ = 0;
  std::vector<std::string> then_alone_;  // each in a run of its own, with nothing beside it

 private:
  std::vector<Case> cases_;
};

constexpr std::string_view died = "The target died in this case: exit code 7.";
constexpr std::string_view hung = "The target hung in this case: it no longer answers.";

TEST_F(TaskRunnerTest, TellsEveryResultOnce) {
  stage_.fates = {{"b", {fails}}};
  run(5, 2);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail", "c pass", "d pass", "e pass"));
  EXPECT_THAT(stage_.played, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_EQ(stage_.most_at_once, 2U);
  EXPECT_EQ(stage_.starts, 0);
}

TEST_F(TaskRunnerTest, NamesTheCaseThatKilledTheTargetAndPlaysTheOthersAgain) {
  stage_.fates = {{"b", {kills}}};
  run(4, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail", "c pass", "d pass"));
  EXPECT_EQ(reason("b"), died);
  EXPECT_EQ(stage_.starts, 2);
  EXPECT_FALSE(stage_.stop.raised());
}

TEST_F(TaskRunnerTest, FindsTheKillerAmongManyThatWereUnderWay) {
  stage_.fates = {{"c", {kills}}};
  run(9, 9);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c fail", "d pass", "e pass", "f pass",
                                      "g pass", "h pass", "i pass"));
  EXPECT_EQ(reason("c"), died);
  EXPECT_FALSE(stage_.stop.raised());
}

TEST_F(TaskRunnerTest, KeepsWhatWasFinishedLongBeforeADeath) {
  stage_.fates = {{"d", {kills}}};
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "d") stage_.advance(std::chrono::seconds(1));
  };
  run(4, 1);
  EXPECT_EQ(reason("d"), died);
  EXPECT_EQ(std::ranges::count(stage_.played, "a"), 1);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c pass", "d fail"));
}

// What ended just before looks as if it had met what it awaited.
TEST_F(TaskRunnerTest, TakesNoEndOfTcpJustBeforeADeathForAnAnswer) {
  stage_.fates = {{"a", {passes_by_an_end, fails}}, {"b", {kills}}};
  run(3, 2);
  EXPECT_THAT(verdicts(), ElementsAre("a fail", "b fail", "c pass"));
  EXPECT_EQ(reason("b"), died);
}

TEST_F(TaskRunnerTest, NamesEachOfSeveralKillers) {
  stage_.fates = {{"b", {kills}}, {"c", {kills}}};
  run(5, 5);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail", "c fail", "d pass", "e pass"));
  EXPECT_EQ(reason("b"), died);
  EXPECT_EQ(reason("c"), died);
}

// Behind the first, each costs one start.
TEST_F(TaskRunnerTest, PlaysTheVariantsOfAKillerOneByOne) {
  for (int n = 1; n <= 8; ++n) stage_.fates["k/" + std::to_string(n)] = {kills};
  run_variants(8, 8);
  EXPECT_EQ(std::ranges::count(told_, died, &CaseResult::reason), 8);
  EXPECT_LE(stage_.starts, 10);
  EXPECT_EQ(std::ranges::count(stage_.played, "k/8"), 2);
  EXPECT_FALSE(stage_.stop.raised());
}

TEST_F(TaskRunnerTest, PlaysThemBesideEachOtherAgainWhereAFewDoNoHarm) {
  stage_.fates = {{"k/1", {kills}}, {"k/30", {kills}}};
  run_variants(40, 4);
  EXPECT_EQ(told_.size(), 40U);
  EXPECT_EQ(reason("k/1"), died);
  EXPECT_EQ(reason("k/30"), died);
  EXPECT_EQ(std::ranges::count(told_, Verdict::pass, &CaseResult::verdict), 38);
  EXPECT_EQ(stage_.most_at_once, 4U);
}

TEST_F(TaskRunnerTest, GivesUpTheVariantsOfAKillerWhereTheTargetStartsNoMore) {
  for (int n = 1; n <= 4; ++n) stage_.fates["k/" + std::to_string(n)] = {kills};
  stage_.on_start = [this](const Task&) {
    if (stage_.starts == 3) stage_.starts_again = false;
  };
  run_variants(4, 1);
  EXPECT_EQ(std::ranges::count(told_, Verdict::error, &CaseResult::verdict), 1) << told_.size();
  EXPECT_TRUE(stage_.stop.raised());
}

TEST_F(TaskRunnerTest, NamesTheCaseThatHungTheTarget) {
  stage_.fates = {{"b", {hangs_it}}};
  run(4, 2);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail", "c pass", "d pass"));
  EXPECT_EQ(reason("b"), hung);
}

TEST_F(TaskRunnerTest, BlamesNobodyForADeathThatDoesNotComeAgain) {
  stage_.fates = {{"b", {kills, passes}}};
  run(3, 3);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c pass"));
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

TEST_F(TaskRunnerTest, GivesUpWhereNobodyStartsTheTargetAgain) {
  stage_.ours = false;
  stage_.fates = {{"b", {kills}}};
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "b") stage_.advance(std::chrono::milliseconds(1));
  };
  run(6, 2);
  EXPECT_THAT(verdicts(),
              ElementsAre("a pass", "b error", "c error", "d error", "e error", "f error"));
  EXPECT_EQ(reason("b"),
            "The target died or hung while this case was under way, and did not come back.");
  EXPECT_EQ(reason("f"), "The target had died, or hung, before this case began.");
  ASSERT_TRUE(stage_.stop.raised());
  EXPECT_EQ(stage_.stop.why()->kind, Stop::Kind::target_died);
  EXPECT_THAT(stage_.stop.why()->under_way, ElementsAre("b", "c", "d", "e"));
}

TEST_F(TaskRunnerTest, FindsOutThatATargetOfSomebodyElseDiesOfTheLastCase) {
  stage_.ours = false;
  Fate cut = kills;
  cut.ended = cut.cut_off = true;
  stage_.fates = {{"c", {cut}}};
  run(3, 1);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c error"));
  ASSERT_TRUE(stage_.stop.raised());
  EXPECT_EQ(stage_.stop.why()->kind, Stop::Kind::target_died);
  EXPECT_THAT(stage_.stop.why()->under_way, ElementsAre("c"));
}

TEST_F(TaskRunnerTest, GoesOnWhereSomebodyElseStartsTheTargetAgain) {
  stage_.ours = false;
  stage_.comes_back = std::chrono::seconds(1);
  stage_.fates = {{"b", {kills}}};
  run(4, 2);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail", "c pass", "d pass"));
  EXPECT_EQ(reason("b"), "The target died in this case.");
  EXPECT_FALSE(stage_.stop.raised());
}

TEST_F(TaskRunnerTest, GivesUpWhereTheTargetStartsNoMore) {
  stage_.fates = {{"a", {kills}}};
  stage_.starts_again = false;
  run(3, 1);
  EXPECT_THAT(verdicts(), ElementsAre("a error", "b error", "c error"));
  EXPECT_EQ(stage_.stop.why()->kind, Stop::Kind::target_died);
}

TEST_F(TaskRunnerTest, EndsAtTheFirstResultThatItWasToldToEndAt) {
  stage_.fates = {{"b", {fails}}};
  ends_run_ = [](const CaseResult& each) { return each.verdict == Verdict::fail; };
  run(4, 1);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail"));
  EXPECT_EQ(stage_.stop.why()->kind, Stop::Kind::unexpected_result);
}

TEST_F(TaskRunnerTest, EndsAtTheDeathThatItWasToldToEndAt) {
  for (int n = 1; n <= 6; ++n) stage_.fates["k/" + std::to_string(n)] = {kills};
  ends_run_ = [](const CaseResult& result) { return result.verdict == Verdict::fail; };
  run_variants(6, 3);
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_EQ(told_.front().reason, died);
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
