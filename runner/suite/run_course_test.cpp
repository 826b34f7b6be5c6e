#include "runner/suite/run_course.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <system_error>

#include "core/machine_fault.h"
#include "runner/casebook/case.h"
#include "runner/suite/scripted_stage.h"
#include "runner/suite/tested_course.h"

namespace wsconform::run_course_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Its target is looked at from beside it.
Case watched(std::string id) {
  Case made = named(std::move(id));
  made.section = "security/s";
  return made;
}

class RunCourseTest : public testing::Test {
 protected:
  RunCourseTest() {
    stage_.target.url = "ws://table/";
    stage_.ours = false;
  }

  Results run(const std::vector<Case>& cases, RunOptions options = {}) {
    RunCourse course({&stage_, &stage_.target}, nullptr, stage_.stop, std::move(options),
                     {[this](const CaseResult& result) { told_.push_back(result.id); },
                      [this](std::string_view what) { waits_.emplace_back(what); }});
    course.prepare(spare_);
    course.run(cases);
    return course.take_results();
  }
  // So many cases; the 101 of each has a fault when it is played for the first time.
  Results run_with_a_fault_at_first(int count) {
    const Fate unasked{.verdict = Verdict::fail, .fault = HandshakeFault::subprotocol_not_offered};
    std::vector<Case> cases;
    for (int n = 0; n < count; ++n) {
      cases.push_back(named("c" + std::to_string(n)));
      stage_.fates[cases.back().id] = {unasked, passes};
    }
    return run(cases);
  }
  std::string why_unreachable() {
    try {
      run({named("a")});
    } catch (const TargetUnreachable& unreachable) {
      return unreachable.what();
    }
    return "reached";
  }
  // Before the case is played for that time.
  void when(std::string id, int time, std::function<void()> then) {
    stage_.on_start = [id = std::move(id), time, then = std::move(then),
                       seen = 0](const Task& task) mutable {
      if (task.to_run->id == id && ++seen == time) then();
    };
  }
  static std::vector<std::string> ids(const Results& results) {
    std::vector<std::string> all;
    for (const CaseResult& each : results.cases) all.push_back(each.id);
    return all;
  }
  static std::vector<std::string> facts(const Results& results) {
    std::vector<std::string> names;
    for (const Fact& each : results.target.facts) names.push_back(each.name);
    return names;
  }

  ScriptedStage stage_;
  std::size_t spare_ = 0;  // connections
  std::vector<std::string> told_;
  std::vector<std::string> waits_;
};

TEST_F(RunCourseTest, PlaysWhatNeedsTheTargetForItselfBehindTheOthers) {
  const Results results = run({named("b", true), named("c"), named("a")});
  EXPECT_THAT(stage_.played, ElementsAre("c", "a", "b"));
  EXPECT_EQ(told_, stage_.played);
  EXPECT_THAT(ids(results), ElementsAre("a", "b", "c"));
  EXPECT_FALSE(results.stop);
  EXPECT_EQ(results.target.url, "ws://table/");
  EXPECT_EQ(results.target.server, "table");
  EXPECT_TRUE(stage_.target.echoes);
}

TEST_F(RunCourseTest, StartsAProcessOfOursBeforeItAsks) {
  stage_.ours = true;
  run({named("a")});
  EXPECT_EQ(stage_.starts, 1);
  ASSERT_GE(waits_.size(), 2U);
  EXPECT_EQ(waits_[0], "the command of --exec to listen");
  EXPECT_EQ(waits_[1], "answers to what the target can do");
}

TEST_F(RunCourseTest, EndsBeforeTheFirstCaseWhereTheTargetDoesNotComeUp) {
  stage_.ours = true;
  stage_.starts_again = false;
  EXPECT_THAT(why_unreachable(),
              HasSubstr("The command of --exec did not become reachable at ws://table/"));
  EXPECT_THAT(told_, IsEmpty());
  stage_.port_taken = true;
  EXPECT_THROW(run({named("a")}), PortTaken);
}

TEST_F(RunCourseTest, EndsBeforeTheFirstCaseWhereTheTargetIsNoServer) {
  stage_.fates = {{"probe/handshake", {Fate{.verdict = Verdict::fail, .upgraded = false}}}};
  EXPECT_THAT(why_unreachable(), HasSubstr("ws://table/ cannot be judged. It answers"));
  EXPECT_THAT(stage_.played, IsEmpty());
}

