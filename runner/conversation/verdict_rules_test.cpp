#include "runner/conversation/verdict_rules.h"

#include <gtest/gtest.h>

#include "core/close_payload.h"
#include "runner/conversation/verdict_words.h"

namespace wsconform::verdict_rules_test {
namespace {

TEST(Severity, RisesFromPassToError) {
  const Verdict rising[] = {Verdict::pass,    Verdict::observed, Verdict::lenient,
                            Verdict::skipped, Verdict::fail,     Verdict::error};
  for (std::size_t i = 1; i < std::size(rising); ++i) {
    EXPECT_LT(severity(rising[i - 1]), severity(rising[i])) << name_of(rising[i]);
  }
}

TEST(BrokenExpectation, CountsAsTheLevelOfTheCaseHasIt) {
  EXPECT_EQ(broken_at_level(Level::must), Verdict::fail);
  EXPECT_EQ(broken_at_level(Level::should), Verdict::lenient);
  EXPECT_EQ(broken_at_level(Level::may), Verdict::observed);
  EXPECT_EQ(broken_at_level(Level::observe), Verdict::observed);
}

HttpHead response(std::string_view fields) {
  return parse_head("HTTP/1.1 400 Bad Request\r\n" + std::string(fields) + "\r\n");
}

struct FieldRow {
  std::string_view name;
  FieldCheck check;
  std::string_view fields;
  std::string_view fault;  // "": none
};
void PrintTo(const FieldRow& row, std::ostream* out) {
  *out << row.name;
}

class CheckedField : public testing::TestWithParam<FieldRow> {};

TEST_P(CheckedField, IsHeldAgainstTheResponse) {
  const auto fault = field_fault(GetParam().check, response(GetParam().fields));
  EXPECT_EQ(fault ? words_for(Ground(*fault), {}) : "", GetParam().fault);
}

using enum FieldCheck::Kind;
const FieldRow checks[] = {
    {"Present", {"Allow", present, ""}, "allow: GET\r\n", ""},
    {"NotPresent", {"Allow", present, ""}, "", "The response has no Allow field."},
    {"Absent", {"Allow", absent, ""}, "", ""},
    {"NotAbsent", {"Allow", absent, ""}, "Allow:\r\n", "The response has a Allow field."},
    {"Equal", {"Upgrade", equals, "websocket"}, "Upgrade: WebSocket\r\n", ""},
    {"Unequal",
     {"Upgrade", equals, "websocket"},
     "Upgrade: h2c\r\n",
     R"(The response's Upgrade is "h2c", not 'websocket'.)"},
    {"EqualsNothing", {"Upgrade", equals, "websocket"}, "", "The response has no Upgrade field."},
    {"Lists", {"Sec-WebSocket-Version", lists, "13"}, "Sec-WebSocket-Version: 8, 13\r\n", ""},
    {"ListsInSeveralLines",
     {"Connection", lists, "upgrade"},
     "Connection: close\r\nConnection: Upgrade\r\n",
     ""},
    {"DoesNotList",
     {"Sec-WebSocket-Version", lists, "13"},
     "Sec-WebSocket-Version: 8\r\n",
     "The response's Sec-WebSocket-Version does not list '13'."},
    {"Versions",
     {"Sec-WebSocket-Version", elements, "version"},
     "Sec-WebSocket-Version: 13, 0\r\nSec-WebSocket-Version: 255\r\n",
     ""},
    {"NoVersion",
     {"Sec-WebSocket-Version", elements, "version"},
     "Sec-WebSocket-Version: 13, 08\r\n",
     R"(The response's Sec-WebSocket-Version is "13, 08", which is not a list of elements of the form version.)"},
    {"VersionTooLarge",
     {"V", elements, "version"},
     "V: 256\r\n",
     R"(The response's V is "256", which is not a list of elements of the form version.)"},
    {"Tokens", {"Connection", elements, "token"}, "Connection: keep-alive , Upgrade\r\n", ""},
    {"EmptyElement",
     {"Connection", elements, "token"},
     "Connection: Upgrade,\r\n",
     R"(The response's Connection is "Upgrade,", which is not a list of elements of the form token.)"},
    {"NoListAtAll", {"Connection", elements, "token"}, "", "The response has no Connection field."},
    {"Protocols", {"Upgrade", elements, "protocol"}, "Upgrade: h2c, websocket/13\r\n", ""},
    {"NoProtocol",
     {"Upgrade", elements, "protocol"},
     "Upgrade: websocket/\r\n",
     R"(The response's Upgrade is "websocket/", which is not a list of elements of the form protocol.)"},
};
INSTANTIATE_TEST_SUITE_P(Check, CheckedField, testing::ValuesIn(checks),
                         [](const auto& row) { return std::string(row.param.name); });

std::string companion(int status, std::string_view fields) {
  const auto fault = companion_fault(status, response(fields));
  return fault ? words_for(Ground(*fault), {.status = status}) : "";
}

TEST(CompanionField, IsDemandedBesideItsStatus) {
  EXPECT_EQ(companion(401, ""), "The response with status 401 has no WWW-Authenticate field.");
  EXPECT_EQ(companion(405, ""), "The response with status 405 has no Allow field.");
  EXPECT_EQ(companion(426, ""), "The response with status 426 has no Upgrade field.");
}

TEST(CompanionField, SatisfiesWhereItIsThere) {
  EXPECT_EQ(companion(405, "Allow: GET\r\n"), "");
  EXPECT_EQ(companion(400, ""), "");
}

std::string subprotocol(std::optional<std::string> wanted, std::string_view fields) {
  ExpectResponse step;
  step.subprotocol = std::move(wanted);
  const auto fault = subprotocol_fault(step, response(fields));
  return fault ? words_for(Ground(*fault), {}) : "";
}

TEST(SelectedSubprotocol, IsTheOneWanted) {
  EXPECT_EQ(subprotocol("chat", "Sec-WebSocket-Protocol: chat\r\n"), "");
  EXPECT_EQ(subprotocol("chat", "Sec-WebSocket-Protocol: Chat\r\n"),
            R"(The subprotocol selected is "Chat", not 'chat'.)");
  EXPECT_EQ(subprotocol("chat", ""), "The subprotocol selected is none, not 'chat'.");
}

TEST(SelectedSubprotocol, MayHaveToBeNone) {
  EXPECT_EQ(subprotocol("", ""), "");
  EXPECT_EQ(subprotocol("", "Sec-WebSocket-Protocol: chat\r\n"),
            R"(The subprotocol selected is "chat", not none.)");
}

TEST(SelectedSubprotocol, MayBeAnythingWhereNothingIsAsked) {
  EXPECT_EQ(subprotocol(std::nullopt, "Sec-WebSocket-Protocol: chat\r\n"), "");
}

Reaction answered(std::size_t largest_sent, std::uint16_t code) {
  Reaction reaction{.upgraded = true, .close = SawClose{code, encode_close_payload(code)}};
  reaction.largest_sent = largest_sent;
  return reaction;
}

TEST(TooBig, IsSaidBy1009ToALargeMessage) {
  EXPECT_TRUE(refused_as_too_big(answered(4097, 1009)));
}

TEST(TooBig, IsNoExcuseForASmallMessage) {
  EXPECT_FALSE(refused_as_too_big(answered(4096, 1009)));
}

TEST(TooBig, IsNotSaidByAnotherCode) {
  EXPECT_FALSE(refused_as_too_big(answered(4097, 1002)));
}

TEST(TooBig, IsNoExcuseAfterAFault) {
  Reaction reaction = answered(4097, 1009);
  reaction.faulty = true;
  EXPECT_FALSE(refused_as_too_big(reaction));
}

}  // namespace
}  // namespace wsconform::verdict_rules_test
