#include "runner/suite/limit_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "runner/casebook/case.h"
#include "runner/suite/scripted_stage.h"

namespace wsconform::limit_finder_test {
namespace {

using testing::AllOf;
using testing::Each;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

std::string found(const LimitFinder& finder, std::string_view name) {
  const std::vector<Fact> facts = finder.facts();
  const auto fact = std::ranges::find(facts, name, &Fact::name);
  return fact == facts.end() ? "no such fact" : fact->value;
}

std::vector<std::string> values(const LimitFinder& finder) {
  std::vector<std::string> all;
  for (const Fact& each : finder.facts()) all.push_back(each.value);
  return all;
}

std::vector<LimitedQuantity> quantities() {
  const auto sized = [](std::uint64_t size, const TargetProfile&) {
    Case made;
    made.id = "small/" + std::to_string(size);
    return made;
  };
  const auto other = [](std::uint64_t size, const TargetProfile&) {
    Case made;
    made.id = "other/" + std::to_string(size);
    return made;
  };
  return {{"small", "bytes", 4, 64, 64, sized}, {"other", "bytes", 4, 64, 64, other}};
}

// Sizes from 4 to 64 of two things.
class LimitFinderTest : public testing::Test {
 protected:
  // What becomes of all sizes from `least` on.
  void from(std::string_view thing, std::uint64_t least, const Fate& fate) {
    for (std::uint64_t size = least; size <= 64; ++size)
      stage_.fates[std::string(thing) + '/' + std::to_string(size)] = {fate};
  }
  void run() { finder_.run(); }

  ScriptedStage stage_;
  TargetKeeper keeper_{stage_};
  std::vector<LimitedQuantity> quantities_ = quantities();
  LimitFinder finder_{stage_, keeper_, {}, quantities_};
};

TEST_F(LimitFinderTest, TellsThatNoLimitWasMet) {
  run();
  EXPECT_THAT(values(finder_), Each(StartsWith("at least 64 bytes")));
  EXPECT_EQ(stage_.most_at_once, 2U);
}

TEST_F(LimitFinderTest, FindsALimitToTheByte) {
  from("small", 38, fails);
  run();
  EXPECT_THAT(found(finder_, "small"), StartsWith("37 bytes; beyond: "));
  EXPECT_THAT(found(finder_, "other"), StartsWith("at least 64 bytes"));
}

TEST_F(LimitFinderTest, NamesTheSizeThatTheTargetDiedOfAndGoesOn) {
  from("small", 20, kills);
  run();
  EXPECT_THAT(found(finder_, "small"),
              AllOf(HasSubstr("the target died of 64"), HasSubstr("exit code 7")));
  EXPECT_THAT(found(finder_, "other"), StartsWith("at least 64 bytes"));
  EXPECT_EQ(stage_.starts, 2);  // after the round, and after the one alone
}

TEST_F(LimitFinderTest, NamesTheSizeThatTheTargetHungOf) {
  from("other", 64, hangs_it);
  run();
  EXPECT_THAT(found(finder_, "other"), HasSubstr("the target died of 64"));
  EXPECT_THAT(found(finder_, "small"), StartsWith("at least 64 bytes"));
}

TEST_F(LimitFinderTest, TakesAnEndWithoutACloseForARefusalWhereTheTargetLives) {
  from("small", 20, is_torn);
  run();
  EXPECT_THAT(found(finder_, "small"), StartsWith("19 bytes; beyond: "));
  EXPECT_EQ(stage_.starts, 0);
}

TEST_F(LimitFinderTest, EndsASearchWhoseTriesAreMetBySilence) {
  from("small", 20, stays_silent);
  run();
  EXPECT_THAT(found(finder_, "small"),
              AllOf(StartsWith("between 17 and 62 bytes"), HasSubstr("met by silence")));
}

TEST_F(LimitFinderTest, EndsAllSearchesWhereTheTargetDoesNotComeBack) {
  stage_.starts_again = false;
  from("small", 16, kills);
  run();
  EXPECT_THAT(values(finder_), Each(EndsWith("the target died and did not come back")));
}

TEST_F(LimitFinderTest, BeginsNoRoundOnceItsTimeIsOver) {
  stage_.on_start = [this](const Task&) { stage_.advance(std::chrono::seconds(11)); };
  run();
  EXPECT_THAT(values(finder_), Each(EndsWith("its time was over")));
  EXPECT_EQ(stage_.played.size(), 2U);
}

// From the second round on each is played alone. 25 ms for 16 bytes, and sixteen times that for 64,
// are not too long; 0.2 s are, with a growth of four at least.
TEST_F(LimitFinderTest, EndsASearchWhoseNextTryWouldHoldUpASlowTarget) {
  stage_.on_start = [this](const Task& task) {
    const std::string& id = task.to_run->id;
    if (id == "small/4") stage_.advance(std::chrono::milliseconds(160));
    if (id == "small/16") stage_.advance(std::chrono::milliseconds(200));
    if (id == "other/16") stage_.advance(std::chrono::milliseconds(25));
  };
  run();
  EXPECT_THAT(found(finder_, "small"),
              AllOf(StartsWith("at least 16 bytes"), HasSubstr("would hold up the target")));
  EXPECT_THAT(found(finder_, "other"), StartsWith("at least 64 bytes"));
  EXPECT_THAT(stage_.played,
              testing::ElementsAre("small/4", "other/4", "small/16", "other/16", "other/64"));
}

// Handshakes that take half of a second whatever their size tell nothing of the size.
TEST_F(LimitFinderTest, LeavesOutWhatEachHandshakeTakes) {
  Fate slow = passes;
  slow.handshake_ms = 500;
  from("small", 1, slow);
  from("other", 1, slow);
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id.starts_with("small")) stage_.advance(std::chrono::milliseconds(500));
  };
  run();
  EXPECT_THAT(values(finder_), Each(StartsWith("at least 64 bytes")));
  EXPECT_THAT(stage_.played, testing::ElementsAre("small/4", "other/4", "small/16", "other/16",
                                                  "small/64", "other/64"));
  EXPECT_EQ(stage_.most_at_once, 2U);
}

// One slow round makes all be measured; whose tries are short then is tried beside others again.
TEST_F(LimitFinderTest, TriesSideBySideAgainOnceTriesAreShort) {
  from("small", 40, is_torn);
  from("other", 40, is_torn);
  stage_.on_start = [this](const Task& task) {
    if (task.to_run->id == "small/4") stage_.advance(std::chrono::milliseconds(160));
    if (stage_.played.size() == 4) stage_.most_at_once = 0;  // those that are measured end here
  };
  run();
  EXPECT_EQ(stage_.most_at_once, 2U);
  EXPECT_THAT(found(finder_, "small"), StartsWith("39 bytes"));
  EXPECT_THAT(found(finder_, "other"), StartsWith("39 bytes"));
}

TEST_F(LimitFinderTest, EndsWithWhatItHasOnceTheRunIsStopped) {
  stage_.on_start = [this](const Task&) {
    if (stage_.played.size() == 3) stage_.stop.raise({});
  };
  run();
  EXPECT_THAT(values(finder_), Each(EndsWith("the run was stopped")));
  EXPECT_THAT(found(finder_, "small"), StartsWith("at least "));
}

}  // namespace
}  // namespace wsconform::limit_finder_test
