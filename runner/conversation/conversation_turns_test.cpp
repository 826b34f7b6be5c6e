// Cases that speak on several connections in turn.
#include <gtest/gtest.h>

#include <algorithm>

#include "runner/conversation/conversation.h"
#include "runner/conversation/tested_conversation.h"

namespace wsconform::conversation_turns_test {
namespace {

using tested::frame_from;
using tested::Lines;
using tested::TestedConversation;

// The second connection speaks, and the first one hears it.
constexpr std::string_view heard_by_both =
    R"({"connect": "again"}, {"send": "text", "payload": "a", "heard-by": [1, 2]},
       {"expect": "text"}, {"turn-to": 1}, {"expect": "text"}, {"expect": "open"})";

void open_both(TestedConversation& run) {
  run.open();
  EXPECT_EQ(run.written(), (Lines{"GET / HTTP/1.1", "open"}));
  run.open();
  EXPECT_EQ(run.written().at(1), "text 'a', masked");
}

TEST(ConversationInTurn, TakesUpAnEarlierConnectionAndHearsWhatWasSaidOnAnother) {
  TestedConversation run(heard_by_both);
  open_both(run);
  run.receive(Opcode::text, "a");
  EXPECT_EQ(run.written(), Lines{"take up 0"});
  run.take_up();
  run.receive(Opcode::text, "a");
  run.answer_ping();
  run.receive_close(1000);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "pass") << run.reason();
}

TEST(ConversationInTurn, FailsWhereAnotherDoesNotHearIt) {
  TestedConversation run(heard_by_both);
  open_both(run);
  run.receive(Opcode::text, "a");
  run.take_up();
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationInTurn, FailsWhereAnotherHearsItChanged) {
  TestedConversation run(heard_by_both);
  open_both(run);
  run.receive(Opcode::text, "a");
  run.take_up();
  run.receive(Opcode::text, "b");
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationInTurn, FailsWhereOneHearsWhatIsNotForIt) {
  TestedConversation run(
      R"({"connect": "again"}, {"send": "text", "payload": "a"}, {"expect": "text"},
         {"turn-to": 1}, {"expect": "open"})");
  open_both(run);
  run.receive(Opcode::text, "a");
  run.take_up();
  run.receive(Opcode::text, "a");
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationInTurn, OwesTheSpeakerNothingThatIsForOthersAlone) {
  TestedConversation run(
      R"({"connect": "again"}, {"send": "text", "payload": "a", "heard-by": [1]},
         {"turn-to": 1}, {"expect": "text"}, {"turn-to": 2}, {"expect": "open"})");
  open_both(run);
  run.take_up();
  run.receive(Opcode::text, "a");
  EXPECT_EQ(run.written().back(), "take up 1");
  run.take_up();
  run.receive(Opcode::text, "a");
  EXPECT_EQ(run.verdict(), "fail");
}

// Its driver has read them already, in one go with what belonged to the steps before.
TEST(ConversationInTurn, LeavesWhatComesInOneReadToTheTurnThatIsToCome) {
  TestedConversation run(
      R"({"send": "text", "payload": "a", "heard-by": [1]}, {"expect": "text"},
         {"connect": "again"}, {"send": "text", "payload": "b", "heard-by": [1, 2]},
         {"expect": "text"}, {"turn-to": 1}, {"expect": "text"})");
  run.open();
  Bytes both = encode(frame_from(Role::server, Opcode::text, "a"));
  append(both, ByteView(encode(frame_from(Role::server, Opcode::text, "b"))));
  EXPECT_EQ(run.conversation.receive(both, run.now), both.size());
  EXPECT_EQ(run.conversation.receive(both, run.now), 0U);
  EXPECT_FALSE(run.conversation.receive_end(StreamEnd::fin, run.now));
  run.conversation.take_actions();
  run.open();
  run.receive(Opcode::text, "b");
  run.take_up();
  EXPECT_EQ(run.written().back(), "close 1000 '', masked");
}

TEST(ConversationInTurn, TellsOfEachConnectionInTheWireLog) {
  TestedConversation run(heard_by_both);
  open_both(run);
  run.receive(Opcode::text, "a");
  run.take_up();
  run.receive(Opcode::text, "a");
  run.answer_ping();
  run.receive_close(1000);
  run.receive_end();
  const std::vector<WireEntry>& wire = run.result().wire;
  EXPECT_EQ(wire.front().connection, 0);
  EXPECT_EQ(wire.back().connection, 0);
  EXPECT_TRUE(std::ranges::any_of(wire, [](const auto& each) { return each.connection == 1; }));
  EXPECT_TRUE(std::ranges::any_of(
      wire, [](const auto& each) { return each.says == "Goes on with this connection"; }));
}

}  // namespace
}  // namespace wsconform::conversation_turns_test
