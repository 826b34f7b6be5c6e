#include "runner/suite/watched_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <stdexcept>
#include <string_view>

#include "runner/casebook/case.h"
#include "runner/suite/scripted_stage.h"

namespace wsconform::watched_run_test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::uint64_t mib = 1024 * 1024;

Case named(std::string id) {
  Case made;
  made.id = std::move(id);
  return made;
}

// Cases a, b, c, ... that play at once, on a target whose vices are named by the case that shows
// them.
class WatchedRunTest : public testing::Test {
 protected:
  WatchedRunTest() {
    for (char id = 'a'; id <= 'f'; ++id) cases_.push_back(named(std::string(1, id)));
    stage_.usage = [this](Instant now) {
      ProcessUsage usage;
      usage.resident = usage.peak = 10 * mib;
      if (took_) usage.peak = 400 * mib;
      if (spins_since_) usage.cpu = usage.wanted = now - *spins_since_;
      usage.runnable = spins_since_.has_value();
      return usage;
    };
  }
  WatchedRun run() {
    std::function<bool()> revive = [this] {
      ++revived_;
      took_ = false;
      spins_since_.reset();
      return true;
    };
    if (others_) revive = nullptr;
    return WatchedRun(watch_,
                      {[this](std::vector<Task> tasks, bool alone) { return play(tasks, alone); },
                       [this](CaseResult result) { recorded_.push_back(result); }, revive,
                       [this] { return stage_.stopped(); }});
  }
  std::vector<CaseResult> play(const std::vector<Task>& tasks, bool alone) {
    std::vector<CaseResult> results;
    for (const Task& each : tasks) {
      if (before_each_) before_each_(each);
      if (stage_.stopped()) break;
      played_.push_back(each.to_run->id + (alone ? " alone" : ""));
      took_ = took_ || takes_.contains(each.to_run->id) || takes_once_.erase(each.to_run->id) > 0;
      if (spins_.contains(each.to_run->id)) spins_since_ = stage_.now();
      CaseResult result = begun_result(*each.to_run);
      result.verdict = Verdict::pass;
      results.push_back(std::move(result));
    }
    return results;
  }
  std::vector<Task> tasks(std::size_t count) const {
    std::vector<Task> all;
    for (std::size_t n = 0; n < count; ++n) all.push_back({&cases_[n], 1});
    return all;
  }
  // "a pass", in the order of their ids.
  std::vector<std::string> verdicts() const {
    std::vector<std::string> all;
    for (const CaseResult& each : recorded_)
      all.push_back(each.id + ' ' + std::string(name_of(each.verdict)));
    std::ranges::sort(all);
    return all;
  }
  const CaseResult& result(std::string_view id) const {
    return *std::ranges::find(recorded_, id, &CaseResult::id);
  }

  std::set<std::string> takes_{};  // much memory
  std::set<std::string> takes_once_{};
  std::set<std::string> spins_{};
  std::function<void(const Task&)> before_each_{};
  bool others_ = false;  // the target is somebody else's
  int revived_ = 0;
  std::vector<std::string> played_{};
  std::vector<CaseResult> recorded_{};
  ScriptedStage stage_;
  ResourceWatch watch_{stage_, 10s};

 private:
  std::vector<Case> cases_;
  bool took_ = false;
  std::optional<Instant> spins_since_;
};

TEST_F(WatchedRunTest, TellsOfEachCaseWhatAllOfThemSpent) {
  run().run_side_by_side(tasks(3));
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c pass"));
  EXPECT_THAT(played_, ElementsAre("a", "b", "c"));
  EXPECT_THAT(result("a").notes,
              ElementsAre(StartsWith("With 3 cases side by side, this one among them: ")));
}

TEST_F(WatchedRunTest, TellsTheSameOfCasesInARow) {
  takes_ = {"c"};
  run().run_in_a_row(tasks(3));
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c lenient"));
  EXPECT_THAT(std::vector(played_.begin(), played_.begin() + 3),
              ElementsAre("a alone", "b alone", "c alone"));
  EXPECT_GT(played_.size(), 3U) << "and again, to name one";
}

