#include "runner/casebook/case_words.h"

#include <gtest/gtest.h>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::case_words_test {
namespace {

struct Row {
  std::string_view name;
  std::string_view step;
  std::string_view words;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class StepInWords : public testing::TestWithParam<Row> {};

TEST_P(StepInWords, IsOnePlainLine) {
  EXPECT_EQ(step_words(case_with(GetParam().step).steps.front()), GetParam().words);
}

constexpr Row rows[] = {
    {"Ping126", R"({"send": "ping", "payload": {"repeat": "*", "times": 126}})",
     "Send a Ping of 126 bytes."},
    {"ShortText", R"({"send": "text", "payload": "hello"})",
     R"(Send a text message with "hello".)"},
    {"Empty", R"({"send": "binary"})", "Send a binary message without payload."},
    {"Hex", R"({"send": "text", "payload": {"hex": "c0af"}})",
     "Send a text message with hex c0af."},
    {"Random", R"({"send": "binary", "payload": {"random": 1}})",
     "Send a binary message of 1 byte."},
    {"Odd",
     R"({"send": "text", "payload": "a", "fin": false, "rsv": 6, "mask": "none", "length-form": 64,
         "declared-length": 7, "times": 3})",
     "Send a text frame with \"a\", FIN clear, RSV1 set, RSV2 set, unmasked, its length written in "
     "7+64 "
     "bits, declared to be 7 bytes, 3 times."},
    {"Fragments",
     R"({"send": "text", "payload": "123456789", "fragments": [2, 0, 3], "cut": "frames"})",
     "Send a text message with \"123456789\", in fragments of 2, 0, 3 and 4 bytes, each frame in a "
     "TCP segment "
     "of its own."},
    {"Reserved", R"({"send": "reserved-b", "mask": "00000000", "cut": "bytes"})",
     "Send a frame with the reserved opcode 0xB without payload, masked with 00000000, byte by "
     "byte."},
    {"Bytes", R"({"send": "bytes", "payload": {"hex": "81"}, "cut": [1, 2]})",
     "Send the raw bytes hex 81, cut after byte 1, 2."},
    {"End", R"({"end": "send"})", "End our direction of TCP."},
    {"Reset", R"({"end": "reset"})", "Reset the TCP connection."},
    {"HeardByOne", R"({"send": "text", "payload": "a", "heard-by": [1]})",
     "Send a text message with \"a\", heard on connection 1."},
    {"Again", R"({"connect": "again"})", "Open another connection, with a handshake."},
    {"PlainRequest", R"({"request": {}})", "Send the opening handshake."},
    {"EditedRequest",
     R"({"request": {"version": "HTTP/1.0", "set": {"Host": "x"}, "drop": ["Upgrade"]}})",
     "Send an opening handshake with the request line \"GET {path} HTTP/1.0\" and \"Host: x\", "
     "without Upgrade."},
    {"UnfinishedRequest", R"({"request": {"finished": false}})",
     "Send the opening handshake without its closing empty line."},
    {"HostileRequest", R"({"request": {"set": {"A": "\u001b[2J"}}})",
     "Send an opening handshake with \"A: \\x1b[2J\"."},
    {"Response",
     R"({"expect": "response", "status": 101, "subprotocol": "chat", "fields": {"Server": true}})",
     "Expect: a response with 101, the subprotocol \"chat\", a Server field."},
    {"RefusalOrSilence", R"({"expect": "refusal", "silence": "pass"})",
     "Expect: a refusal with 400, or nothing at all (lenient: another 4xx, 502 or the end of TCP "
     "without a response)."},
    {"Refusal", R"({"expect": "refusal", "status": [426, 400]})",
     "Expect: a refusal with 426 or 400 (lenient: another 4xx, 502 or the end of TCP without a "
     "response)."},
    {"RefusalOfAClass", R"({"expect": "refusal", "status": ["4xx", 505]})",
     "Expect: a refusal with 4xx or 505 (lenient: 502 or the end of TCP without a response)."},
    {"Echo", R"({"expect": "text", "payload": "same"})", "Expect: the text message comes back."},
    {"Pong", R"({"expect": "pong"})", "Expect: the Pong to the latest Ping."},
    {"OtherPong", R"({"expect": "pong", "payload": "a"})", R"(Expect: a Pong with "a".)"},
    {"CompressedText", R"({"expect": "text", "compressed": true})",
     "Expect: the text message comes back, compressed."},
    {"OtherText", R"({"expect": "text", "payload": "a"})", R"(Expect: a text message with "a".)"},
};
INSTANTIATE_TEST_SUITE_P(Rows, StepInWords, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

std::string last_words(std::string_view step) {
  return step_words(cases_from(entry_text(step)).front().steps.back());
}

TEST(PhraseFor, FitsInsideAnotherSentence) {
  ExpectRefusal refusal;
  refusal.tolerated = {};
  refusal.end_without_response = Verdict::fail;
  EXPECT_EQ(phrase_for(refusal), "a refusal with 400");
  EXPECT_EQ(phrase_for(ExpectFrame{}), "the text message comes back");
  EXPECT_EQ(phrase_for(ExpectProportion{}),
            "the time to the answer grows no faster than the request");
}

TEST(CaseWords, SayHowAConversationEnds) {
  EXPECT_EQ(last_words(R"({"expect": "failed-connection", "code": 1002})"),
            "Expect: the connection fails with 1002.");
  EXPECT_EQ(last_words(R"({"expect": "failed-connection", "code": [1002, 1007]})"),
            "Expect: the connection fails with 1002 or 1007.");
  EXPECT_EQ(last_words(R"({"expect": "closed", "code": "none"})"),
            "Expect: a Close without a status code answers ours, then the target ends TCP.");
  EXPECT_EQ(last_words(R"({"expect": "end"})"), "Expect: the target ends TCP.");
  EXPECT_EQ(last_words(R"({"expect": "failed-connection", "code": 1002, "ask": false})"),
            "Expect: the connection fails with 1002, without another byte from us.");
}

TEST(CaseWords, SayHowAListIsGraded) {
  EXPECT_EQ(last_words(R"({"endings": [{"expect": "open", "verdict": "pass"},
                                       {"expect": "closed", "code": 1000, "verdict": "lenient"},
                                       {"expect": "end", "verdict": "fail"}]})"),
            "Expect: the connection stays open and nothing else comes; lenient: a Close with 1000 "
            "answers ours, "
            "then the target ends TCP; fail: the target ends TCP.");
  EXPECT_EQ(last_words(R"({"endings": [{"expect": "open", "verdict": "observed"},
                                       {"expect": "end", "verdict": "observed"}]})"),
            "Expect: observed: the connection stays open and nothing else comes, or the target "
            "ends TCP.");
}

TEST(CaseWords, GiveTheScriptStepByStep) {
  EXPECT_EQ(
      script_words(case_with(R"({"send": "ping"})")),
      (std::vector<std::string>{"Send a Ping without payload.",
                                "Expect: the connection stays open and nothing else comes."}));
}

TEST(CaseWords, TellAnEditedHandshakeFirst) {
  EXPECT_EQ(
      script_words(case_with(R"({"send": "ping"})", R"("handshake": {"drop": ["Origin"]})")).at(0),
      "Send the opening handshake without Origin.");
}

TEST(CaseWords, CutLongTextsBetweenCharacters) {
  const std::string text = step_words(
      case_with(R"({"request": {"set": {"A": {"repeat": "é", "times": 1000}}}})").steps[0]);
  EXPECT_LT(text.size(), 200u);
  EXPECT_NE(text.find("(2003 bytes)"), std::string::npos) << text;
  EXPECT_EQ(text.find("\\x"), std::string::npos) << text;
}

}  // namespace
}  // namespace wsconform::case_words_test
