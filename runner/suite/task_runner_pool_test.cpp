#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <list>

#include "runner/suite/tested_task_runner.h"

namespace wsconform::task_runner_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Not;
using testing::UnorderedElementsAre;

// Cases that come two at a time, of which others may take some.
class RunnerOfAPool : public testing::Test {
 protected:
  void run(const std::vector<std::string>& ids, std::size_t jobs = 4, std::size_t at_a_time = 2) {
    std::vector<Task> tasks;
    for (const std::string& each : ids) tasks.push_back({&cases_.emplace_back(named(each)), 1});
    TaskPool pool(tasks, at_a_time);
    pool_ = &pool;
    runner_.begin(pool, {.jobs = jobs, .waiting = waiting_});
    runner_.finish({.jobs = jobs, .waiting = waiting_});
  }
  std::vector<std::string> verdicts() const {
    std::vector<std::string> all;
    for (const CaseResult& each : told_)
      all.push_back(each.id + ' ' + std::string(name_of(each.verdict)));
    return all;
  }
  auto place(const char* id) const {
    return std::ranges::find(stage_.played, id) - stage_.played.begin();
  }
  auto plays(const char* id) const { return std::ranges::count(stage_.played, id); }

  ScriptedStage stage_;
  TaskPool* pool_ = nullptr;
  std::size_t waiting_ = 0;
  int takes_ = 0;

 private:
  std::list<Case> cases_;
  std::vector<CaseResult> told_;
  TargetKeeper keeper_{stage_};
  TaskRunner runner_{stage_,
                     keeper_,
                     stage_.stop,
                     {.told = [this](Finished ended) { told_.push_back(std::move(ended.result)); },
                      .takes = [this] { ++takes_; }}};
};

TEST_F(RunnerOfAPool, PlaysPieceByPieceUntilThereIsNone) {
  run({"a", "b", "c", "d", "e"});
  EXPECT_THAT(stage_.played, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_THAT(verdicts(), UnorderedElementsAre("a pass", "b pass", "c pass", "d pass", "e pass"));
  EXPECT_EQ(stage_.most_at_once, 4U) << "the next piece comes before the last of one is done";
  EXPECT_GE(takes_, 3);
}

TEST_F(RunnerOfAPool, HasNothingToDoWhereNothingComes) {
  run({});
  EXPECT_THAT(verdicts(), ElementsAre());
}

TEST_F(RunnerOfAPool, GoesOnWithTheNextPieceBehindADeath) {
  stage_.fates = {{"b", {kills}}};
  run({"a", "b", "c", "d"}, 1);
  EXPECT_THAT(verdicts(), UnorderedElementsAre("a pass", "b fail", "c pass", "d pass"));
  EXPECT_GE(stage_.starts, 1);
}

TEST_F(RunnerOfAPool, LeavesNoneWithoutAResultWhereTheTargetIsGoneForGood) {
  stage_.fates = {{"b", {kills}}};
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "b") stage_.starts_again = false;
  };
  run({"a", "b", "c", "d"}, 1);
  EXPECT_THAT(verdicts(), IsSupersetOf({"a pass", "c error", "d error"}));
}

// They are left out then, and not judged.
TEST_F(RunnerOfAPool, GivesNothingUpWhereTheRunIsStoppedWhileTheTargetComesBack) {
  stage_.fates = {{"b", {kills}}};
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id != "b") return;
    stage_.starts_again = false;
    stage_.on_revive = [this] { stage_.stop.raise({Stop::Kind::out_of_time}); };
  };
  run({"a", "b", "c", "d"}, 1);
  EXPECT_THAT(verdicts(), ElementsAre("a pass"));
  EXPECT_EQ(stage_.stop.why()->kind, Stop::Kind::out_of_time);
}

// Nor those that were set aside by then.
TEST_F(RunnerOfAPool, LeavesNoVariantOfAKillerWithoutAResultThen) {
  stage_.fates = {{"k/1", {kills}}, {"b", {kills}}};
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "b") stage_.starts_again = false;
  };
  run({"k/1", "k/2", "b"}, 1, 1);
  EXPECT_THAT(verdicts(), IsSupersetOf({"k/1 fail", "k/2 error"}));
}

