#include "runner/conversation/conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/conversation/tested_conversation.h"

namespace wsconform::conversation_test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

using tested::illegal_frame;
using tested::Lines;
using tested::stays_open;
using tested::TestedConversation;
using tested::text_of_a;

constexpr std::string_view echo_of_a = R"({"send": "text", "payload": "a"}, {"expect": "echo"})";
// A connection that the case leaves open is closed; the target answers as it should.
void shake_hands_goodbye(TestedConversation& run) {
  run.receive_close(1000);
  run.receive_end();
}

TEST(Conversation, BeginsWithTheOpeningHandshake) {
  TestedConversation run(stays_open);
  EXPECT_EQ(run.written(), Lines{});
  run.connect();
  EXPECT_EQ(run.written(), Lines{"GET / HTTP/1.1"});
}

TEST(Conversation, SendsItsFirstStepsOnceTheHandshakeIsAccepted) {
  TestedConversation run(text_of_a);
  run.connect();
  run.written();
  run.accept();
  EXPECT_EQ(run.written(), Lines{"text 'a', masked"});
}

TEST(Conversation, ClosesWhatTheCaseLeavesOpenAndPasses) {
  TestedConversation run(text_of_a);
  run.open();
  run.written();
  run.receive(Opcode::text, "a");
  EXPECT_EQ(run.written(), Lines{"close 1000 '', masked"});
  EXPECT_EQ(run.verdict(), "waiting");
  shake_hands_goodbye(run);
  EXPECT_EQ(run.verdict(), "pass");
  EXPECT_EQ(run.reason(), "The target did everything that the case expects.");
}

TEST(Conversation, TellsItsCaseAndItsWireInTheResult) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::text, "a");
  shake_hands_goodbye(run);
  EXPECT_EQ(run.result().id, "s/1/a");
  EXPECT_EQ(run.result().level, Level::must);
  EXPECT_EQ(run.result().script.size(), 2U);
  EXPECT_EQ(run.result().wire.at(0).says, "TCP is connected");
  EXPECT_EQ(run.result().wire.at(1).says, "GET / HTTP/1.1");
}

TEST(Conversation, AsksByABarrierWhetherTheConnectionLives) {
  TestedConversation run(stays_open);
  run.open();
  EXPECT_TRUE(run.written().back().starts_with("ping 'barrier "));
  run.answer_ping();
  EXPECT_EQ(run.written(), Lines{"close 1000 '', masked"});
}

TEST(Conversation, AnswersThePingsOfTheTarget) {
  TestedConversation run(text_of_a);
  run.open();
  run.written();
  run.receive(Opcode::ping, "theirs");
  EXPECT_EQ(run.written(), Lines{"pong 'theirs', masked"});
  EXPECT_EQ(run.verdict(), "waiting");
}

// Echoes and Pongs

TEST(ConversationWithEchoes, PassesOnceTheEchoAndTheBarriersPongCame) {
  TestedConversation run(echo_of_a);
  run.open();
  run.receive(Opcode::text, "a");
  EXPECT_EQ(run.verdict(), "waiting");
  run.answer_ping();
  shake_hands_goodbye(run);
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationWithEchoes, WaitsForAnEchoThatComesAfterTheBarriersPong) {
  TestedConversation run(echo_of_a);
  run.open();
  run.answer_ping();
  EXPECT_EQ(run.verdict(), "waiting");
  run.receive(Opcode::text, "a");
  shake_hands_goodbye(run);
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationWithEchoes, FailsWithoutTheEcho) {
  TestedConversation run(echo_of_a);
  run.open();
  run.answer_ping();
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(
      run.reason(),
      "The connection stayed open: a Ping was answered, but a message was not echoed within 2.0 "
      "s.");
}

TEST(ConversationWithEchoes, FailsAnEchoThatComesTwice) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::text, "a");
  run.receive(Opcode::text, "a");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(),
            R"(The target sent a text message of 1 byte ("a") that answers nothing.)");
}

