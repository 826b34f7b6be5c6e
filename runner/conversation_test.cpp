#include "runner/conversation.h"

#include <gtest/gtest.h>

#include "runner/tested_conversation.h"

namespace wsconform {
namespace {

using std::chrono::milliseconds;
using tested::Lines;
using tested::TestedConversation;

constexpr std::string_view echo_of_a = R"({"send": "text", "payload": "a"}, {"expect": "echo"})";
constexpr std::string_view text_of_a = R"({"send": "text", "payload": "a"}, {"expect": "text"})";
constexpr std::string_view stays_open = R"({"expect": "open"})";
constexpr std::string_view illegal_frame =
    R"({"send": "reserved-b"}, {"expect": "failed-connection", "code": 1002})";
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
  EXPECT_EQ(run.reason(), "The target did all that the case expects.");
}

TEST(Conversation, TellsItsCaseAndItsWireInTheResult) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::text, "a");
  shake_hands_goodbye(run);
  EXPECT_EQ(run.result().id, "s/1/a");
  EXPECT_EQ(run.result().level, "must");
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

// An illegal frame ---------------------------------------------------------------------------------

TEST(ConversationAfterAnIllegalFrame, AsksByABarrierOnlyAfterTheHush) {
  TestedConversation run(illegal_frame);
  run.open();
  run.written();
  run.wait(run.pace.hush() - milliseconds(1));
  EXPECT_EQ(run.written(), Lines{});
  run.wait(milliseconds(1));
  EXPECT_TRUE(run.written().at(0).starts_with("ping 'barrier "));
}

TEST(ConversationAfterAnIllegalFrame, WaitsForTheBarrierAsLongAsPatienceLasts) {
  TestedConversation run(illegal_frame);
  run.open();
  run.wait_for_deadline();
  EXPECT_EQ(run.until_deadline(), run.pace.patience() - run.pace.hush());
}

struct ReactionRow {
  std::string_view name;
  void (*react)(TestedConversation& run);
  std::string_view verdict;
  std::string_view reason;
};
void PrintTo(const ReactionRow& row, std::ostream* out) {
  *out << row.name;
}

class ReactionToAnIllegalFrame : public testing::TestWithParam<ReactionRow> {};

TEST_P(ReactionToAnIllegalFrame, GetsItsVerdict) {
  TestedConversation run(illegal_frame);
  run.open();
  GetParam().react(run);
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), GetParam().verdict);
  EXPECT_EQ(run.reason(), GetParam().reason);
}

constexpr std::string_view all_done = "The target did all that the case expects.";
const ReactionRow reactions[] = {
    {"Close1002AndTheEnd",
     [](TestedConversation& run) {
       run.receive_close(1002);
       run.receive_end();
     },
     "pass", all_done},
    {"TheEndAfterTheBarrierWentOut",
     [](TestedConversation& run) {
       run.wait_for_deadline();
       run.receive_close(1002);
       run.receive_end();
     },
     "pass", all_done},
    {"AnotherCode",
     [](TestedConversation& run) {
       run.receive_close(1000);
       run.receive_end();
     },
     "lenient",
     "Close 1000 (normal closure), then the end of TCP: RFC 6455 §7.1.7 recommends the Close and "
     "its code and does not demand them."},
    {"NoClose", [](TestedConversation& run) { run.receive_end(); }, "lenient",
     "The end of TCP without a Close: RFC 6455 §7.1.7 recommends the Close and its code and does "
     "not demand them."},
    {"AReset", [](TestedConversation& run) { run.receive_end(StreamEnd::reset); }, "lenient",
     "A reset of TCP without a Close: RFC 6455 §7.1.7 recommends the Close and its code and does "
     "not demand them."},
    {"CloseWithoutTheEnd", [](TestedConversation& run) { run.receive_close(1002); }, "fail",
     "Close 1002 (protocol error), and TCP was not ended within 2.0 s."},
    {"AnsweredBarrier", [](TestedConversation& run) { run.answer_every_ping(); }, "fail",
     "The connection stayed open: a Ping was answered."},
    {"Silence", [](TestedConversation&) {}, "fail",
     "Nothing: silence, with TCP open within 2.0 s."},
    {"AnAnswerToIt", [](TestedConversation& run) { run.receive(Opcode::text, "?"); }, "fail",
     R"(The target answered what it had to refuse, with a text message of 1 byte ("?").)"},
};
INSTANTIATE_TEST_SUITE_P(Of, ReactionToAnIllegalFrame, testing::ValuesIn(reactions),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ConversationAfterAnIllegalFrame, AnswersTheCloseOfTheTarget) {
  TestedConversation run(illegal_frame);
  run.open();
  run.written();
  run.receive_close(1002);
  EXPECT_EQ(run.written(), Lines{"close 1002 '', masked"});
}

