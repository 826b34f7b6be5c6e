#include <gtest/gtest.h>

#include "runner/conversation/conversation.h"
#include "runner/conversation/tested_conversation.h"

namespace wsconform::conversation_handshake_test {
namespace {

using tested::Lines;
using tested::refused_400;
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
  EXPECT_EQ(run.reason(), "The message came back, but not compressed.");
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
            "The target declined permessage-deflate as this case offers it, which is allowed.");
}

TEST(ConversationAboutDeflate, IsSkippedWhereTheTargetAgreesToSomethingElse) {
  TestedConversation run = deflate_run();
  run.accept("Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n");
  EXPECT_EQ(run.verdict(), "skipped");
  EXPECT_EQ(run.reason(),
            "The target agreed to permessage-deflate with a different client_no_context_takeover "
            "from the one that this case tests.");
}

TEST(ConversationAboutDeflate, FailsATargetThatAgreesToWhatWasNotOffered) {
  TestedConversation run = deflate_run();
  run.accept("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9\r\n");
  EXPECT_EQ(run.verdict(), "fail");
}

// Accepted handshakes

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

// Endings in place of one expectation

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
  EXPECT_EQ(run.reason(), "A response with status 500 came instead.");
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
  run.receive_text(refused_400);
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

// Of a target whose every 101 has it.
TEST(ConversationAboutAFaultOfThe101, DoesNotOverlookItAsOthersDo) {
  TargetProfile target = tested::profile_of_target();
  target.overlooked.set(static_cast<std::size_t>(HandshakeFault::response_field_malformed));
  constexpr std::string_view malformed = "Welcome\r\n";
  TestedConversation other(tested::stays_open, "must", target);
  other.connect();
  other.accept(malformed);
  other.answer_ping();
  other.receive_close(1000);
  other.receive_end();
  EXPECT_EQ(other.verdict(), "pass") << other.reason();
  TestedConversation about(tested::stays_open, "must", target,
                           R"("about": ["response-field-malformed"])");
  about.connect();
  about.accept(malformed);
  EXPECT_EQ(about.verdict(), "fail");
}

}  // namespace
}  // namespace wsconform::conversation_handshake_test