// One behind another, and none beside others.
TEST_F(RunnerOfAPool, SetsVariantsOfAKillerAsideThatComeLater) {
  stage_.fates = {{"k/1", {kills}}, {"k/2", {kills}}, {"k/3", {kills}}};
  run({"k/1", "a", "k/2", "b", "k/3", "c"}, 1, 1);
  EXPECT_THAT(verdicts(), IsSupersetOf({"k/1 fail", "k/2 fail", "k/3 fail"}));
  EXPECT_LT(place("c"), place("k/2"));
}

// Where more are to come than wait beside each other, a hang ends the pass: whether they are in
// this piece or not.
TEST_F(RunnerOfAPool, CountsWhatIsToComeWhereTheTargetHangs) {
  stage_.fates = {{"a", {hangs_it, passes}}};
  std::vector<std::string> ids{"a", "b"};
  for (int n = 0; n < 10; ++n) ids.push_back("c" + std::to_string(n));
  run(ids, 2);
  const auto silent = std::ranges::count_if(
      stage_.played, [](const std::string& id) { return id.starts_with("c"); });
  EXPECT_LE(silent, 12) << "they were played once on a target that hung, and once more";
  EXPECT_THAT(verdicts(), Contains("c9 pass"));
  EXPECT_THAT(verdicts(), Not(Contains("c9 fail")));
}

// Others may play them while this one looks for the killer.
TEST_F(RunnerOfAPool, GivesBackWhatADeathInterrupted) {
  stage_.fates = {{"b", {kills}}};
  std::vector<std::size_t> left;
  stage_.on_start = [&](const Task& task) {
    if (task.to_run->id == "b") left.push_back(pool_->left());
  };
  run({"a", "b", "c", "d", "e", "f"}, 2, 6);
  EXPECT_THAT(left, ElementsAre(0U, 3U)) << "one was under way beside it";
  EXPECT_THAT(verdicts(),
              UnorderedElementsAre("a pass", "b fail", "c pass", "d pass", "e pass", "f pass"));
}

// A death would take from them what they waited for.
TEST_F(RunnerOfAPool, PlaysThoseThatWaitedBehindTheVariantsOfAKiller) {
  Fate unanswered = stays_silent;
  unanswered.at_rest = true;
  stage_.usage = [](Instant) { return ProcessUsage{.processes = {100}}; };
  stage_.fates = {{"w", {unanswered}}, {"k/1", {kills}}, {"k/2", {kills}}, {"k/3", {kills}}};
  waiting_ = 10;
  run({"w", "k/1", "k/2", "k/3"}, 1, 1);
  EXPECT_THAT(verdicts(), UnorderedElementsAre("w fail", "k/1 fail", "k/2 fail", "k/3 fail"));
  EXPECT_EQ(stage_.played.back(), "w");
}

// Those that wait in several groups wait at the same time.
TEST_F(RunnerOfAPool, LeavesVariantsThatOnlyWaitWhileOthersArePlayed) {
  Fate unanswered = stays_silent;
  unanswered.at_rest = true;
  stage_.usage = [](Instant) { return ProcessUsage{.processes = {100}}; };
  waiting_ = 10;
  stage_.fates = {{"k/1", {kills}}};
  std::vector<std::string> ids{"k/1"};
  for (int n = 2; n < 9; ++n) {
    ids.push_back("k/" + std::to_string(n));
    stage_.fates[ids.back()] = {unanswered};
  }
  const Instant before = stage_.now();
  run(ids, 1, 1);
  EXPECT_LT(stage_.now() - before, 3 * stage_.pace().patience() / 2);
  EXPECT_EQ(verdicts().size(), ids.size());
  EXPECT_EQ(plays("k/8"), 1);
}

}  // namespace
}  // namespace wsconform::task_runner_test
