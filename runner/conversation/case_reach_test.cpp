#include "runner/conversation/case_reach.h"

#include <gtest/gtest.h>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::case_reach_test {
namespace {

std::string violations(std::string_view steps, Role target = Role::server) {
  std::string names;
  const ViolationSet reached = violations_reached(case_with(steps), target);
  for (const Rule& rule : rules())
    if (reached[static_cast<std::size_t>(rule.violation)]) names += std::string(rule.name) + " ";
  return names;
}

std::string faults(std::string_view edits) {
  std::string names;
  const HandshakeFaultSet reached =
      handshake_faults_reached(case_with(R"({"request": )" + std::string(edits) + "}"));
  for (const HandshakeRule& rule : handshake_rules())
    if (reached[static_cast<std::size_t>(rule.fault)]) names += std::string(rule.name) + " ";
  return names;
}

TEST(ViolationsReached, AreNoneForLegalFrames) {
  EXPECT_EQ(violations(R"({"send": "text", "payload": "é", "fragments": [1]}, {"send": "ping"},
                          {"send": "close", "code": 1000})"),
            "");
}

TEST(ViolationsReached, FindAFaultInAHeader) {
  EXPECT_EQ(violations(R"({"send": "ping", "payload": {"repeat": "*", "times": 126}})"),
            "control-frame-too-long ");
  EXPECT_EQ(violations(R"({"send": "text", "mask": "none"})"), "unmasked-client-frame ");
  EXPECT_EQ(violations(
                R"({"send": "binary", "length-form": 64, "declared-length": 9223372036854775808})"),
            "length-high-bit ");
}

TEST(ViolationsReached, FollowTheMessagesOfAConnection) {
  EXPECT_EQ(violations(R"({"send": "text", "fin": false}, {"send": "text"})"),
            "message-interrupted ");
  EXPECT_EQ(violations(R"({"send": "continuation"})"), "continuation-without-message ");
}

TEST(ViolationsReached, FindInvalidTexts) {
  EXPECT_EQ(violations(R"({"send": "text", "payload": {"hex": "c3"}})"), "invalid-utf8 ");
  EXPECT_EQ(violations(R"({"send": "text", "payload": {"hex": "ff"}, "fin": false})"),
            "invalid-utf8 ");
  EXPECT_EQ(violations(R"({"send": "binary", "payload": {"hex": "ff"}})"), "");
  EXPECT_EQ(violations(R"({"send": "close", "code": 1000, "reason": {"hex": "ff"}})"),
            "close-reason-invalid-utf8 ");
}

TEST(ViolationsReached, StopAtTheFirstOfAConnection) {
  EXPECT_EQ(violations(R"({"send": "reserved-3"}, {"send": "reserved-b"})"),
            "reserved-data-opcode ");
  EXPECT_EQ(violations(R"({"send": "reserved-3"}, {"connect": "again"}, {"send": "reserved-b"})"),
            "reserved-data-opcode reserved-control-opcode ");
}

TEST(ViolationsReached, ReadRawBytes) {
  EXPECT_EQ(violations(R"({"send": "bytes", "payload": {"hex": "c180 00000000"}})"),
            "rsv1-without-extension ");
}

TEST(ViolationsReached, LookAtTheBeginningOfLargeSends) {
  EXPECT_EQ(violations(R"({"send": "ping", "times": 1000000}, {"send": "reserved-3"})"), "");
  EXPECT_EQ(
      violations(R"({"send": "binary", "payload": {"random": 200000000}}, {"send": "reserved-3"})"),
      "");
}

TEST(ViolationsReached, AreThoseOfAServerWhereTheTargetIsAClient) {
  EXPECT_EQ(violations(R"({"send": "text"})", Role::client), "");
  EXPECT_EQ(violations(R"({"send": "text", "mask": "01020304"})", Role::client),
            "masked-server-frame ");
}

TEST(HandshakeFaultsReached, AreThoseOfTheRequest) {
  EXPECT_EQ(faults("{}"), "");
  EXPECT_EQ(faults(R"({"drop": ["Host"]})"), "host-missing ");
  EXPECT_EQ(faults(R"({"set": {"Sec-WebSocket-Version": "12"}})"), "version-unsupported ");
  EXPECT_EQ(faults(R"({"append": [{"line": {"repeat": "a", "times": 1000}, "times": 100}]})"),
            "head-too-large ");
}

}  // namespace
}  // namespace wsconform::case_reach_test
