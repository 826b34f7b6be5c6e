#include "runner/suite/work_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <string>

#include "runner/casebook/case.h"
#include "runner/suite/task_list.h"

namespace wsconform::work_list_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Duration for_ever = std::chrono::hours(24);

// So many cases of each kind: b0, b1, ... side by side, w0, ... watched, a0, ... alone.
class WorkListTest : public testing::Test {
 protected:
  WorkListTest() { cases_.reserve(1000); }

  std::vector<Task> tasks(std::size_t count, const std::string& kind) {
    std::vector<Task> made;
    for (std::size_t n = 0; n < count; ++n) {
      cases_.emplace_back().id = kind + std::to_string(n);
      made.push_back({&cases_.back(), 1});
    }
    return made;
  }
  RunPlan plan(std::size_t beside, std::size_t watched, std::size_t alone) {
    RunPlan made;
    made.beside = tasks(beside, "b");
    made.watched = tasks(watched, "w");
    made.alone = tasks(alone, "a");
    return made;
  }
  // What the instance does until all is taken, in words: "" where nothing is watched.
  static std::vector<std::string> all_for(std::size_t instance, WorkList& list) {
    std::vector<std::string> words;
    while (const auto next = list.next(instance)) words.push_back(in_words(*next, list));
    return words;
  }

 private:
  static std::string in_words(const WorkList::Work& work, WorkList& list) {
    if (const auto* watched = std::get_if<WorkList::Watched>(&work)) return ids(watched->tasks);
    if (const auto* alone = std::get_if<WorkList::Alone>(&work)) return ids(alone->tasks);
    if (std::holds_alternative<WorkList::Limits>(work)) return "limits";
    std::string words;
    for (auto some = list.pool().take(); !some.empty(); some = list.pool().take()) {
      if (!words.empty()) words += " | ";
      words += ids(some);
    }
    return words;
  }
  static std::string ids(const std::vector<Task>& tasks) {
    std::string words;
    for (const std::string& each : ids_of(tasks)) words += (words.empty() ? "" : " ") + each;
    return words;
  }

  std::vector<Case> cases_;
};

TEST_F(WorkListTest, HasOneInstancePlayAllOfARow) {
  RunPlan row = plan(0, 0, 3);
  row.in_a_row = true;
  WorkList list(row, false, 4, for_ever);
  EXPECT_THAT(all_for(1, list), ElementsAre("a0 a1 a2", ""));
}

TEST_F(WorkListTest, HasTheOnlyInstancePlayInTheOrderOfThePlan) {
  WorkList list(plan(2, 2, 2), true, 1, for_ever);
  EXPECT_THAT(all_for(0, list), ElementsAre("b0 b1", "w0 w1", "a0 a1", "limits"));
}

TEST_F(WorkListTest, HasTheFirstOfSeveralBeginSideBySide) {
  WorkList list(plan(2, 2, 2), true, 3, for_ever);
  EXPECT_THAT(all_for(0, list), ElementsAre("b0 b1", "w0 w1", "a1", "a0", "limits"));
}

TEST_F(WorkListTest, HasOthersBeginWithWhatNeedsATargetForItself) {
  WorkList list(plan(2, 2, 2), true, 3, for_ever);
  EXPECT_THAT(all_for(1, list), ElementsAre("a1", "a0", "w0 w1", "limits", "b0 b1"));
}

TEST_F(WorkListTest, GivesEachPieceOnce) {
  WorkList list(plan(1, 1, 1), false, 2, for_ever);
  EXPECT_THAT(all_for(1, list), ElementsAre("a0", "w0", "b0"));
  EXPECT_THAT(all_for(0, list), IsEmpty());
}

TEST_F(WorkListTest, GivesWhatIsPlayedSideBySideInPieces) {
  WorkList list(plan(20, 0, 0), false, 2, for_ever);
  EXPECT_EQ(list.pool().take().size(), 16U);
  EXPECT_EQ(list.pool().take().size(), 4U);
}

