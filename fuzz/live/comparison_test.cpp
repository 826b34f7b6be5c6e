#include "fuzz/live/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fuzz/live/generator.h"
#include "fuzz/live/live_run.h"
#include "runner/suite/scripted_stage.h"

namespace wsconform::comparison_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Opcode odd = Opcode::reserved_4;

bool sends(const Case& made, Opcode opcode) {
  return std::ranges::any_of(made.steps, [&](const Step& step) {
    const auto* frame = as<SendFrame>(step);
    return frame != nullptr && frame->opcode == opcode;
  });
}

LiveSession session_of(Opcode opcode) {
  SendFrame frame;
  frame.opcode = opcode;
  LiveSession session;
  session.moves = {{frame}};
  return session;
}

// Two endpoints, each a table.
class ComparisonTest : public testing::Test {
 protected:
  // What becomes, there, of sessions that send such a frame, and of all others.
  void let_there(Opcode opcode, const Fate& fate, const Fate& others) {
    other_.on_start = [this, opcode, fate, others](const Task& task) {
      if (task.to_run->section == "fuzz")
        other_.fates[task.to_run->id] = {sends(*task.to_run, opcode) ? fate : others};
    };
  }
  std::vector<std::string> told(const LiveSession& session) {
    std::vector<std::string> all;
    for (const auto& each : comparison_.differences(player_.play({session}, {}), {}))
      if (each) all.push_back(each->here + " " + each->there);
    return all;
  }

  ScriptedStage stage_;
  ScriptedStage other_;
  TargetKeeper keeper_{stage_};
  TargetKeeper other_keeper_{other_};
  Oracle oracle_{{}};
  SessionPlayer player_{stage_, keeper_, stage_.stop, oracle_};
  SessionPlayer other_player_{other_, other_keeper_, stage_.stop, oracle_};
  Comparison comparison_{player_, other_player_};
};

TEST_F(ComparisonTest, TellsOfWhatDiffers) {
  let_there(odd, passes_by_an_end, passes);
  EXPECT_THAT(told(session_of(odd)), ElementsAre("open-without-echo close-1000"));
  EXPECT_THAT(told(session_of(Opcode::text)), IsEmpty());
}

TEST_F(ComparisonTest, LeavesOutWhatTheTwoAlwaysDifferIn) {
  let_there(odd, is_torn, passes_by_an_end);
  comparison_.learn_quirks();
  EXPECT_THAT(told(session_of(Opcode::binary)), IsEmpty());
  EXPECT_THAT(told(session_of(odd)), testing::SizeIs(1));
}

TEST_F(ComparisonTest, TellsNothingOfWhatWasNotPlayed) {
  let_there(odd, is_refused, passes);
  EXPECT_THAT(told(session_of(odd)), IsEmpty());
}

TEST_F(ComparisonTest, MakesFindingsOfARunThatNoRuleSays) {
  let_there(odd, passes_by_an_end, passes);
  Generator generator({}, stage_.target, 1);
  const LiveResults results =
      LiveRun(stage_, keeper_, stage_.stop, player_, generator, {.against = &comparison_},
              {.time = std::chrono::hours(1), .count = 400, .jobs = 4}, {})
          .run();
  ASSERT_FALSE(results.findings.empty());
  for (const Finding& each : results.findings) {
    EXPECT_EQ(each.cause.there, "close-1000");
    EXPECT_EQ(each.reason,
              "Here it is \"open-without-echo\", and at the other endpoint \"close-1000\".");
    EXPECT_LE(each.sessions.front().moves.size(), 2U);
  }
}

}  // namespace
}  // namespace wsconform::comparison_test