TEST(ConversationAfterAnIllegalFrame, IsAskedAgainAfterLongerHushes) {
  TestedConversation run(illegal_frame);
  run.open();
  const Duration hush = run.pace.hush();
  for (const int times : {1, 2, 4}) {
    EXPECT_EQ(run.until_deadline(), times * hush);
    run.wait_for_deadline();
    EXPECT_EQ(run.verdict(), "waiting");
    run.answer_ping();
  }
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationAfterAnIllegalFrame, PassesATargetWhosePongOvertookItsJudgement) {
  TestedConversation run(illegal_frame);
  run.open();
  run.wait_for_deadline();
  run.answer_ping();
  run.receive_close(1002);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationAfterAnIllegalFrame, TellsWhatWasExpectedAndWhatCame) {
  TestedConversation run(illegal_frame);
  run.open();
  run.answer_every_ping();
  EXPECT_EQ(run.result().expected, "the connection fails with 1002");
  EXPECT_EQ(run.result().received, "The connection stayed open: a Ping was answered");
}

struct LevelRow {
  std::string_view level;
  std::string_view kept;
  std::string_view broken;
};
void PrintTo(const LevelRow& row, std::ostream* out) {
  *out << row.level;
}

class ConversationOfLevel : public testing::TestWithParam<LevelRow> {};

TEST_P(ConversationOfLevel, GradesATargetThatKeepsTheRule) {
  TestedConversation run(illegal_frame, GetParam().level);
  run.open();
  run.receive_close(1002);
  run.receive_end();
  EXPECT_EQ(run.verdict(), GetParam().kept);
}

TEST_P(ConversationOfLevel, GradesATargetThatBreaksTheRule) {
  TestedConversation run(illegal_frame, GetParam().level);
  run.open();
  run.answer_every_ping();
  EXPECT_EQ(run.verdict(), GetParam().broken);
}

TEST_P(ConversationOfLevel, FailsATargetThatBreaksTheFraming) {
  TestedConversation run(text_of_a, GetParam().level);
  run.open();
  run.receive(encode(tested::frame_from(Role::client, Opcode::text, "a")));
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(
      run.reason(),
      "The target sent a frame that breaks RFC 6455 §5.1 (masked-server-frame): Text, 1 byte, "
      "masked 0x37fa213d.");
}

constexpr LevelRow levels[] = {{"must", "pass", "fail"},
                               {"should", "pass", "lenient"},
                               {"may", "pass", "observed"},
                               {"observe", "observed", "observed"}};
INSTANTIATE_TEST_SUITE_P(Level, ConversationOfLevel, testing::ValuesIn(levels),
                         [](const auto& row) { return std::string(row.param.level); });

// Echoes and Pongs -----------------------------------------------------------------------------------

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
  EXPECT_EQ(run.reason(),
            "The connection stayed open: a Ping was answered, a message was not echoed within 2.0 "
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

TEST(ConversationWithPings, FailsAPongWithAPayloadThatNothingAskedFor) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive(Opcode::pong, "mine");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), R"(The target sent a Pong whose payload no Ping asked for: "mine".)");
}

// Limits ---------------------------------------------------------------------------------------------

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

// How connections end -----------------------------------------------------------------------------

TEST(Conversation, IsCutOffByAnEndWithoutACloseOrARefusal) {
  TestedConversation run(text_of_a);
  run.open();
  EXPECT_FALSE(run.conversation.cut_off());
  EXPECT_FALSE(run.conversation.torn());
  run.receive_end(StreamEnd::reset);
  EXPECT_TRUE(run.conversation.cut_off());
  EXPECT_TRUE(run.conversation.torn());
}

TEST(Conversation, IsNotTornByAnOrderlyEnd) {
  TestedConversation run(text_of_a);
  run.open();
  run.receive_end();
  EXPECT_TRUE(run.conversation.cut_off());
  EXPECT_FALSE(run.conversation.torn());
}

TEST(Conversation, IsNotCutOffByAnEndBehindAClose) {
  TestedConversation run(illegal_frame);
  run.open();
  run.receive_close(1002);
  run.receive_end();
  EXPECT_FALSE(run.conversation.cut_off());
}

TEST(Conversation, IsNotCutOffByAnEndBehindARefusal) {
  TestedConversation run(text_of_a);
  run.connect();
  run.receive_text("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  run.receive_end();
  EXPECT_FALSE(run.conversation.cut_off());
}

}  // namespace
}  // namespace wsconform
