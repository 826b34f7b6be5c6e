#include <gtest/gtest.h>

#include "runner/conversation/conversation.h"
#include "runner/conversation/tested_conversation.h"

namespace wsconform::conversation_refusal_test {
namespace {

using tested::all_done;
using tested::Lines;
using tested::refused_400;
using tested::TestedConversation;

constexpr std::string_view without_host =
    R"({"request": {"drop": ["Host"]}}, {"expect": "refusal"})";

TEST(ConversationAboutARefusal, EndsItsDirectionToSeeWhatFollows) {
  TestedConversation run(without_host);
  run.connect();
  run.written();
  run.receive_text(refused_400);
  EXPECT_EQ(run.written(), Lines{}) << "a target that sees the end may drop what it had to say";
  run.wait_for_deadline();
  EXPECT_EQ(run.written(), Lines{"end"});
  EXPECT_EQ(run.verdict(), "waiting");
}

TEST(ConversationAboutARefusal, GivesATargetThatIsBusyMoreTimeForWhatFollows) {
  TestedConversation run(without_host);
  run.connect();
  run.wait(std::chrono::milliseconds(50));
  run.receive_text(refused_400);
  EXPECT_EQ(run.until_deadline(), std::chrono::milliseconds(400));
}

// When to look was decided while others were answered late.
TEST(ConversationAboutARefusal, CountsWhatWasOverFirstWherePatienceFallsMeanwhile) {
  TestedConversation run(without_host);
  run.pace.measured_wait(std::chrono::seconds(2));
  run.connect();
  run.written();
  run.wait(std::chrono::milliseconds(500));
  run.receive_text(refused_400);
  const Duration hush = *run.conversation.next_deadline() - run.now;
  for (int n = 0; n < 128; ++n) run.pace.measured_wait(std::chrono::milliseconds(1));
  EXPECT_GT(hush, run.pace.patience());
  run.wait(hush);
  EXPECT_EQ(run.written(), Lines{"end"});
  EXPECT_EQ(run.verdict(), "waiting");
}

TEST(ConversationAboutARefusal, EndsNothingWhereTheTargetDoes) {
  TestedConversation run(without_host);
  run.connect();
  run.written();
  run.receive_text(refused_400);
  run.receive_end();
  EXPECT_EQ(run.written(), Lines{});
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationAboutARefusal, PassesATargetThatLeavesTcpOpen) {
  TestedConversation run(without_host);
  run.connect();
  run.receive_text(refused_400);
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
}

struct Row {
  std::string_view name;
  std::string_view steps;
  std::string_view response;
  std::string_view verdict;
  std::string_view reason;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class ResponseAndTheEndOfTcp : public testing::TestWithParam<Row> {};

TEST_P(ResponseAndTheEndOfTcp, GetTheirVerdict) {
  TestedConversation run(GetParam().steps);
  run.connect();
  run.receive_text(GetParam().response);
  run.receive_end();
  EXPECT_EQ(run.verdict(), GetParam().verdict);
  EXPECT_EQ(run.reason(), GetParam().reason);
}

constexpr std::string_view end_passes =
    R"({"request": {"drop": ["Host"]}}, {"expect": "refusal", "end": "pass"})";
constexpr std::string_view end_fails =
    R"({"request": {"drop": ["Host"]}}, {"expect": "refusal", "end": "fail"})";
constexpr std::string_view post =
    R"({"request": {"method": "POST"}}, {"expect": "refusal", "status": [405]})";
constexpr std::string_view with_a_field =
    R"({"request": {"drop": ["Host"]}}, {"expect": "refusal", "fields": {"Connection": "close"}})";
constexpr std::string_view about_a_field =
    R"({"request": {"drop": ["Host"]}},
       {"expect": "refusal", "missing": "fail", "fields": {"Connection": "close"}})";
constexpr std::string_view with_a_value =
    R"({"request": {"drop": ["Host"]}}, {"expect": "refusal", "fields": {"Content-Length": "1"}})";
constexpr std::string_view about_the_companion =
    R"({"request": {"method": "POST"}}, {"expect": "refusal", "status": [405], "missing": "fail"})";
constexpr std::string_view about_the_companion_of_any =
    R"({"request": {"method": "POST"}}, {"expect": "refusal", "status": ["4xx"], "missing": "fail"})";
constexpr std::string_view not_found =
    R"({"request": {"target": "/none"}}, {"expect": "response", "status": 404})";
constexpr std::string_view by_the_end =
    "The request was refused by the end of TCP, without a response.";
constexpr Row rows[] = {
    {"RightStatus", without_host, refused_400, "pass", all_done},
    {"ToleratedStatus", without_host, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
     "lenient", "Refused with status 404; 400 would say what is wrong."},
    {"WrongStatus", without_host, "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "fail",
     "Status 500 is not a proper refusal of this request."},
    {"Accepted", without_host, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "fail",
     "Status 200 is not a proper refusal of this request."},
    {"StatusLineThatIsNone", without_host, "HTTP/1.1 400 \x01\r\nContent-Length: 0\r\n\r\n", "fail",
     "The status line of the response is malformed (RFC 9112 §4)."},
    {"BodyUntilTheEnd", without_host, "HTTP/1.1 400 Bad Request\r\n\r\nno", "pass", all_done},
    {"HalfAHead", without_host, "HTTP/1.1 400 Bad", "fail",
     "TCP ended in the middle of the response."},
    {"HalfABody", without_host, "HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\n\r\nno", "fail",
     "TCP ended in the middle of the response."},
    {"NoResponse", without_host, "", "lenient", by_the_end},
    {"NoResponseWhereThatPasses", end_passes, "", "pass", all_done},
    {"NoResponseWhereThatFails", end_fails, "", "fail", "TCP ended without a response."},
    {"FieldAsWanted", with_a_field,
     "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "pass",
     all_done},
    {"FieldMissing", with_a_field, refused_400, "pass", all_done},
    {"FieldMissingThatTheCaseIsAbout", about_a_field, refused_400, "fail",
     "The response has no Connection field."},
    {"FieldOfAnotherValue", with_a_value, refused_400, "fail",
     "The response's Content-Length is \"0\", not '1'."},
    {"CompanionThere", post, "HTTP/1.1 405 No\r\nContent-Length: 0\r\nAllow: GET\r\n\r\n", "pass",
     all_done},
    {"CompanionMissing", post, "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n", "pass", all_done},
    {"CompanionMissingThatTheCaseIsAbout", about_the_companion,
     "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n", "fail",
     "The response with status 405 has no Allow field."},
    {"CompanionThereThatTheCaseIsAbout", about_the_companion,
     "HTTP/1.1 405 No\r\nContent-Length: 0\r\nAllow: GET\r\n\r\n", "pass", all_done},
    {"CompanionNotDemandedThatTheCaseIsAbout", about_the_companion_of_any,
     "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "observed",
     "Status 404 came, with which HTTP requires no field: nothing was judged."},
    {"ResponseWanted", not_found, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "pass", all_done},
    {"OtherResponse", not_found, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", "fail",
     R"(The response "HTTP/1.1 403 No" came instead.)"},
    {"NoResponseWanted", not_found, "", "fail", "The end of TCP without a response came instead."},
};
INSTANTIATE_TEST_SUITE_P(Of, ResponseAndTheEndOfTcp, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ConversationAboutARefusal, FailsATargetThatAccepts) {
  TestedConversation run(without_host);
  run.open();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "The handshake was accepted, though it had to be refused.");
}

TEST(ConversationAboutARefusal, AsksWhetherWhatAnAcceptanceOpensLives) {
  TestedConversation run(without_host, "should");
  run.open();
  EXPECT_EQ(run.verdict(), "waiting");
  run.answer_ping();
  run.receive_close(1000);
  EXPECT_EQ(run.verdict(), "lenient");
  EXPECT_EQ(run.reason(), "The handshake was accepted, though it had to be refused.");
}

TEST(ConversationAboutARefusal, FailsAnAcceptanceWithARefusalBehindIt) {
  TestedConversation run(without_host, "should");
  run.open();
  run.receive_text(refused_400);
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationAboutARefusal, FailsSilence) {
  TestedConversation run(without_host);
  run.connect();
  run.wait_for_deadline();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "Nothing came within 2.0 s: the connection hung.");
}

