#include <gtest/gtest.h>

#include "runner/conversation/conversation.h"
#include "runner/conversation/tested_conversation.h"

namespace wsconform::conversation_time_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using tested::Lines;
using tested::stays_open;
using tested::TestedConversation;
using tested::text_of_a;

constexpr std::string_view closes =
    R"({"send": "close", "code": 1000}, {"expect": "closed", "code": 1000})";
constexpr std::string_view twice =
    R"({"expect": "open"}, {"connect": "again"}, {"expect": "open"})";

// Deadlines

TEST(ConversationDeadline, FailsATargetThatSaysNothing) {
  TestedConversation run(text_of_a);
  run.open();
  run.wait(seconds(2));
  EXPECT_EQ(run.verdict(), "waiting");
  run.wait(milliseconds(1));
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "Nothing came within 2.0 s: the connection hung.");
  EXPECT_TRUE(run.conversation.outcome().timed_out);
}

TEST(ConversationOutcome, TellsHowLongItTookToConnect) {
  TestedConversation run(text_of_a);
  run.wait(milliseconds(70));
  run.connect();
  run.wait(milliseconds(30));
  EXPECT_EQ(run.conversation.outcome().to_connect, milliseconds(70));
}

TEST(ConversationDeadline, MovesWhenTheTargetTurnsOutToBeSlow) {
  TestedConversation run(text_of_a);
  run.open();
  run.pace.measured_wait(seconds(1));
  run.wait(seconds(3));
  EXPECT_EQ(run.verdict(), "waiting");
  EXPECT_EQ(run.until_deadline(), seconds(1));
  run.wait_for_deadline();
  EXPECT_EQ(run.reason(), "Nothing came within 4.0 s: the connection hung.");
}

TEST(ConversationDeadline, IsLaterForACaseThatIsHeavyForTheTarget) {
  TestedConversation run(text_of_a, "must", tested::profile_of_target(), R"("patience": 3)");
  run.open();
  EXPECT_EQ(run.until_deadline(), seconds(6));
}

TEST(ConversationDeadline, IsLaterWhereMuchWasSent) {
  TestedConversation run(
      R"({"send": "binary", "payload": {"random": 8000000}}, {"expect": "binary"})");
  run.open();
  EXPECT_EQ(run.until_deadline(), seconds(4));
}

TEST(ConversationDeadline, BeginsAnewWithTheLastWrite) {
  TestedConversation run(text_of_a);
  run.open();
  run.wait(seconds(1));
  run.conversation.written(run.now);
  EXPECT_EQ(run.until_deadline(), seconds(2));
}

TEST(ConversationDeadline, IsNotPutOffByThePongsThatATargetAsksFor) {
  TestedConversation run(text_of_a);
  run.open();
  for (int i = 0; i < 3; ++i) {
    run.receive(Opcode::ping);
    run.conversation.written(run.now);
    run.wait(seconds(1));
  }
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationDeadline, BeginsAnewWithEveryExpectation) {
  TestedConversation run(R"({"send": "text", "payload": "a"}, {"expect": "text"},
                            {"send": "text", "payload": "b"}, {"expect": "text"})");
  run.open();
  run.wait(seconds(1));
  run.receive(Opcode::text, "a");
  EXPECT_EQ(run.until_deadline(), seconds(2));
}

TEST(ConversationDeadline, FeedsThePaceWithTheTimeOfTheHandshake) {
  TestedConversation run(stays_open);
  run.connect();
  run.wait(milliseconds(700));
  run.accept();
  EXPECT_EQ(run.pace.slowest(), milliseconds(700));
  EXPECT_EQ(run.pace.last_heard(), run.now);
}

TEST(ConversationDeadline, IsNoneOnceFinished) {
  TestedConversation run(text_of_a);
  run.open();
  run.wait_until_finished();
  EXPECT_EQ(run.conversation.next_deadline(), std::nullopt);
}

TEST(ConversationWithAFarTarget, AsksByABarrierWellBeforeItsPatienceEnds) {
  TestedConversation run(
      R"({"send": "reserved-b"}, {"expect": "failed-connection", "code": 1002})");
  run.pace.measured_round_trip(seconds(3));
  run.open();
  run.written();
  run.wait_for_deadline();
  EXPECT_EQ(run.verdict(), "waiting");
  EXPECT_TRUE(run.written().at(0).starts_with("ping 'barrier "));
}

