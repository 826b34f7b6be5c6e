#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string_view>

#include "runner/suite/tested_task_runner.h"

namespace wsconform::task_runner_test {
namespace {

using testing::ElementsAre;

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

TEST_F(TaskRunnerTest, LetsVariantsThatOnlyWaitStandBesideEachOther) {
  stage_.fates["k/1"] = {kills};
  for (int n = 2; n <= 12; ++n) stage_.fates["k/" + std::to_string(n)] = {stays_silent};
  stage_.fates["k/4"] = {kills};
  waiting_ = 12;
  const Instant began = stage_.now();
  run_variants(12, 1);
  EXPECT_EQ(reason("k/1"), died);
  EXPECT_EQ(reason("k/4"), died);
  EXPECT_EQ(std::ranges::count(told_, "As the table has it.", &CaseResult::reason), 10);
  EXPECT_LE(stage_.now() - began, 8 * stage_.pace().patience());
}

// Behind the first, each costs one start.
TEST_F(TaskRunnerTest, NamesTheKillerOfAFewWhereTheTargetDiesInItAgain) {
  stage_.fates = {{"b", {kills}}};
  run(4, 4);
  EXPECT_EQ(reason("b"), died);
  EXPECT_EQ(std::ranges::count(stage_.played, "b"), 2);
  EXPECT_EQ(stage_.starts, 2);
}

// How a process spends its time while it keeps silent, and how often the case is played.
struct Hang {
  std::string_view name;
  std::function<ProcessUsage(Instant)> usage;
  int plays;
};
void PrintTo(const Hang& row, std::ostream* out) {
  *out << row.name;
}
const Hang hangs[] = {
    {"OneThatWorks",
     [](Instant now) {
       return ProcessUsage{.processes = {100}, .cpu = now.time_since_epoch() * 3 / 5};
     },
     1},
    {"OneThatRests", [](Instant) { return ProcessUsage{}; }, 1},
    {"OneThatGetsLittleOfTheMachine",
     [](Instant now) {
       return ProcessUsage{.processes = {100}, .cpu = now.time_since_epoch() * 2 / 5};
     },
     2},
    {"OneThatIsNotSeen", {}, 2},
};
class HangOfOne : public TaskRunnerTest, public testing::WithParamInterface<Hang> {};

TEST_P(HangOfOne, IsNamedAtOnceWhereItIsNotTheMachineThatHeldItUp) {
  stage_.fates = {{"a", {hangs_it}}};
  stage_.usage = GetParam().usage;
  run(1, 1);
  EXPECT_EQ(reason("a"), hung);
  EXPECT_EQ(std::ranges::count(stage_.played, "a"), GetParam().plays);
  EXPECT_FALSE(stage_.stop.raised());
}

INSTANTIATE_TEST_SUITE_P(, HangOfOne, testing::ValuesIn(hangs),
                         [](const auto& row) { return std::string(row.param.name); });

// Where a variant hung it, one question is enough for the next.
TEST_F(TaskRunnerTest, AsksOnceWhetherAVariantOfACaseThatHungTheTargetHangsItToo) {
  stage_.fates = {{"k/1", {hangs_it}}, {"k/2", {passes, hangs_it}}};
  stage_.usage = hangs[0].usage;
  then_alone_ = {"k/2"};
  stage_.on_start = [this](const Task& task) {
    if (task.repetition == 2) hung_at_ = stage_.now();
  };
  run_variants(2, 1);
  EXPECT_EQ(told_.back().reason, hung);
  EXPECT_LE(stage_.now() - hung_at_, 2 * stage_.pace().patience());
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
  EXPECT_THAT(stage_.stop.why()->under_way, ElementsAre("c", "b", "e", "d"));
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

TEST_F(TaskRunnerTest, EndsAtTheDeathThatItWasToldToEndAt) {
  for (int n = 1; n <= 6; ++n) stage_.fates["k/" + std::to_string(n)] = {kills};
  ends_run_ = [](const CaseResult& result) { return result.verdict == Verdict::fail; };
  run_variants(6, 3);
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_EQ(told_.front().reason, died);
  EXPECT_EQ(stage_.stop.why()->kind, Stop::Kind::unexpected_result);
}

}  // namespace
}  // namespace wsconform::task_runner_test