TEST(ConversationAboutARefusal, FailsAResponseThatHangs) {
  TestedConversation run(without_host);
  run.connect();
  run.receive_text("HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\n\r\nno");
  run.wait_for_deadline();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "A response that did not end came within 2.0 s: the connection hung.");
}

TEST(ConversationAboutARefusal, ShowsTheHeadThatHangs) {
  TestedConversation run(without_host);
  run.connect();
  run.receive_text("HTTP/1.1 400 Bad");
  run.wait_for_deadline();
  EXPECT_EQ(run.verdict(), "fail");
  const std::vector<WireEntry> wire = run.result().wire;
  ASSERT_GE(wire.size(), 2U);
  EXPECT_EQ(text_of(wire[wire.size() - 2].bytes), "HTTP/1.1 400 Bad");
  EXPECT_EQ(wire.back().says, "Nothing more came within 2.0 s");
}

TEST(ConversationAboutARefusal, TakesAResponseThatAResetCutOffForNone) {
  TestedConversation run(without_host);
  run.connect();
  run.receive_text("HTTP/1.1 400 Bad");
  run.receive_end(StreamEnd::reset);
  EXPECT_EQ(run.verdict(), "lenient");
  EXPECT_EQ(run.reason(), "The request was refused by a response that a reset cut off.");
}

