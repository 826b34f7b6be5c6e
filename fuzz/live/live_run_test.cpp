#include "fuzz/live/live_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/casebook/case.h"
#include "runner/suite/scripted_stage.h"

namespace wsconform::live_run_test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::uint64_t mib = 1024 * 1024;
constexpr Opcode fatal = static_cast<Opcode>(3);

bool sends(const Case& made, Opcode opcode) {
  return std::ranges::any_of(made.steps, [&](const Step& step) {
    const auto* frame = as<SendFrame>(step);
    return frame != nullptr && frame->opcode == opcode;
  });
}

std::vector<std::string> names(const std::vector<Finding>& findings) {
  std::vector<std::string> all;
  for (const Finding& each : findings) all.push_back(name_of(each.cause));
  return all;
}

// A run of sessions from a seed, against a target that is a table.
class LiveRunTest : public testing::Test {
 protected:
  LiveRunTest() {
    stage_.target.echoes = true;
    stage_.usage = [](Instant) { return ProcessUsage{}; };
  }

  // What a session that sends a frame of the opcode 3 does to the target, each time
  // that it is played.
  void let_fatal_frames(const Fate& fate) {
    stage_.on_start = [this, fate](const Task& task) {
      if (task.to_run != nullptr && task.to_run->id != "fuzz/bystander")
        stage_.fates[task.to_run->id] = {sends(*task.to_run, fatal) ? fate : passes};
    };
  }
  LiveResults run(LiveOptions options, ResourceWatch* watch = nullptr) {
    TargetKeeper keeper(stage_);
    keeper.start();
    Generator generator({}, stage_.target, 1);
    SessionPlayer player(stage_, keeper, stage_.stop, oracle_);
    return LiveRun(stage_, keeper, stage_.stop, player, generator, {.watch = watch}, options,
                   {.found = [this](Finding& found) { told_.push_back(name_of(found.cause)); }})
        .run();
  }
  static LiveOptions sessions(std::uint64_t count, std::size_t jobs = 4) {
    return {.time = 1h, .count = count, .jobs = jobs};
  }

  ScriptedStage stage_;
  Oracle oracle_{{}};
  std::vector<std::string> told_;
};

TEST_F(LiveRunTest, FindsNothingWhereAllIsAllowed) {
  const LiveResults results = run(sessions(200));
  EXPECT_EQ(results.sessions, 200U);
  EXPECT_GT(results.bytes, 0U);
  EXPECT_THAT(results.findings, IsEmpty());
  EXPECT_THAT(results.flaky, IsEmpty());
}

TEST_F(LiveRunTest, NotesHowFarItWasFromTheBeginningToTheEnd) {
  const LiveResults results = run({.time = 20s, .rate = 3, .jobs = 4});
  EXPECT_EQ(results.points.front().seconds, 0);
  EXPECT_EQ(results.points.front().sessions, 0U);
  EXPECT_EQ(results.points.back().sessions, results.sessions);
  EXPECT_EQ(results.points.back().seconds, results.seconds);
  EXPECT_GT(results.points.size(), 15U);
  EXPECT_LT(results.points.size(), 25U);
}

TEST_F(LiveRunTest, TellsOnceOfWhatComesAgainAndMakesItSmaller) {
  let_fatal_frames(fails);
  const LiveResults results = run(sessions(1200));
  ASSERT_FALSE(results.findings.empty());
  EXPECT_EQ(told_, names(results.findings));
  for (const Finding& each : results.findings) {
    ASSERT_THAT(each.sessions, SizeIs(1));
    EXPECT_LE(each.sessions.front().moves.size(), 3U) << name_of(each.cause);
    EXPECT_EQ(std::ranges::count(told_, name_of(each.cause)), 1);
  }
  EXPECT_THAT(results.findings, Contains(testing::Field(&Finding::times, testing::Gt(1U))));
}

// To play again what is told by a silence takes long; others are found meanwhile.
TEST_F(LiveRunTest, GoesOnBesideWhatItFollows) {
  let_fatal_frames(stays_silent);
  const LiveResults results = run({.time = 60s, .jobs = 4});
  ASSERT_FALSE(results.findings.empty());
  EXPECT_GT(results.sessions, results.findings.back().after);
  EXPECT_FALSE(results.unconfirmed.empty());
  for (const std::string& each : results.unconfirmed) EXPECT_THAT(told_, Not(Contains(each)));
}

TEST_F(LiveRunTest, CountsWhatDoesNotComeAgainAsFlaky) {
  stage_.fates["fuzz/5"] = {fails, passes};
  const LiveResults results = run(sessions(60));
  EXPECT_THAT(results.findings, IsEmpty());
  EXPECT_THAT(results.flaky, SizeIs(1));
}