TEST(ConversationWithEchoes, FailsAChangedEcho) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::text, "A");
  EXPECT_EQ(run.reason(), "A message of 1 byte came back changed from byte 0 on.");
}

TEST(ConversationWithEchoes, FailsACloseInTheEchosPlace) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive_close(1002);
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "Close 1002 (protocol error), and TCP was not ended came instead.");
}

TEST(ConversationWithEchoes, AsksATargetThatDoesNotEchoByABarrier) {
  TestedConversation run(text_of_a, "must", tested::profile_of_target(false));
  run.open();
  run.receive(Opcode::text, "welcome");
  run.answer_ping();
  shake_hands_goodbye(run);
  EXPECT_EQ(run.verdict(), "pass");
  EXPECT_EQ(run.result().notes.size(), 1U);
}

TEST(ConversationWithEchoes, AwaitsNoEchoAtTheEndOfATargetThatDoesNotEcho) {
  TestedConversation run(echo_of_a, "must", tested::profile_of_target(false));
  run.open();
  run.answer_ping();
  shake_hands_goodbye(run);
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationWithPings, PassesThePongOfTheLatest) {
  TestedConversation run(R"({"send": "ping", "payload": "one"}, {"send": "ping", "payload": "two"},
                            {"expect": "pong"})");
  run.open();
  run.answer_ping();
  shake_hands_goodbye(run);
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationWithPings, ToleratesAPongThatNothingAskedForWhereItIsEmpty) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::pong);
  run.receive(Opcode::text, "a");
  shake_hands_goodbye(run);
  EXPECT_EQ(run.verdict(), "pass");
}

// RFC 6455 §5.5.3 lets an endpoint send Pongs of its own, with any payload.
TEST(ConversationWithPings, OnlyNotesAPongThatNothingAskedFor) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::pong, "mine");
  run.receive(Opcode::pong, "mine again");
  run.receive(Opcode::text, "a");
  shake_hands_goodbye(run);
  EXPECT_EQ(run.verdict(), "pass");
  EXPECT_EQ(run.result().notes,
            (Lines{"The target sent a Pong that nobody asked for, which is allowed "
                   R"((RFC 6455 §5.5.3): "mine".)"}));
}

// What stands in the body of a request is no frame (RFC 9112 §6.3).
TEST(ConversationWithPings, FailsAPongThatAnswersWhatStoodInTheRequest) {
  TestedConversation run(R"({"request": {"append": ["Content-Length: 10"],
                             "body": {"hex": "898400000000626f6479"}}}, {"expect": "open"})");
  run.open();
  run.receive(Opcode::pong, "body");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(),
            "The target sent a Pong for bytes of the request that were not a "
            R"(Ping: "body".)");
}

// Limits

constexpr std::string_view large = R"({"send": "binary", "payload": {"random": 5000}}, )";

TEST(ConversationWithALargeMessage, ObservesThatTheTargetHasALimit) {
  for (const std::string_view expect : {R"({"expect": "echo"})", R"({"expect": "binary"})"}) {
    TestedConversation run(std::string(large) + std::string(expect));
    run.open();
    run.receive_close(1009);
    run.receive_end();
    EXPECT_EQ(run.verdict(), "observed") << expect;
    EXPECT_EQ(run.reason(),
              "The target refused a message of 5000 bytes with 1009: it has a limit.");
  }
}

TEST(ConversationWithALargeMessage, FailsATargetThatRefusesItOtherwise) {
  TestedConversation run(std::string(large) + R"({"expect": "binary"})");
  run.open();
  run.receive_close(1011);
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationWithALargeMessage, StopsATargetThatNeverStopsTalking) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(*from_hex("827f0000010000000000"));
  for (int i = 0; i < 5 && !run.conversation.finished(); ++i) run.receive(Bytes(1 << 20, 0));
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_TRUE(run.reason().ends_with("bytes, far more than anything asked for."));
}