TEST(ConversationAboutARefusal, FailsBytesBehindTheRefusal) {
  TestedConversation run(without_host);
  run.connect();
  run.receive_text(refused_400);
  run.receive_text("HTTP/1.1 ");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(),
            "More followed the refusal: what came after the refused request was served too.")
      << "however many came by then";
}

TEST(ConversationAboutARefusal, WaitsForTheEndOfAFarTargetWithinItsPatience) {
  TestedConversation run(without_host);
  run.pace.measured_round_trip(std::chrono::milliseconds(100));
  run.connect();
  run.receive_text(refused_400);
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
}

// Silence

constexpr std::string_view half_a_request = R"(
    {"request": {"finished": false}},
    {"endings": [{"expect": "response", "status": 400, "verdict": "pass"},
                 {"expect": "response", "status": 408, "verdict": "lenient", "because": "Early."},
                 {"expect": "silence", "verdict": "observed", "because": "The rest is waited for."}]},
    {"end": "send"},
    {"expect": "end"},
    {"connect": "again"}, {"expect": "open"})";

class ConversationAboutSilence : public testing::Test {
 protected:
  void SetUp() override {
    run.connect();
    run.written();
  }
  void finish() {
    run.open();
    run.answer_ping();
    run.wait_until_finished();
  }

  TestedConversation run{half_a_request};
};

TEST_F(ConversationAboutSilence, TakesHalfOfThePatienceAndThenGoesOn) {
  EXPECT_EQ(run.until_deadline(), std::chrono::seconds(1));
  run.wait(std::chrono::milliseconds(999));
  EXPECT_EQ(run.written(), Lines{});
  run.wait_for_deadline();
  EXPECT_EQ(run.written(), Lines{"end"});
  run.receive_end();
  EXPECT_EQ(run.written(), Lines{"open"});
  finish();
  EXPECT_EQ(run.verdict(), "observed");
  EXPECT_EQ(run.reason(), "Nothing: silence, with TCP open: The rest is waited for.");
  EXPECT_FALSE(run.conversation.outcome().timed_out);
}

TEST_F(ConversationAboutSilence, IsNoneOnceSomethingElseCame) {
  run.receive_text("HTTP/1.1 408 Slow\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(run.written(), Lines{"open"}) << "what follows a silence follows nothing else";
  finish();
  EXPECT_EQ(run.verdict(), "lenient");
}

TEST_F(ConversationAboutSilence, IsNoneOnceAResponseBegan) {
  run.receive_text("HTTP/1.1 400 Bad");
  run.wait_for_deadline();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_TRUE(run.conversation.outcome().timed_out);
}

TEST_F(ConversationAboutSilence, ExcusesNoOtherAnswer) {
  run.receive_text("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationAboutARefusal, PassesSilenceWhereMoreMayBeWaitedFor) {
  TestedConversation run(
      R"({"request": {"drop": ["Host"]}}, {"expect": "refusal", "silence": "pass"})");
  run.connect();
  run.written();
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
  EXPECT_EQ(run.written(), Lines{}) << "our direction ends only behind a refusal";
}

TEST_F(ConversationAboutSilence, IsLongerWhereTheTargetIsSlow) {
  run.pace.measured_wait(std::chrono::seconds(1));
  EXPECT_EQ(run.until_deadline(), std::chrono::seconds(2));
}

}  // namespace
}  // namespace wsconform::conversation_refusal_test
