#include "core/close_payload.h"

#include <gtest/gtest.h>

namespace wsconform::close_payload_test {
namespace {

using enum Violation;

struct Row {
  const char* name = "";
  std::string hex;
  std::optional<Violation> from_client;
  std::optional<Violation> from_server;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class CheckClosePayload : public testing::TestWithParam<Row> {};

TEST_P(CheckClosePayload, NamesTheFirstRuleBroken) {
  const Bytes payload = *from_hex(GetParam().hex);
  EXPECT_EQ(check_close_payload(payload, Role::client), GetParam().from_client);
  EXPECT_EQ(check_close_payload(payload, Role::server), GetParam().from_server);
}

TEST_P(CheckClosePayload, LetsToleratedRulesPass) {
  const Bytes payload = *from_hex(GetParam().hex);
  ViolationSet all;
  all.set();
  EXPECT_EQ(check_close_payload(payload, Role::client, all), std::nullopt);
}

Row same(const char* name, std::string hex, std::optional<Violation> broken) {
  return {name, std::move(hex), broken, broken};
}

INSTANTIATE_TEST_SUITE_P(
    Payloads, CheckClosePayload,
    testing::Values(
        same("Empty", "", std::nullopt), same("OneByte", "03", close_payload_of_one_byte),
        same("Normal", "03e8", std::nullopt), same("NormalWithReason", "03e8 627965", std::nullopt),
        same("CodeZero", "0000", close_code_out_of_range),
        same("Code999", "03e7", close_code_out_of_range),
        same("Code1004", "03ec", close_code_never_sent),
        same("Code1005", "03ed", close_code_never_sent),
        same("Code1006", "03ee", close_code_never_sent),
        same("Code1015", "03f7", close_code_never_sent),
        Row{"Code1010", "03f2", std::nullopt, close_code_never_sent},
        same("Code1016", "03f8", close_code_unassigned),
        same("Code2999", "0bb7", close_code_unassigned), same("Code3000", "0bb8", std::nullopt),
        same("Code4999", "1387", std::nullopt), same("Code5000", "1388", close_code_out_of_range),
        same("Code65535", "ffff", close_code_out_of_range),
        same("ReasonNotUtf8", "03e8 ff", close_reason_invalid_utf8),
        same("ReasonCutInACharacter", "03e8 e282", close_reason_invalid_utf8),
        same("BadCodeBeforeBadReason", "03ed ff", close_code_never_sent)),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TolerantClosePayload, ATolerantReceiverStillSeesTheNextRule) {
  ViolationSet tolerated;
  tolerated.set(static_cast<std::size_t>(close_code_never_sent));
  EXPECT_EQ(check_close_payload(*from_hex("03ed ff"), Role::client, tolerated),
            close_reason_invalid_utf8);
}

TEST(ClosePayload, DecodesWhatItEncodes) {
  const Bytes payload = encode_close_payload(4321, "because");
  EXPECT_EQ(to_hex(payload), "10e1" + to_hex(bytes_of("because")));
  const ClosePayload close = decode_close_payload(payload);
  EXPECT_EQ(close.code, 4321);
  EXPECT_EQ(close.reason, "because");
}

TEST(ClosePayload, IsAnsweredWithItsCodeWhereTheOtherSideMaySendIt) {
  EXPECT_EQ(code_of_answer(std::nullopt, Role::server), 0);
  EXPECT_EQ(code_of_answer(1001, Role::server), 1001);
  EXPECT_EQ(code_of_answer(1010, Role::client), 1010);
  EXPECT_EQ(code_of_answer(1010, Role::server), 1000);
}

TEST(ClosePayload, HasNoCodeInLessThanTwoBytes) {
  EXPECT_EQ(decode_close_payload({}).code, std::nullopt);
  const Bytes one = {0x03};
  EXPECT_EQ(decode_close_payload(one).code, std::nullopt);
  EXPECT_EQ(decode_close_payload(one).reason, "");
}

}  // namespace
}  // namespace wsconform::close_payload_test
