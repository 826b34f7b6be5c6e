#include "fuzz/close_payload_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/close_payload.h"

namespace wsconform::close_payload_property_test {
namespace {

using enum Violation;

std::optional<Violation> broken(std::uint16_t code, std::string_view reason = "",
                                Role sender = Role::client) {
  return close_rule_broken(encode_close_payload(code, reason), sender);
}

TEST(ClosePayloadProperty, HoldsForEveryCodeFromEitherSide) {
  for (unsigned code = 0; code < 0x10000; ++code) {
    for (const std::uint8_t sender : Bytes{0, 1}) {
      const Bytes input = {sender, static_cast<std::uint8_t>(code >> 8),
                           static_cast<std::uint8_t>(code), 'a'};
      ASSERT_EQ(breach_of_close_payload(input), std::nullopt) << code;
    }
  }
}

TEST(ClosePayloadProperty, HoldsForPayloadsThatAreShortOrHaveNoText) {
  EXPECT_EQ(breach_of_close_payload({}), std::nullopt);
  EXPECT_EQ(breach_of_close_payload(Bytes{0, 3}), std::nullopt);
  EXPECT_EQ(breach_of_close_payload(Bytes{0, 3, 0xE8, 0xC3}), std::nullopt);
  EXPECT_EQ(breach_of_close_payload(Bytes{0, 3, 0xE8, 0xFF}), std::nullopt);
}

TEST(CloseRuleBroken, IsTheFirstOfThem) {
  EXPECT_EQ(close_rule_broken(Bytes{}, Role::client), std::nullopt);
  EXPECT_EQ(close_rule_broken(Bytes{3}, Role::client), close_payload_of_one_byte);
  EXPECT_EQ(broken(1000), std::nullopt);
  EXPECT_EQ(broken(999), close_code_out_of_range);
  EXPECT_EQ(broken(4999), std::nullopt);
  EXPECT_EQ(broken(5000), close_code_out_of_range);
  EXPECT_EQ(broken(1005), close_code_never_sent);
  EXPECT_EQ(broken(1010), std::nullopt);
  EXPECT_EQ(broken(1010, "", Role::server), close_code_never_sent);
  EXPECT_EQ(broken(2999), close_code_unassigned);
  EXPECT_EQ(broken(1000, "\xE2\x82"), close_reason_invalid_utf8);
}

}  // namespace
}  // namespace wsconform::close_payload_property_test