TEST_F(RunCourseTest, EndsBeforeTheFirstCaseWhereNobodyIsLetIn) {
  stage_.lets_nobody_in = "The login gave no cookie.";
  EXPECT_EQ(why_unreachable(), "ws://table/ cannot be judged. The login gave no cookie.");
}

TEST_F(RunCourseTest, BlamesNoTargetForARunThatWasStoppedWhileItWasAsked) {
  when("probe/handshake", 1, [this] { stage_.stop.raise({Stop::Kind::interrupted}); });
  const Results results = run({named("a")});
  EXPECT_EQ(results.stop->kind, Stop::Kind::interrupted);
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_THAT(stage_.played, IsEmpty());
}

TEST_F(RunCourseTest, TellsOfCasesThatTheTargetIsNotFitFor) {
  Case needs = named("a");
  needs.needs = {"subprotocol"};
  const Results results = run({needs, named("b")});
  EXPECT_THAT(stage_.played, ElementsAre("b"));
  EXPECT_EQ(results.cases.front().verdict, Verdict::skipped);
}

// Forty of a fault show that it is one of many 101s.
TEST_F(RunCourseTest, PlaysAgainWhatAFaultOfMany101sDecidedAndOverlooksTheFault) {
  const Results results = run_with_a_fault_at_first(40);
  ASSERT_EQ(results.cases.size(), 40U);
  for (const CaseResult& each : results.cases) EXPECT_EQ(each.verdict, Verdict::pass) << each.id;
  EXPECT_THAT(facts(results), Contains("Many 101s: subprotocol-not-offered"));
}

TEST_F(RunCourseTest, LetsAFaultOfFew101sStand) {
  const Results results = run_with_a_fault_at_first(39);
  ASSERT_EQ(results.cases.size(), 39U);
  for (const CaseResult& each : results.cases) EXPECT_EQ(each.verdict, Verdict::fail) << each.id;
  EXPECT_THAT(facts(results), Not(Contains("Many 101s: subprotocol-not-offered")));
}

TEST_F(RunCourseTest, TellsWhatAFaultDecidedWhereTheRunIsStopped) {
  const Fate unasked{.verdict = Verdict::fail, .fault = HandshakeFault::subprotocol_not_offered};
  stage_.fates = {{"a", {unasked}}};
  when("b", 1, [this] { stage_.stop.raise({Stop::Kind::interrupted}); });
  EXPECT_THAT(ids(run({named("a"), named("b")}, {.jobs = 1})), ElementsAre("a", "b"));
}

TEST_F(RunCourseTest, TellsEachCaseSoOftenAsItIsRepeated) {
  const Results results = run({named("a"), named("b")}, {.repeat = 2});
  ASSERT_THAT(ids(results), ElementsAre("a", "a", "b", "b"));
  EXPECT_EQ(results.cases[0].repetition, 1);
  EXPECT_EQ(results.cases[1].repetition, 2);
}

TEST_F(RunCourseTest, EndsWithADeathInTheLastGroup) {
  stage_.ours = true;
  stage_.fates = {{"b", {kills}}};
  when("b", 1, [this] { stage_.starts_again = false; });
  const Results results = run({named("a"), named("b", true)}, {.limits = true});
  EXPECT_EQ(results.stop->kind, Stop::Kind::target_died);
  EXPECT_THAT(ids(results), ElementsAre("a", "b"));
  EXPECT_THAT(facts(results), Not(Contains("largest text message")));
}

TEST_F(RunCourseTest, AsksAtLastWhetherTheTargetLives) {
  // Three Pings measure it, one more is the last look.
  stage_.fates = {{"probe/ping", {passes, passes, passes, stays_silent}}};
  const Results results = run({named("a")});
  EXPECT_EQ(results.stop->kind, Stop::Kind::target_silent);
  EXPECT_THAT(ids(results), ElementsAre("a"));
}

TEST_F(RunCourseTest, SearchesForLimitsOnlyWhereItIsAskedTo) {
  EXPECT_THAT(facts(run({named("a")})), Not(Contains("largest text message")));
  EXPECT_THAT(facts(run({named("a")}, {.limits = true})), Contains("largest text message"));
}

