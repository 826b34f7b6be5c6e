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

// Cases that come in pieces, of which others may take some.
class SuppliedRunner : public testing::Test {
 protected:
  void supply(const std::vector<std::string>& ids) {
    std::vector<Task>& some = pieces_.emplace_back();
    for (const std::string& each : ids) some.push_back({&cases_.emplace_back(named(each)), 1});
  }
  void run(std::size_t jobs = 4) {
    runner_.begin({[this] { return take(); }, [this] { return left(); }}, {.jobs = jobs});
    runner_.finish({.jobs = jobs});
  }
  std::vector<std::string> verdicts() const {
    std::vector<std::string> all;
    for (const CaseResult& each : told_)
      all.push_back(each.id + ' ' + std::string(name_of(each.verdict)));
    return all;
  }

  ScriptedStage stage_;

 private:
  std::vector<Task> take() {
    if (pieces_.empty()) return {};
    std::vector<Task> some = std::move(pieces_.front());
    pieces_.pop_front();
    return some;
  }
  std::size_t left() const {
    std::size_t count = 0;
    for (const auto& each : pieces_) count += each.size();
    return count;
  }

  std::list<Case> cases_;
  std::deque<std::vector<Task>> pieces_;
  std::vector<CaseResult> told_;
  TargetKeeper keeper_{stage_};
  TaskRunner runner_{stage_, keeper_, stage_.stop, {[this](Finished ended) {
                       told_.push_back(std::move(ended.result));
                     }}};
};

TEST_F(SuppliedRunner, PlaysPieceByPieceUntilThereIsNone) {
  supply({"a", "b"});
  supply({"c"});
  supply({"d", "e"});
  run();
  EXPECT_THAT(stage_.played, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_THAT(verdicts(), UnorderedElementsAre("a pass", "b pass", "c pass", "d pass", "e pass"));
  EXPECT_EQ(stage_.most_at_once, 4U) << "the next piece comes before the last of one is done";
}

TEST_F(SuppliedRunner, HasNothingToDoWhereNothingComes) {
  run();
  EXPECT_THAT(verdicts(), ElementsAre());
}

TEST_F(SuppliedRunner, GoesOnWithTheNextPieceBehindADeath) {
  stage_.fates = {{"b", {kills}}};
  supply({"a", "b"});
  supply({"c"});
  supply({"d"});
  run(1);
  EXPECT_THAT(verdicts(), UnorderedElementsAre("a pass", "b fail", "c pass", "d pass"));
  EXPECT_GE(stage_.starts, 1);
}

TEST_F(SuppliedRunner, LeavesNoneWithoutAResultWhereTheTargetIsGoneForGood) {
  stage_.fates = {{"b", {kills}}};
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "b") stage_.starts_again = false;
  };
  supply({"a", "b"});
  supply({"c"});
  supply({"d"});
  run(1);
  EXPECT_THAT(verdicts(), IsSupersetOf({"a pass", "c error", "d error"}));
}

// Nor those that were set aside by then.
TEST_F(SuppliedRunner, LeavesNoVariantOfAKillerWithoutAResultThen) {
  stage_.fates = {{"k/1", {kills}}, {"b", {kills}}};
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "b") stage_.starts_again = false;
  };
  supply({"k/1"});
  supply({"k/2", "b"});
  run(1);
  EXPECT_THAT(verdicts(), IsSupersetOf({"k/1 fail", "k/2 error"}));
}

// One behind another, and none beside others.
TEST_F(SuppliedRunner, SetsVariantsOfAKillerAsideThatComeLater) {
  stage_.fates = {{"k/1", {kills}}, {"k/2", {kills}}, {"k/3", {kills}}};
  supply({"k/1"});
  supply({"a", "k/2", "b"});
  supply({"k/3", "c"});
  run(1);
  EXPECT_THAT(verdicts(), IsSupersetOf({"k/1 fail", "k/2 fail", "k/3 fail"}));
  const auto place = [this](const char* id) {
    return std::ranges::find(stage_.played, id) - stage_.played.begin();
  };
  EXPECT_LT(place("c"), place("k/2"));
}

// Where more are to come than wait beside each other, a hang ends the pass: whether they are in
// this piece or not.
TEST_F(SuppliedRunner, CountsWhatIsToComeWhereTheTargetHangs) {
  stage_.fates = {{"a", {hangs_it, passes}}};
  supply({"a", "b"});
  for (int n = 0; n < 10; ++n) supply({"c" + std::to_string(n)});
  run(2);
  const auto silent = std::ranges::count_if(
      stage_.played, [](const std::string& id) { return id.starts_with("c"); });
  EXPECT_LE(silent, 12) << "they were played once on a target that hung, and once more";
  EXPECT_THAT(verdicts(), Contains("c9 pass"));
  EXPECT_THAT(verdicts(), Not(Contains("c9 fail")));
}

}  // namespace
}  // namespace wsconform::task_runner_test