TEST_F(LiveRunTest, TellsOfWhatItHadNoTimeToPlayAgain) {
  stage_.fates["fuzz/5"] = {fails};
  int rounds = 0;
  stage_.on_start = [&](const Task& task) {
    if (task.to_run->id == "fuzz/0" && ++rounds == 2) stage_.stop.raise({Stop::Kind::out_of_time});
  };
  const LiveResults results = run(sessions(60));
  EXPECT_THAT(results.findings, IsEmpty());
  EXPECT_THAT(results.flaky, IsEmpty());
  EXPECT_THAT(results.unconfirmed, SizeIs(1));
}

TEST_F(LiveRunTest, NamesTheSessionThatKills) {
  let_fatal_frames(kills);
  const LiveResults results = run(sessions(200));
  ASSERT_FALSE(results.findings.empty());
  for (const Finding& each : results.findings) {
    EXPECT_EQ(each.cause.instead, "died");
    EXPECT_EQ(each.last_words, "its last words");
    ASSERT_THAT(each.sessions, SizeIs(1));
  }
}

TEST_F(LiveRunTest, FindsTheFewestThatTogetherKill) {
  int since_start = 0;
  int starts = 0;
  stage_.on_start = [&](const Task& task) {
    if (task.to_run->section != "fuzz" || task.to_run->id == "fuzz/bystander") return;
    if (std::exchange(starts, stage_.starts) != stage_.starts) since_start = 0;
    if (++since_start == 7) stage_.die();
  };
  const LiveResults results = run(sessions(100, 2));
  ASSERT_THAT(names(results.findings), Contains("together/open-died-late"));
  const auto late = std::ranges::find(results.findings, "died-late",
                                      [](const Finding& each) { return each.cause.instead; });
  EXPECT_THAT(late->sessions, SizeIs(testing::Le(8U)));
  EXPECT_THAT(late->sessions, SizeIs(testing::Gt(1U)));
}

TEST_F(LiveRunTest, TellsThatAnotherConnectionIsNotServed) {
  stage_.fates["fuzz/bystander"] = {fails};
  EXPECT_THAT(names(run(sessions(60)).findings),
              ElementsAre("together/open-other-connection-not-served"));
}

// What is played again meanwhile, alone, tells nothing of the bystander.
TEST_F(LiveRunTest, TellsItBesideAnotherFinding) {
  let_fatal_frames(fails);
  stage_.fates["fuzz/bystander"] = {fails};
  const auto found = names(run(sessions(300)).findings);
  EXPECT_THAT(found, Contains("together/open-other-connection-not-served"));
  EXPECT_THAT(found, SizeIs(testing::Gt(1U)));
}

TEST_F(LiveRunTest, TellsOfABystanderThatWasDroppedOnceAsFlaky) {
  stage_.fates["fuzz/bystander"] = {fails, passes};
  const LiveResults results = run(sessions(60));
  EXPECT_THAT(results.findings, IsEmpty());
  EXPECT_THAT(results.flaky, ElementsAre("together/open-other-connection-not-served"));
}

TEST_F(LiveRunTest, TellsOfATargetThatSpins) {
  stage_.usage = [](Instant now) {
    ProcessUsage usage;
    usage.cpu = usage.wanted = now.time_since_epoch();
    usage.runnable = true;
    return usage;
  };
  ResourceWatch watch(stage_, 10s);
  EXPECT_THAT(names(run({.time = 10s, .rate = 10, .jobs = 4}, &watch).findings),
              ElementsAre("together/open-spins"));
}

TEST_F(LiveRunTest, TellsOfMemoryThatIsFarMoreThanWhatWasSent) {
  int forgotten = 0;
  std::size_t played = 0;
  stage_.usage = [&](Instant) {
    if (std::exchange(forgotten, stage_.peaks_forgotten) != stage_.peaks_forgotten)
      played = stage_.played.size();
    ProcessUsage usage;
    usage.resident = 10 * mib;
    usage.peak = stage_.played.size() > played ? 900 * mib : 10 * mib;
    return usage;
  };
  ResourceWatch watch(stage_, 10s);
  EXPECT_THAT(names(run({.time = 10s, .rate = 10, .jobs = 4}, &watch).findings),
              ElementsAre("together/open-grows"));
}

TEST_F(LiveRunTest, KeepsItsBounds) {
  EXPECT_LE(run(sessions(7)).sessions, 7U);
  const LiveResults slow = run({.time = 20s, .rate = 3, .jobs = 4});
  EXPECT_LE(slow.sessions, 66U);
  EXPECT_GE(slow.sessions, 50U);
  const LiveResults little = run({.time = 1h, .bytes = 1, .jobs = 1});
  EXPECT_LE(little.sessions, 16U);
}

}  // namespace
}  // namespace wsconform::live_run_test
