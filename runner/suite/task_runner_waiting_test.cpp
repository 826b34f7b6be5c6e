#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>

#include "runner/suite/tested_task_runner.h"

namespace wsconform::task_runner_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

// Cases of one run, and of a later one that goes on while some of the first wait.
class WaitingBeside : public testing::Test {
 protected:
  WaitingBeside() {
    unanswered_.at_rest = true;
    stage_.usage = [](Instant) { return ProcessUsage{.processes = {100}}; };
  }

  void begin(const std::vector<std::string>& ids, std::size_t waiting = 10) {
    TaskPool pool(tasks(ids));
    runner_.begin(pool, {.jobs = 4, .waiting = waiting});
  }
  void run(const std::vector<std::string>& ids) { runner_.run(tasks(ids), {.jobs = 4}); }
  void finish() { runner_.finish({.jobs = 4, .waiting = 10}); }

  std::vector<std::string> verdicts() const {
    std::vector<std::string> all;
    for (const CaseResult& each : told_)
      all.push_back(each.id + ' ' + std::string(name_of(each.verdict)));
    return all;
  }
  std::size_t plays(std::string_view id) const {
    return static_cast<std::size_t>(std::ranges::count(stage_.played, id));
  }
  TaskRunner::Hooks hooks() {
    return {[this](Finished ended) { told_.push_back(std::move(ended.result)); }};
  }
  std::vector<Task> tasks(const std::vector<std::string>& ids) {
    std::vector<Task> all;
    for (const std::string& each : ids) all.push_back({&cases_.emplace_back(named(each)), 1});
    return all;
  }

  ScriptedStage stage_;
  Fate unanswered_ = stays_silent;
  std::list<Case> cases_;
  std::vector<CaseResult> told_;
  TargetKeeper keeper_{stage_};
  TaskRunner runner_{stage_, keeper_, stage_.stop, hooks()};
};

TEST_F(WaitingBeside, HaveTheirResultsBehindThoseOfALaterRun) {
  stage_.fates = {{"b", {unanswered_}}};
  begin({"a", "b"});
  EXPECT_EQ(runner_.waiting(), 1U);
  EXPECT_LT(stage_.now(), stage_.began() + std::chrono::seconds(3601));
  run({"x"});
  finish();
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "x pass", "b fail"));
  EXPECT_EQ(plays("b"), 1U);
  EXPECT_EQ(runner_.waiting(), 0U);
}

// Neither is played again while the later run goes on, which may be one that is watched.
TEST_F(WaitingBeside, AreJudgedAgainWithTheOthersOfTheirRun) {
  stage_.fates = {{"b", {stays_silent, passes}}, {"c", {is_torn, passes}}};
  begin({"a", "b", "c"});
  run({"x"});
  EXPECT_THAT(stage_.played, ElementsAre("a", "b", "c", "x"));
  finish();
  EXPECT_THAT(stage_.played, ElementsAre("a", "b", "c", "x", "b", "c"));
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "x pass", "b pass", "c pass"));
}

TEST_F(WaitingBeside, ArePlayedAgainWhereTheTargetDiesMeanwhile) {
  stage_.fates = {{"b", {unanswered_, passes}}, {"x", {kills}}};
  begin({"a", "b"});
  run({"x", "y"});
  EXPECT_EQ(runner_.waiting(), 0U);
  EXPECT_EQ(plays("b"), 2U);
  EXPECT_THAT(verdicts(), IsSupersetOf({"b pass", "y pass"}));
  finish();
  EXPECT_EQ(told_.size(), 4U);
}

TEST_F(WaitingBeside, AreNotJudgedWhereTheTargetDiesAndDoesNotComeBack) {
  stage_.starts_again = false;
  stage_.fates = {{"b", {unanswered_}}, {"x", {kills}}};
  begin({"a", "b"});
  run({"x"});
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "x error", "b error"));
}

TEST_F(WaitingBeside, ArePlayedAgainWhereTheTargetWasStartedAgainMeanwhile) {
  stage_.fates = {{"b", {unanswered_, passes}}};
  begin({"a", "b"});
  keeper_.revive();
  finish();
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass"));
}

// The death may be theirs.
TEST_F(WaitingBeside, KeepACaseFromBeingBlamedBeforeTheTargetDiesInItAlone) {
  stage_.fates = {{"b", {unanswered_}}, {"x", {kills, passes}}};
  begin({"a", "b"});
  run({"x"});
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "x pass", "b fail"));
  EXPECT_EQ(plays("x"), 2U);
}

TEST_F(WaitingBeside, AreNotLeftWhereTheTargetHangs) {
  stage_.fates = {{"b", {hangs_it}}};
  begin({"a", "b"});
  EXPECT_EQ(runner_.waiting(), 0U);
  EXPECT_THAT(verdicts(), IsSupersetOf({"a pass", "b fail"}));
}

TEST_F(WaitingBeside, AreNotLeftWhereNobodySeesTheTarget) {
  stage_.usage = {};
  stage_.fates = {{"b", {stays_silent}}};
  begin({"a", "b"});
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail"));
}

TEST_F(WaitingBeside, AreNotLeftWhereMoreOfThemAreThanMayWait) {
  stage_.fates = {{"a", {unanswered_}}, {"b", {unanswered_}}};
  begin({"a", "b"}, 1);
  EXPECT_EQ(runner_.waiting(), 1U) << "the first ended";
  EXPECT_THAT(verdicts(), ElementsAre("a fail"));
}

TEST_F(WaitingBeside, AreNotLeftWhereAResultMayEndTheRun) {
  stage_.fates = {{"b", {unanswered_}}};
  TaskRunner::Hooks ending = hooks();
  ending.ends_run = [](const CaseResult& each) { return each.verdict == Verdict::fail; };
  TaskRunner runner(stage_, keeper_, stage_.stop, ending);
  TaskPool pool(tasks({"a", "b"}));
  runner.begin(pool, {.jobs = 4, .waiting = 10});
  EXPECT_EQ(stage_.stop.why()->kind, Stop::Kind::unexpected_result);
}

TEST_F(WaitingBeside, HaveNoResultsWhereTheRunEndsMeanwhile) {
  stage_.fates = {{"b", {unanswered_}}, {"c", {is_torn}}};
  begin({"a", "b", "c"});
  stage_.stop.raise({Stop::Kind::out_of_time});
  finish();
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "c fail"));
}

TEST_F(WaitingBeside, AreDroppedWithWhatWasToBeJudgedAgainTold) {
  stage_.fates = {{"b", {unanswered_}}, {"c", {is_torn}}};
  begin({"a", "b", "c"});
  EXPECT_THAT(verdicts(), ElementsAre("a pass"));
  runner_.drop_waiting();
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "c fail"));
  finish();
  EXPECT_EQ(told_.size(), 2U);
}

}  // namespace
}  // namespace wsconform::task_runner_test