TEST(ConversationDeadline, IsPutOffByEachMessageThatComesBack) {
  TestedConversation run(R"({"send": "text", "payload": "a", "times": 40}, {"expect": "echo"})");
  run.open();
  for (int n = 0; n < 5; ++n) {
    run.wait(milliseconds(1500));
    run.receive(Opcode::text, "a");
  }
  EXPECT_EQ(run.until_deadline(), seconds(2));
  // Not for ever: after four times its patience, and one more, it is over.
  run.wait(milliseconds(1500));
  run.receive(Opcode::text, "a");
  EXPECT_EQ(run.until_deadline(), seconds(1));
}

TEST(ConversationThatAsksNothing, LeavesTheTargetAloneUntilItsPatienceEnds) {
  TestedConversation run(
      R"({"send": "reserved-b"}, {"expect": "failed-connection", "code": 1002, "ask": false})");
  run.open();
  run.written();
  EXPECT_EQ(run.until_deadline(), seconds(2));
  run.wait_for_deadline();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.written(), Lines{});
}

TEST(ConversationThatAsksNothing, PassesWhereTheTargetFailsTheConnectionByItself) {
  TestedConversation run(
      R"({"send": "reserved-b"}, {"expect": "failed-connection", "code": 1002, "ask": false})");
  run.open();
  run.receive_close(1002);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationWithAFarTarget, LetsItsLastCloseGoUnanswered) {
  TestedConversation run(text_of_a);
  run.pace.measured_round_trip(milliseconds(100));
  run.open();
  run.receive(Opcode::text, "a");
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
}

// Closing

TEST(ConversationAboutClosing, PassesAnAnswerAndTheEnd) {
  TestedConversation run(closes);
  run.open();
  run.receive_close(1000);
  EXPECT_EQ(run.verdict(), "waiting");
  run.receive_end();
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationAboutClosing, FailsTheEndWithoutAnAnswer) {
  TestedConversation run(closes);
  run.open();
  run.receive_end();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "The end of TCP without a Close.");
}

TEST(ConversationAboutClosing, FailsAnAnswerWithoutTheEnd) {
  TestedConversation run(closes);
  run.open();
  run.receive_close(1000);
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "Close 1000 (normal closure), and TCP was not ended within 2.0 s.");
}

TEST(ConversationAboutClosing, FailsDataAfterTheClose) {
  TestedConversation run(closes);
  run.open();
  run.receive_close(1000);
  run.receive(Opcode::text, "late");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "The target sent data after its Close (RFC 6455 §5.5.1).");
}

TEST(ConversationAboutClosing, IsLenientWithASecondClose) {
  TestedConversation run(closes);
  run.open();
  run.receive_close(1000);
  run.receive_close(1000);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "lenient");
  EXPECT_EQ(run.reason(), "A second Close followed the first.");
}

TEST(ConversationAboutClosing, NeverAsksByABarrierAfterItsClose) {
  TestedConversation run(closes);
  run.open();
  run.written();
  run.wait_until_finished();
  EXPECT_EQ(run.written(), Lines{});
}

TEST(ConversationAboutClosing, JudgesWhatComesBeforeTheAnswerToItsLastClose) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::text, "a");
  run.receive(Opcode::text, "more");
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationAboutClosing, EndsAndResetsTcpAsTheCaseSays) {
  TestedConversation ended(R"({"end": "send"}, {"expect": "end"})");
  ended.open();
  EXPECT_EQ(ended.written().back(), "end");
  TestedConversation reset(R"({"end": "reset"}, {"connect": "again"}, {"expect": "open"})");
  reset.open();
  EXPECT_EQ(reset.written(), (Lines{"GET / HTTP/1.1", "abort", "open"}));
}

// Connections

TEST(ConversationOfTwoConnections, OpensTheSecondWithAHandshakeOfItsOwn) {
  TestedConversation run(twice);
  run.open();
  run.answer_ping();
  EXPECT_EQ(run.written().back(), "open");
  run.connect();
  EXPECT_EQ(run.written(), Lines{"GET / HTTP/1.1"});
  run.accept();
  run.answer_ping();
  run.receive_close(1000);
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationOfTwoConnections, HearsNoMoreOfTheFirst) {
  TestedConversation run(twice);
  run.open();
  run.answer_ping();
  run.receive(Opcode::text, "late");
  run.receive_end();
  run.connect();
  EXPECT_EQ(run.verdict(), "waiting");
}

