#include "runner/conversation/entitlement.h"

#include <gtest/gtest.h>

#include "core/for_each_split.h"
#include "core/tested_connection.h"

namespace wsconform::entitlement_test {
namespace {

using tested::close_from;
using tested::frame_from;
using tested::joined;

Bytes from_us(Opcode opcode, std::string_view payload = {}, bool fin = true) {
  return encode(frame_from(Role::client, opcode, payload, fin));
}
Bytes unmasked(std::string_view payload) {
  return encode(frame_from(Role::server, Opcode::text, payload));
}

class EntitlementTest : public testing::Test {
 protected:
  void send(const Bytes& wire) { entitled_.sent(wire); }
  // "text 'a', binary 'b'"
  std::string echoes() const {
    std::string all;
    for (const Entitlement::Message& each : entitled_.echoes()) {
      all += (all.empty() ? "" : ", ") + std::string(name_of(each.opcode)) + " " +
             tested::quoted(each.payload);
    }
    return all;
  }

  Entitlement entitled_{Role::server, tested::test_start};
};

Bytes compressed(std::string_view hex) {
  Frame frame = frame_from(Role::client, Opcode::text, text_of(*from_hex(hex)));
  frame.header.rsv1 = true;
  return encode(frame);
}

TEST_F(EntitlementTest, ACompressedMessageIsEchoedInflatedOnceThatIsAgreed) {
  entitled_.agreed();
  send(compressed("f248cdc9c90700"));
  send(compressed("f200110000"));
  EXPECT_EQ(echoes(), "text 'Hello', text 'Hello'");
  EXPECT_FALSE(entitled_.faulty());
}

TEST_F(EntitlementTest, WithoutAnAgreementRsv1IsAFault) {
  send(compressed("f248cdc9c90700"));
  EXPECT_TRUE(entitled_.faulty());
}

TEST_F(EntitlementTest, AMessageThatDoesNotInflateToItsEndIsTheCasesToJudge) {
  entitled_.agreed();
  send(compressed("f248cd"));
  EXPECT_EQ(entitled_.echoes().size(), 0U);
  EXPECT_TRUE(entitled_.malformed_deflate());
  EXPECT_FALSE(entitled_.faulty());
}

TEST_F(EntitlementTest, TheTargetMayEchoEveryMessageSentInItsOrder) {
  send(from_us(Opcode::text, "a"));
  send(from_us(Opcode::binary, "b"));
  EXPECT_EQ(echoes(), "text 'a', binary 'b'");
}

TEST_F(EntitlementTest, AMessageInFragmentsIsOneEcho) {
  send(from_us(Opcode::text, "He", false));
  EXPECT_EQ(echoes(), "");
  send(from_us(Opcode::ping, "between"));
  send(from_us(Opcode::continuation, "llo"));
  EXPECT_EQ(echoes(), "text 'Hello'");
}

TEST_F(EntitlementTest, ItsBytesMayBeCutAnywhere) {
  const Bytes wire = joined({from_us(Opcode::text, "a"), from_us(Opcode::ping, "p")});
  for_each_split(wire, [](const std::vector<ByteView>& pieces) {
    Entitlement entitled(Role::server, tested::test_start);
    for (const ByteView piece : pieces) entitled.sent(piece);
    EXPECT_EQ(entitled.echoes().size(), 1U);
    EXPECT_EQ(entitled.pings().size(), 1U);
  });
}

TEST_F(EntitlementTest, TheTargetMayAnswerEveryPing) {
  send(joined({from_us(Opcode::ping, "one"), from_us(Opcode::ping)}));
  ASSERT_EQ(entitled_.pings().size(), 2U);
  EXPECT_EQ(text_of(entitled_.pings()[0]), "one");
  EXPECT_TRUE(entitled_.pings()[1].empty());
}

TEST_F(EntitlementTest, NothingAfterAFaultMayBeAnswered) {
  send(joined({from_us(Opcode::text, "before"), unmasked("fault"), from_us(Opcode::text, "after"),
               from_us(Opcode::ping)}));
  EXPECT_TRUE(entitled_.faulty());
  EXPECT_EQ(echoes(), "text 'before'");
  EXPECT_TRUE(entitled_.pings().empty());
}

TEST_F(EntitlementTest, TextThatIsNotUtf8IsAFault) {
  send(from_us(Opcode::text, "\xc0\xaf"));
  EXPECT_TRUE(entitled_.faulty());
  EXPECT_EQ(echoes(), "");
}

TEST_F(EntitlementTest, ALengthThatIsNotTheShortestMayBeEchoed) {
  Frame frame = frame_from(Role::client, Opcode::text, "a");
  frame.header.length_form = LengthForm::bits64;
  send(encode(frame));
  EXPECT_FALSE(entitled_.faulty());
  EXPECT_EQ(echoes(), "text 'a'");
}

TEST_F(EntitlementTest, NothingAfterACloseMayBeAnswered) {
  send(joined({close_from(Role::client, 1000), from_us(Opcode::text, "late")}));
  EXPECT_TRUE(entitled_.closing());
  EXPECT_EQ(echoes(), "");
}

TEST_F(EntitlementTest, KnowsWhetherAPingCanFollow) {
  const Bytes wire = from_us(Opcode::text, "abc");
  EXPECT_TRUE(entitled_.at_boundary());
  entitled_.sent(ByteView(wire).first(4));
  EXPECT_FALSE(entitled_.at_boundary());
  entitled_.sent(ByteView(wire).subspan(4));
  EXPECT_TRUE(entitled_.at_boundary());
}

TEST_F(EntitlementTest, KnowsTheLargestMessage) {
  send(joined({from_us(Opcode::text, "abc", false), from_us(Opcode::continuation, "de"),
               from_us(Opcode::text, "f")}));
  EXPECT_EQ(entitled_.largest(), 5U);
}

TEST_F(EntitlementTest, BoundsNoMessageAndNoNumberOfFragments) {
  send(from_us(Opcode::binary, std::string(std::size_t{17} << 20, 'a'), false));
  for (int i = 0; i < 5000; ++i) send(from_us(Opcode::continuation, "", false));
  send(from_us(Opcode::continuation));
  EXPECT_FALSE(entitled_.faulty());
  EXPECT_EQ(entitled_.largest(), std::size_t{17} << 20);
}

}  // namespace
}  // namespace wsconform::entitlement_test
