#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>
#include <ranges>
#include <system_error>
#include <thread>

#include "core/machine_fault.h"
#include "runner/casebook/case.h"
#include "runner/suite/run_course.h"
#include "runner/suite/scripted_stage.h"
#include "runner/suite/tested_course.h"

namespace wsconform::run_course_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;
using testing::SizeIs;

// Instances that are tables, each a process of ours.
class TableInstances : public FurtherInstances {
 public:
  std::vector<Instance> make(std::size_t count) override {
    std::vector<Instance> all;
    for (ScriptedStage& each : stages)
      if (all.size() < count) all.push_back({&each, &each.target});
    return all;
  }
  void came_up() override { ++alike; }
  void do_all(std::vector<std::function<void()>> each) override {
    if (at_a_time) {
      std::vector<std::jthread> threads;
      for (auto& does : each) threads.emplace_back(does);
    } else {  // the further ones before the first
      for (auto& does : each | std::views::drop(1)) does();
      each.front()();
    }
  }

  std::list<ScriptedStage> stages;
  bool at_a_time = false;
  std::atomic<int> alike = 0;
};

class SeveralInstances : public testing::Test {
 protected:
  SeveralInstances() { further_.stages.emplace_back(); }

  ScriptedStage& second() { return further_.stages.front(); }
  Results run(const std::vector<Case>& cases, RunOptions options = {.instances = 2}) {
    options.cores = 4;
    StopSign stop([this] {
      first_.stop.raise({Stop::Kind::interrupted});
      for (ScriptedStage& each : further_.stages) each.stop.raise({Stop::Kind::interrupted});
    });
    RunCourse course({&first_, &first_.target}, &further_, stop, std::move(options),
                     {[this](const CaseResult& result) { told_.push_back(result.id); }});
    course.prepare(0);
    course.run(cases);
    return course.take_results();
  }
  // So many of each kind: c0, c1, ... side by side, a0, ... alone.
  static std::vector<Case> cases(int count) {
    std::vector<Case> made;
    for (int n = 0; n < count; ++n) {
      made.push_back(named("c" + std::to_string(n)));
      made.push_back(named("a" + std::to_string(n), true));
    }
    return made;
  }
  static std::vector<std::string> facts(const Results& results) {
    std::vector<std::string> names;
    for (const Fact& each : results.target.facts) names.push_back(each.name);
    return names;
  }

  ScriptedStage first_;
  TableInstances further_;
  std::vector<std::string> told_;
};

TEST_F(SeveralInstances, ShareOutTheCases) {
  const Results results = run(cases(2));
  EXPECT_THAT(second().played, ElementsAre("a1", "a0", "c0", "c1"));
  EXPECT_THAT(first_.played, IsEmpty()) << "they were taken";
  EXPECT_THAT(told_, SizeIs(4));
  EXPECT_THAT(results.cases, SizeIs(4));
  EXPECT_THAT(facts(results), Contains("instances"));
  EXPECT_EQ(first_.starts, 1);
  EXPECT_EQ(second().starts, 1);
}

TEST_F(SeveralInstances, TellEachCaseOnceWhereTheyPlayAtATime) {
  further_.at_a_time = true;
  further_.stages.emplace_back();
  const Results results = run(cases(300), {.instances = 3, .limits = true});
  ASSERT_THAT(results.cases, SizeIs(600));
  EXPECT_THAT(told_, SizeIs(600));
  for (const CaseResult& each : results.cases) EXPECT_EQ(each.verdict, Verdict::pass) << each.id;
  EXPECT_THAT(facts(results), Contains("largest text message"));
  EXPECT_FALSE(results.stop);
}

TEST_F(SeveralInstances, AreNoMoreThanConnections) {
  const Results results = run(cases(1), {.jobs = 1, .instances = 2});
  EXPECT_EQ(second().starts, 0);
  EXPECT_THAT(first_.played, ElementsAre("c0", "a0"));
  EXPECT_THAT(facts(results), Not(Contains("instances")));
}

// It may be a lock, or a port of its own choice, that there is but once.
TEST_F(SeveralInstances, DoWithoutOneThatDoesNotComeUp) {
  second().starts_again = false;
  const Results results = run(cases(2));
  EXPECT_THAT(second().played, IsEmpty());
  EXPECT_THAT(results.cases, SizeIs(4));
  EXPECT_THAT(facts(results), Not(Contains("instances")));
  EXPECT_FALSE(results.stop);
}

TEST_F(SeveralInstances, DoWithoutOneThatIsNotWhatTheFirstIs) {
  second().fates = {{"probe/handshake", {Fate{.verdict = Verdict::fail, .upgraded = false}}}};
  const Results results = run(cases(2));
  EXPECT_THAT(second().played, IsEmpty());
  EXPECT_THAT(results.cases, SizeIs(4));
  EXPECT_FALSE(results.stop);
}

TEST_F(SeveralInstances, DoWithoutOneThatTheMachineHasNoRoomFor) {
  second().on_start = [](const Task&) {
    throw MachineFault(std::make_error_code(std::errc::too_many_files_open), "no descriptor");
  };
  EXPECT_THAT(run(cases(2)).cases, SizeIs(4));
  EXPECT_THAT(second().played, IsEmpty());
}

TEST_F(SeveralInstances, EndTheRunWhereTheMachineGivesOutInOne) {
  second().on_start = [](const Task& task) {
    if (task.to_run->id == "a0")
      throw MachineFault(std::make_error_code(std::errc::too_many_files_open), "no descriptor");
  };
  const Results results = run(cases(2));
  ASSERT_TRUE(results.stop);
  EXPECT_EQ(results.stop->kind, Stop::Kind::machine_fault);
  EXPECT_THAT(told_, ElementsAre("a1")) << "what was reached is told";
  EXPECT_THAT(first_.played, IsEmpty());
}

TEST_F(SeveralInstances, DieForThemselves) {
  second().fates = {{"a0", {kills}}};
  const Results results = run(cases(2));
  EXPECT_EQ(second().starts, 3) << "it died, and once more when the case was asked again";
  EXPECT_EQ(first_.starts, 1);
  EXPECT_EQ(results.cases[0].id, "a0");
  EXPECT_EQ(results.cases[0].verdict, Verdict::fail);
  EXPECT_FALSE(results.stop);
}

TEST_F(SeveralInstances, EndTheRunWhereOneDoesNotComeBack) {
  second().fates = {{"a0", {kills}}};
  second().on_start = [this](const Task& task) {
    if (task.to_run->id == "a0") second().starts_again = false;
  };
  const Results results = run(cases(2));
  ASSERT_TRUE(results.stop);
  EXPECT_EQ(results.stop->kind, Stop::Kind::target_died);
  EXPECT_THAT(told_, IsSupersetOf({"a0", "a1"}));
}

TEST_F(SeveralInstances, AllEndAtTheFirstResultThatIsToEndTheRun) {
  second().fates = {{"a1", {fails}}};
  const Results results = run(cases(2), {.instances = 2, .ends_run = [](const CaseResult& result) {
                                           return result.verdict == Verdict::fail;
                                         }});
  EXPECT_EQ(results.stop->kind, Stop::Kind::unexpected_result);
  EXPECT_THAT(told_, ElementsAre("a1"));
}

TEST_F(SeveralInstances, ThatOnlyHelpOutAreNotStartedWhereNobodyIsHeldUp) {
  further_.stages.emplace_back();
  run(cases(2), {.instances = 3});
  EXPECT_EQ(further_.stages.back().starts, 0);
}

}  // namespace
}  // namespace wsconform::run_course_test
