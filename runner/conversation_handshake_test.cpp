#include <gtest/gtest.h>

#include "runner/conversation.h"
#include "runner/tested_conversation.h"

namespace wsconform {
namespace {

using tested::all_done;
using tested::Lines;
using tested::TestedConversation;

constexpr std::string_view about_deflate =
    R"("needs": ["permessage-deflate"], "agreement": {"client_no_context_takeover": false}, )"
    R"("handshake": {"set": {"Sec-WebSocket-Extensions": "permessage-deflate"}})";

TestedConversation deflate_run() {
  TestedConversation run(
      R"({"send": "text", "payload": "Hello", "deflate": true}, {"expect": "open"})", "must",
      tested::profile_of_target(), about_deflate);
  run.connect();
  return run;
}

TEST(ConversationAboutDeflate, CompressesOnceItIsAgreed) {
  TestedConversation run = deflate_run();
  run.written();
  run.accept("Sec-WebSocket-Extensions: permessage-deflate\r\n");
  EXPECT_EQ(run.written().front(),
            "text '\xF2H\xCD\xC9\xC9\a" + std::string(1, '\0') + "', masked");
}

TestedConversation compressing_run() {
  TestedConversation run(
      R"({"send": "text", "payload": "Hello"}, {"expect": "text", "compressed": true})", "may",
      tested::profile_of_target(), about_deflate);
  run.connect();
  run.accept("Sec-WebSocket-Extensions: permessage-deflate\r\n");
  return run;
}

TEST(ConversationAboutDeflate, SeesThatTheTargetCompresses) {
  TestedConversation run = compressing_run();
  run.receive(from_hex("c107f248cdc9c90700").value());
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationAboutDeflate, SeesThatTheTargetDoesNotCompress) {
  TestedConversation run = compressing_run();
  run.receive(Opcode::text, "Hello");
  EXPECT_EQ(run.verdict(), "observed");
  EXPECT_EQ(run.reason(), "The message came back, yet not compressed.");
}

TEST(ConversationAboutDeflate, GivesAnInflaterLongerToFindAFault) {
  TestedConversation run(
      R"({"send": "text", "payload": {"hex": "0600"}, "rsv": 4}, {"expect": "failed-connection", "code": 1007})",
      "must", tested::profile_of_target(), about_deflate);
  run.connect();
  run.accept("Sec-WebSocket-Extensions: permessage-deflate\r\n");
  for (const int times : {1, 2, 4, 8, 16}) {
    EXPECT_EQ(run.until_deadline(), times * run.pace.hush());
    run.wait_for_deadline();
    run.answer_ping();
  }
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationAboutDeflate, IsSkippedWhereTheTargetDeclines) {
  TestedConversation run = deflate_run();
  run.accept();
  EXPECT_EQ(run.verdict(), "skipped");
  EXPECT_EQ(run.reason(),
            "The target did not agree to permessage-deflate as this case offers it, which it may.");
}

TEST(ConversationAboutDeflate, IsSkippedWhereTheTargetAgreesToSomethingElse) {
  TestedConversation run = deflate_run();
  run.accept("Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n");
  EXPECT_EQ(run.verdict(), "skipped");
  EXPECT_EQ(run.reason(),
            "The target agreed to permessage-deflate with another client_no_context_takeover than "
            "this case is about.");
}

TEST(ConversationAboutDeflate, FailsATargetThatAgreesToWhatWasNotOffered) {
  TestedConversation run = deflate_run();
  run.accept("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9\r\n");
  EXPECT_EQ(run.verdict(), "fail");
}

constexpr std::string_view without_host =
    R"({"request": {"drop": ["Host"]}}, {"expect": "refusal"})";
constexpr std::string_view refused_400 = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

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
constexpr std::string_view not_found =
    R"({"request": {"target": "/none"}}, {"expect": "response", "status": 404})";
constexpr std::string_view by_the_end =
    "The request was refused by the end of TCP, without a response.";
constexpr Row rows[] = {
    {"RightStatus", without_host, refused_400, "pass", all_done},
    {"ToleratedStatus", without_host, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
     "lenient", "Refused with status 404, where 400 says what is wrong."},
    {"WrongStatus", without_host, "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "fail",
     "Status 500 does not refuse this request rightly."},
    {"Accepted", without_host, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "fail",
     "Status 200 does not refuse this request rightly."},
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
    {"FieldMissing", with_a_field, refused_400, "lenient", "The response has no Connection field."},
    {"CompanionThere", post, "HTTP/1.1 405 No\r\nContent-Length: 0\r\nAllow: GET\r\n\r\n", "pass",
     all_done},
    {"CompanionMissing", post, "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n", "lenient",
     "The response with status 405 has no Allow field."},
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

TEST(ConversationAboutARefusal, FailsBytesBehindTheRefusal) {
  TestedConversation run(without_host);
  run.connect();
  run.receive_text(refused_400);
  run.receive_text("HTTP/1.1 ");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "9 more bytes followed the refusal: something behind it was served.");
}

TEST(ConversationAboutARefusal, WaitsForTheEndOfAFarTargetWithinItsPatience) {
  TestedConversation run(without_host);
  run.pace.measured_round_trip(std::chrono::milliseconds(100));
  run.connect();
  run.receive_text(refused_400);
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
}

// Accepted handshakes ------------------------------------------------------------------------------

constexpr std::string_view accepted = R"({"request": {}}, {"expect": "response", "status": 101})";

TEST(ConversationAboutAHandshake, AsksWhetherWhatA101OpensLives) {
  TestedConversation run(accepted);
  run.open();
  EXPECT_TRUE(run.written().back().starts_with("ping 'barrier "));
  run.answer_ping();
  run.receive_close(1000);
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationAboutAHandshake, FailsA101ThatOpensNothing) {
  TestedConversation run(accepted);
  run.open();
  run.receive_end();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "The end of TCP without a Close.");
}

TEST(ConversationAboutAHandshake, JudgesEvery101Whole) {
  TestedConversation run(accepted, "may");
  run.connect();
  run.receive_text("HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(),
            "The 101 response breaks RFC 6455 §4.1 (accept-missing): The response has no "
            "Sec-WebSocket-Accept field.");
}

TEST(ConversationAboutAHandshake, FailsTheWrongSubprotocol) {
  TestedConversation run(R"({"request": {"set": {"Sec-WebSocket-Protocol": "chat"}}},
                            {"expect": "response", "status": 101, "subprotocol": "chat"})");
  run.open();
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "The subprotocol selected is none, not 'chat'.");
}