TEST(ConversationOfTwoConnections, TellsThemApartInItsWire) {
  TestedConversation run(twice);
  run.open();
  run.answer_ping();
  run.open();
  run.wait_until_finished();
  EXPECT_EQ(run.result().wire.front().connection, 0);
  EXPECT_EQ(run.result().wire.back().connection, 1);
}

TEST(ConversationWithoutAConnection, GetsNoVerdict) {
  TestedConversation run(stays_open);
  run.conversation.connect_failed("connection refused", run.now);
  EXPECT_EQ(run.verdict(), "error");
  EXPECT_EQ(run.result().at_fault, AtFault::target_unreachable);
  EXPECT_EQ(run.reason(), "The target could not be reached: connection refused.");
}

TEST(ConversationWithoutAConnection, WaitsNoLongerThanItsPatience) {
  TestedConversation run(stays_open);
  run.wait_for_deadline();
  EXPECT_EQ(run.verdict(), "error");
  EXPECT_EQ(run.reason(), "TCP was not connected within 2.0 s.");
  EXPECT_EQ(run.conversation.outcome().waited, seconds(2));
}

TEST(ConversationThatIsAbandoned, GetsNoVerdict) {
  TestedConversation run(stays_open);
  run.open();
  run.conversation.abandon(AtFault::setup, "The run was interrupted.", run.now);
  EXPECT_EQ(run.verdict(), "error");
  EXPECT_EQ(run.result().at_fault, AtFault::setup);
  EXPECT_EQ(run.reason(), "The run was interrupted.");
}

TEST(ConversationThatIsFinished, IgnoresWhatStillHappens) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::text, "mine");
  run.written();
  run.receive(Opcode::ping, "late");
  run.receive_end();
  run.conversation.abandon(AtFault::setup, "late", run.now);
  run.wait(seconds(60));
  EXPECT_EQ(run.written(), Lines{});
  EXPECT_EQ(run.verdict(), "fail");
}

// Times in proportion

constexpr std::string_view in_proportion =
    R"({"expect": "proportion", "harmless": {}, "quarter": {"target": "/a"}, "whole": {"target": "/aaaa"}},
       {"connect": "again"}, {"expect": "open"})";

// Every request of so many rounds is refused after so long, by its kind.
void refuse_all_after(TestedConversation& run, milliseconds harmless, milliseconds quarter,
                      milliseconds whole, int rounds = Proportion::rounds) {
  run.open();
  for (int round = 0; round < rounds; ++round) {
    for (const milliseconds time : {harmless, quarter, whole}) {
      run.connect();
      run.wait(time);
      run.receive_text(tested::refused_400);
    }
  }
}

TEST(ConversationInProportion, FailsATimeThatLeaps) {
  TestedConversation run(in_proportion);
  refuse_all_after(run, milliseconds(1), milliseconds(6), milliseconds(90));
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_TRUE(run.reason().starts_with("The time explodes: at least 90.0 ms")) << run.reason();
}

TEST(ConversationInProportion, GoesOnAfterTwoRoundsWhereTheTimeDoesNotLeap) {
  TestedConversation run(in_proportion);
  refuse_all_after(run, milliseconds(1), milliseconds(24), milliseconds(90), 2);
  run.open();
  run.answer_ping();
  run.receive_close(1000);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "pass") << run.reason();
}

TEST(ConversationInProportion, GoesOnAfterASecondHarmlessRequestThatTakesAsLong) {
  TestedConversation run(in_proportion);
  refuse_all_after(run, milliseconds(80), milliseconds(6), milliseconds(90), 1);
  run.connect();
  run.wait(milliseconds(80));
  run.receive_text(tested::refused_400);
  run.open();
  run.answer_ping();
  run.receive_close(1000);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "pass") << run.reason();
}

TEST(ConversationInProportion, FailsATargetThatNeverAnswers) {
  TestedConversation run(in_proportion);
  run.open();
  run.connect();
  run.wait_for_deadline();
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationThatALimitMayEnd, AsksByABarrierAsSoonAsAllCameBack) {
  TestedConversation run(R"({"send": "text", "payload": "a"}, {"endings": [
    {"expect": "echo", "verdict": "pass", "because": "Taken."},
    {"expect": "failed-connection", "code": 1009, "verdict": "pass", "because": "Refused."}]})");
  run.open();
  EXPECT_EQ(run.written().back(), "text 'a', masked");
  run.receive(Opcode::text, "a");
  EXPECT_TRUE(run.written().at(0).starts_with("ping 'barrier "));
  run.answer_ping();
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
}

}  // namespace
}  // namespace wsconform::conversation_time_test