TEST_F(WatchedRunTest, PlaysASuspiciousGroupAgainOneByOneAndNamesTheCase) {
  spins_ = {"b"};
  run().run_side_by_side(tasks(3));
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b fail", "c pass"));
  EXPECT_THAT(played_, ElementsAre("a", "b", "c", "a alone", "b alone", "c alone"));
  EXPECT_THAT(result("b").reason, StartsWith("The target spins: "));
  EXPECT_EQ(revived_, 2);  // before the first of them, and behind the one
}

TEST_F(WatchedRunTest, NamesTheCaseThatTakesMemory) {
  takes_ = {"c"};
  run().run_side_by_side(tasks(3));
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c lenient"));
}

TEST_F(WatchedRunTest, LaysNoMemoryAtTheDoorOfACaseThatTakesItOnce) {
  takes_once_ = {"b"};
  run().run_alone(tasks(3));
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c pass"));
  EXPECT_THAT(played_, ElementsAre("a alone", "b alone", "b alone", "c alone"));
}

TEST_F(WatchedRunTest, NamesThreeAtMostAndRecordsEachOnce) {
  spins_ = {"a", "b", "c", "d", "e"};
  run().run_side_by_side(tasks(6));
  EXPECT_THAT(verdicts(), ElementsAre("a fail", "b fail", "c fail", "d pass", "e pass", "f pass"));
}

TEST_F(WatchedRunTest, JudgesATargetOfSomebodyElseLeniently) {
  others_ = true;
  spins_ = {"a"};
  run().run_alone(tasks(1));
  EXPECT_THAT(verdicts(), ElementsAre("a lenient"));
}

// It would spin on, whatever comes next.
TEST_F(WatchedRunTest, PlaysNoGroupAgainWhereTheTargetCannotBeMadeAnew) {
  others_ = true;
  spins_ = {"a"};
  run().run_side_by_side(tasks(3));
  EXPECT_THAT(played_, ElementsAre("a", "b", "c"));
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c pass"));
}

TEST_F(WatchedRunTest, PlaysASingleCaseAlone) {
  run().run_side_by_side(tasks(1));
  EXPECT_THAT(played_, ElementsAre("a alone"));
  EXPECT_THAT(result("a").notes, Each(Not(HasSubstr("side by side"))));
}

TEST_F(WatchedRunTest, LaysNothingThatWentBeforeAtTheDoorOfTheCases) {
  spins_ = {"a"};
  play(tasks(1), false);
  run().run_side_by_side({});
  EXPECT_EQ(revived_, 1);
  EXPECT_THAT(facts_of({watch_.used()}), Contains(testing::Field(&Fact::name, "spins")));
}

TEST_F(WatchedRunTest, KeepsWhatItHadWhereTheMachineGivesOutInARepetition) {
  takes_ = {"a"};
  before_each_ = [this](const Task&) {
    if (!played_.empty()) throw std::runtime_error("no descriptor");
  };
  EXPECT_THROW(run().run_alone(tasks(1)), std::runtime_error);
  EXPECT_THAT(verdicts(), ElementsAre("a pass"));
}

TEST_F(WatchedRunTest, KeepsWhatItHadOfAGroupWhereTheMachineGivesOutInARepetition) {
  spins_ = {"b"};
  before_each_ = [this](const Task&) {
    if (played_.size() == 4) throw std::runtime_error("no descriptor");
  };
  EXPECT_THROW(run().run_side_by_side(tasks(3)), std::runtime_error);
  EXPECT_THAT(verdicts(), ElementsAre("a pass", "b pass", "c pass"));
}

TEST_F(WatchedRunTest, KeepsWhatItHadWhereTheRunIsStoppedInARepetition) {
  takes_ = {"a"};
  before_each_ = [this](const Task&) {
    if (!played_.empty()) stage_.stop.raise({});
  };
  run().run_alone(tasks(1));
  EXPECT_THAT(verdicts(), ElementsAre("a pass"));
}

TEST_F(WatchedRunTest, PlaysNothingMoreOnceTheRunIsStopped) {
  stage_.stop.raise({});
  run().run_alone(tasks(3));
  EXPECT_THAT(played_, testing::IsEmpty());
}

}  // namespace
}  // namespace wsconform::watched_run_test