TEST(ConversationAboutAHandshake, FailsARefusalOfAnOrdinaryHandshake) {
  TestedConversation run(R"({"expect": "open"})");
  run.connect();
  run.receive_text(refused_400);
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), R"(The response "HTTP/1.1 400 Bad Request" came instead.)");
}

// Endings in place of one expectation --------------------------------------------------------------

constexpr std::string_view graded =
    R"({"request": {"target": "*"}},
       {"endings": [{"expect": "response", "status": [400, 404], "verdict": "pass",
                     "because": "it refuses"},
                    {"expect": "end", "verdict": "lenient", "because": "it says nothing"},
                    {"expect": "response", "status": 101, "verdict": "observed",
                     "because": "it does not look"}]})";

TEST(ConversationWithGradedEndings, TakesTheFirstThatFits) {
  TestedConversation run(graded);
  run.connect();
  run.receive_text(refused_400);
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationWithGradedEndings, GivesTheVerdictOfTheOneThatFits) {
  TestedConversation run(graded);
  run.connect();
  run.receive_end();
  EXPECT_EQ(run.verdict(), "lenient");
  EXPECT_EQ(run.reason(), "The end of TCP without a response: it says nothing");
}

TEST(ConversationWithGradedEndings, FailsWhatNoneFits) {
  TestedConversation run(graded);
  run.connect();
  run.receive_text("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(run.verdict(), "fail");
  EXPECT_EQ(run.reason(), "A response with status 500.");
}

TEST(ConversationWithGradedEndings, AsksWhetherWhatA101OpensLives) {
  TestedConversation run(graded);
  run.open();
  run.answer_ping();
  run.receive_close(1000);
  EXPECT_EQ(run.verdict(), "observed");
  EXPECT_EQ(run.reason(), "A response with status 101: it does not look");
}

constexpr std::string_view interim_or_refusal = R"({"request": {}}, {"endings": [
    {"expect": "response", "status": 100, "verdict": "pass"},
    {"expect": "response", "status": ["4xx"], "verdict": "lenient", "because": "It may."}]})";

TEST(ConversationAboutAnInterimResponse, EndsWithItWhereAnEndingNamesIt) {
  TestedConversation run(interim_or_refusal);
  run.connect();
  run.receive_text("HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(ConversationAboutAnInterimResponse, SeesItWhereTheResponseComesWithIt) {
  TestedConversation run(R"({"request": {}}, {"endings": [
    {"expect": "response", "status": 100, "verdict": "pass"}]},
    {"connect": "again"}, {"expect": "open"})");
  run.connect();
  run.written();
  run.receive_text(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(run.verdict(), "waiting");
  EXPECT_EQ(run.written(), Lines{"open"});
}

TEST(ConversationAboutAnInterimResponse, FailsForA101WithoutIt) {
  TestedConversation run(interim_or_refusal);
  run.connect();
  run.accept();
  run.receive_end();
  EXPECT_EQ(run.verdict(), "fail");
}

TEST(ConversationAboutAnInterimResponse, WaitsForTheNextWhereNoEndingNamesIt) {
  TestedConversation run(R"({"request": {}}, {"endings": [
    {"expect": "response", "status": ["4xx"], "verdict": "pass"}]})");
  run.connect();
  run.receive_text("HTTP/1.1 103 Early Hints\r\n\r\n");
  EXPECT_EQ(run.verdict(), "waiting");
  run.receive_text("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(run.verdict(), "pass");
}

TEST(Conversation, IsNotJudgedWhereTheTicketsAreUsedUp) {
  TargetProfile target = tested::profile_of_target();
  target.declare({.ticket = TicketPolicy{.parameter = "t", .good = {"1"}, .single_use = true}});
  TestedConversation test(R"({"request": {}}, {"expect": "response", "status": 101},
                             {"connect": "again"}, {"expect": "open"})",
                          "must", target);
  test.connect();
  EXPECT_EQ(test.written().back(), "GET /?t=1 HTTP/1.1");
  test.accept();
  test.connect();
  EXPECT_EQ(test.verdict(), "error");
  EXPECT_EQ(test.result().at_fault, AtFault::setup);
  EXPECT_EQ(test.reason(), "The good tickets that the profile declares are used up.");
}

}  // namespace
}  // namespace wsconform
