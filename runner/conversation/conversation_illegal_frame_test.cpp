// What is made of a target's reaction to what it has to refuse.
#include <gtest/gtest.h>

#include "runner/conversation/conversation.h"
#include "runner/conversation/tested_conversation.h"

namespace wsconform::conversation_illegal_frame_test {
namespace {

using std::chrono::milliseconds;
using tested::all_done;
using tested::illegal_frame;
using tested::Lines;
using tested::TestedConversation;
using tested::text_of_a;

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
    {"Silence", [](TestedConversation&) {}, "fail", "Nothing came within 2.0 s."},
    {"AnAnswerToIt", [](TestedConversation& run) { run.receive(Opcode::text, "?"); }, "fail",
     R"(The target answered data that it had to refuse: it sent a text message of 1 byte ("?").)"},
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

TEST(ConversationAboutFrames, NamesAnHttpResponseWhereAFrameBelongs) {
  TestedConversation run(R"({"expect": "open"})");
  run.open();
  run.receive_text("HTTP/1.1 400 Bad Request\r\n\r\n");
  EXPECT_TRUE(run.reason().ends_with("; its first bytes look like an HTTP response."))
      << run.reason();
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

TEST_P(ConversationOfLevel, FailsATargetThatBreaksTheFramingUnlessItOnlyObserves) {
  TestedConversation run(text_of_a, GetParam().level);
  run.open();
  run.receive(encode(tested::frame_from(Role::client, Opcode::text, "a")));
  EXPECT_EQ(run.verdict(), GetParam().level == "observe" ? "observed" : "fail");
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

TEST(ConversationAfterAnIllegalFrame, NotesWhatCameBackBeforeThatNoStepAwaited) {
  TestedConversation run(R"({"send": "text", "payload": "a"}, )" + std::string(illegal_frame));
  run.open();
  run.receive(Opcode::text, "a");
  run.receive_close(1002);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "pass");
  EXPECT_EQ(run.result().notes, Lines{"1 message came back before that."});
}

TEST(ConversationAfterAnIllegalClose, FailsATargetThatAnswersItAsIfItWereLegal) {
  TestedConversation run(
      R"({"send": "close", "code": 1000, "rsv": 2}, {"expect": "failed-connection", "code": 1002})");
  run.open();
  run.receive_close(1000);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(),
            "The illegal Close was answered with Close 1000, as if it were legal: the fault went "
            "unnoticed.");
}

TEST(ConversationAfterALegalClose, FailsATargetThatCallsItIllegal) {
  TestedConversation run(R"({"send": "close", "code": 1000}, {"expect": "closed", "code": 1000})");
  run.open();
  run.receive_close(1002);
  run.receive_end();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(
      run.reason(),
      "The target answered a legal Close with 1002, an error code: it failed the connection.");
}

}  // namespace
}  // namespace wsconform::conversation_illegal_frame_test