TEST_F(WorkListTest, GivesAgainWhatIsGivenBack) {
  WorkList list(plan(1, 0, 0), false, 2, for_ever);
  const std::vector<Task> taken = list.pool().take();
  EXPECT_THAT(all_for(1, list), ElementsAre(""));
  list.pool().give_back(taken);
  EXPECT_TRUE(list.next(1));
  EXPECT_EQ(list.pool().take(), taken);
}

TEST_F(WorkListTest, ExpectsNoMoreOfOnePlayedAlone) {
  WorkList list(plan(1, 0, 1), false, 3, for_ever);
  EXPECT_TRUE(list.next(0));
  list.pool().take();
  EXPECT_TRUE(list.next(1));
  EXPECT_THAT(all_for(0, list), ElementsAre(""));
  EXPECT_FALSE(list.may_get_more()) << "what the other plays needs the target for itself";
}

// Done with it, failed, or told to end.
TEST_F(WorkListTest, ExpectsMoreAsLongAsAnotherMayGiveSomethingBack) {
  const std::vector<std::function<void(WorkList&)>> ends{[](WorkList& list) { list.next(0); },
                                                         [](WorkList& list) { list.leave(0); },
                                                         [](WorkList& list) { list.close(); }};
  for (const auto& end : ends) {
    WorkList list(plan(1, 0, 0), false, 2, for_ever);
    EXPECT_TRUE(list.next(0));
    list.pool().take();
    all_for(1, list);
    EXPECT_TRUE(list.may_get_more());
    end(list);
    EXPECT_FALSE(list.may_get_more());
  }
}

TEST_F(WorkListTest, CallsForAnotherWhereOneTakesNothingForSoLong) {
  WorkList list(plan(0, 0, 2), false, 2, Duration::zero());
  list.next(0);
  EXPECT_TRUE(list.await_call());
}

TEST_F(WorkListTest, CallsForAnotherForEachThatSaysItIsHeldUp) {
  WorkList list(plan(1, 0, 3), false, 4, for_ever);
  list.next(0);
  list.next(1);
  list.held_up(1);
  EXPECT_TRUE(list.await_call());
  list.held_up(0);
  EXPECT_TRUE(list.await_call());
}

TEST_F(WorkListTest, CallsAgainForOneThatIsHeldUpLater) {
  WorkList list(plan(0, 0, 3), false, 3, for_ever);
  list.next(1);
  list.held_up(1);
  EXPECT_TRUE(list.await_call());
  list.next(1);
  list.held_up(1);
  EXPECT_TRUE(list.await_call());
}

TEST_F(WorkListTest, CallsForNobodyInPlaceOfOneThatTakesMoreBeside) {
  WorkList list(plan(20, 0, 1), false, 2, for_ever);
  list.next(0);
  list.held_up(0);
  list.takes(0);
  std::future<bool> called = std::async(std::launch::async, [&] { return list.await_call(); });
  list.close();
  EXPECT_FALSE(called.get());
}

TEST_F(WorkListTest, CallsForNobodyWhereAllIsTaken) {
  WorkList list(plan(0, 0, 1), false, 2, Duration::zero());
  while (list.next(0)) {
  }
  EXPECT_FALSE(list.await_call());
}

TEST_F(WorkListTest, CallsForNobodyOnceItIsClosed) {
  WorkList list(plan(0, 0, 3), false, 2, for_ever);
  list.next(0);
  list.close();
  EXPECT_FALSE(list.await_call());
}

TEST_F(WorkListTest, CallsForNobodyInPlaceOfOneThatLeft) {
  WorkList list(plan(0, 0, 3), false, 2, Duration::zero());
  list.next(0);
  list.leave(0);
  list.close();
  EXPECT_FALSE(list.await_call());
}

}  // namespace
}  // namespace wsconform::work_list_test