TEST(ConversationWithPings, StopsATargetThatNeverStopsAsking) {
  TestedConversation run(text_of_a);
  run.open();
  for (int i = 0; i < 10'000 && !run.conversation.finished(); ++i) run.receive(Opcode::ping, "a");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_TRUE(run.reason().ends_with("frames, far more than anything asked for."));
}

// How connections end

TEST(Conversation, IsCutOffByAnEndWithoutACloseOrARefusal) {
  TestedConversation run(text_of_a);
  run.open();
  EXPECT_FALSE(run.conversation.outcome().cut_off());
  EXPECT_FALSE(run.conversation.outcome().torn());
  run.receive_end(StreamEnd::reset);
  EXPECT_TRUE(run.conversation.outcome().cut_off());
  EXPECT_TRUE(run.conversation.outcome().torn());
}

TEST(Conversation, IsNotTornByAnOrderlyEnd) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive_end();
  EXPECT_TRUE(run.conversation.outcome().cut_off());
  EXPECT_FALSE(run.conversation.outcome().torn());
}

TEST(Conversation, IsNotCutOffByAnEndBehindAClose) {
  TestedConversation run(illegal_frame);
  run.open();
  run.receive_close(1002);
  run.receive_end();
  EXPECT_FALSE(run.conversation.outcome().cut_off());
}

TEST(Conversation, IsNotCutOffByAnEndBehindARefusal) {
  TestedConversation run(text_of_a);
  run.connect();
  run.receive_text("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  run.receive_end();
  EXPECT_FALSE(run.conversation.outcome().cut_off());
}

// Silence within a frame, where no Ping can ask

class ConversationWithinAFrame : public testing::Test {
 protected:
  void SetUp() override {
    run.open();
    run.receive(Opcode::text, "a");
  }

  TestedConversation run{
      R"({"send": "text", "payload": "a"}, {"expect": "text", "payload": "same"},
         {"send": "binary", "declared-length": 4294967301, "payload": "a few"},
         {"endings": [{"expect": "silence", "verdict": "pass"},
                      {"expect": "failed-connection", "code": "any", "verdict": "pass"}]})"};
};

TEST_F(ConversationWithinAFrame, TakesSilenceForHalfOfThePatience) {
  EXPECT_EQ(run.until_deadline(), std::chrono::seconds(1));
  run.receive(Opcode::ping, "are you there");
  run.wait(std::chrono::milliseconds(999));
  EXPECT_EQ(run.verdict(), "waiting");
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
  EXPECT_EQ(run.reason(), "The target did everything that the case expects.");
}

TEST_F(ConversationWithinAFrame, TakesAFailedConnection) {
  run.receive_close(1009);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "pass");
}

TEST_F(ConversationWithinAFrame, FailsWhoeverAnswers) {
  run.receive(Opcode::binary, "a few");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(),
            "The target sent a binary message of 5 bytes (\"a few\") that answers nothing.");
}

TEST_F(ConversationWithinAFrame, FailsACloseThatNothingFollows) {
  run.receive_close(1009);
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "fail");
}

// It is for the cases about the closing handshake, and would hide all others.
TEST(Conversation, OnlyNotesWhatIsWrongWithTheCloseBehindItsLastStep) {
  constexpr std::string_view illegal_close = "88020000";
  TestedConversation behind(text_of_a);
  behind.open();
  behind.receive(Opcode::text, "a");
  behind.receive(from_hex(illegal_close).value());
  EXPECT_EQ(behind.verdict(), "pass") << behind.reason();
  EXPECT_THAT(behind.result().notes, Contains(AllOf(HasSubstr("behind the last step"),
                                                    HasSubstr("close-code-out-of-range"))));
  TestedConversation within(
      R"({"send": "close", "code": 1000}, {"expect": "closed", "code": 1000})");
  within.open();
  within.receive(from_hex(illegal_close).value());
  EXPECT_EQ(within.verdict(), "fail");
}

TEST(Conversation, JudgesWhatElseComesBehindItsLastStep) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::text, "a");
  run.receive(Opcode::text, "b");
  EXPECT_EQ(run.verdict(), "fail");
}

}  // namespace
}  // namespace wsconform::conversation_test