TEST_F(RunCourseTest, TellsHowManyCasesTheTimeDidNotSufficeFor) {
  when("b", 1, [this] { stage_.stop.raise({Stop::Kind::out_of_time}); });
  const Results results = run({named("a"), named("b"), named("c"), named("d")}, {.jobs = 1});
  EXPECT_EQ(results.stop->kind, Stop::Kind::out_of_time);
  EXPECT_EQ(results.stop->why, "2 cases");
}

TEST_F(RunCourseTest, TellsThatTheTimeSufficedForTheCasesAlone) {
  when("limits/4096", 1, [this] { stage_.stop.raise({Stop::Kind::out_of_time}); });
  const Results results = run({named("a")}, {.limits = true});
  EXPECT_EQ(results.stop->why, "what follows the cases");
}

TEST_F(RunCourseTest, EndsAtTheFirstResultThatIsToEndIt) {
  stage_.fates = {{"b", {fails}}};
  const auto fails = [](const CaseResult& result) { return result.verdict == Verdict::fail; };
  const Results results = run({named("a"), named("b"), named("c")}, {.jobs = 1, .ends_run = fails});
  EXPECT_EQ(results.stop->kind, Stop::Kind::unexpected_result);
  EXPECT_THAT(ids(results), ElementsAre("a", "b"));
}

// A target of ours whose processes are looked at.
class WatchedCourse : public RunCourseTest {
 protected:
  WatchedCourse() {
    stage_.ours = true;
    stage_.usage = [](Instant) { return ProcessUsage{}; };
  }
};

TEST_F(WatchedCourse, PlaysWhatIsLookedAtBetweenTheOthersAndThoseAlone) {
  const Results results = run({watched("security/s/w"), named("b", true), named("a")});
  EXPECT_THAT(stage_.played, ElementsAre("a", "security/s/w", "b"));
  EXPECT_THAT(results.cases.back().notes, Contains(HasSubstr("of CPU time")));
  EXPECT_THAT(facts(results), Contains(HasSubstr("memory")));
}

TEST_F(WatchedCourse, LooksAtOthersWhileSomeOnlyWait) {
  spare_ = 8;
  Fate unanswered = stays_silent;
  unanswered.at_rest = true;
  stage_.fates = {{"a", {unanswered}}, {"security/s/w1", {unanswered}}};
  const Results results = run({watched("security/s/w1"), watched("security/s/w2"), named("a"),
                               named("b", true), named("c")});
  EXPECT_THAT(stage_.played, ElementsAre("a", "c", "security/s/w1", "security/s/w2", "b"));
  EXPECT_THAT(told_, ElementsAre("c", "security/s/w2", "security/s/w1", "a", "b"));
  EXPECT_EQ(results.cases.size(), 5U);
}

TEST_F(WatchedCourse, EndsAtTheFirstResultThatIsToEndIt) {
  stage_.fates = {{"a", {fails}}};
  const auto fails = [](const CaseResult& result) { return result.verdict == Verdict::fail; };
  const Results results = run({named("a", true), named("b", true)}, {.ends_run = fails});
  EXPECT_EQ(results.stop->kind, Stop::Kind::unexpected_result);
  EXPECT_THAT(ids(results), ElementsAre("a"));
}

TEST_F(WatchedCourse, TellsWhatItHadOfAStretchInWhichTheMachineGaveOut) {
  // The second is silent, so that it is played again: there the descriptors are used up.
  stage_.fates = {{"security/s/w2", {stays_silent}}};
  when("security/s/w2", 2, [] {
    throw MachineFault(std::make_error_code(std::errc::too_many_files_open), "no descriptor");
  });
  const Results results = run({watched("security/s/w1"), watched("security/s/w2"), named("a")});
  EXPECT_EQ(results.stop->kind, Stop::Kind::machine_fault);
  EXPECT_THAT(results.stop->why, HasSubstr("no descriptor"));
  EXPECT_THAT(ids(results), ElementsAre("a", "security/s/w1", "security/s/w2"));
  EXPECT_EQ(told_.size(), 3U);
}

}  // namespace
}  // namespace wsconform::run_course_test
