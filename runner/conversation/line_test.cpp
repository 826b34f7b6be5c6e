#include "runner/conversation/line.h"

#include <gtest/gtest.h>

#include "core/handshake_key.h"
#include "runner/conversation/tested_line.h"

namespace wsconform::line_test {
namespace {

using tested::close_from;
using tested::frame_from;

TEST_F(LineTest, TakesEchoesInTheOrderSent) {
  send(Opcode::text, "a");
  send(Opcode::binary, "b");
  receive(Opcode::text, "a");
  EXPECT_FALSE(came().all_echoed);
  receive(Opcode::binary, "b");
  EXPECT_TRUE(came().all_echoed);
  EXPECT_EQ(came().echoes, 2U);
  EXPECT_EQ(offence(), "none");
}

TEST_F(LineTest, TakesAnEchoInOtherFragments) {
  send(Opcode::text, "Hello");
  receive(Opcode::text, "He", false);
  EXPECT_EQ(came().echoes, 0U);
  receive(Opcode::continuation, "llo");
  EXPECT_EQ(came().echoes, 1U);
}

struct EchoRow {
  std::string_view name;
  Opcode opcode;
  std::string_view payload;
  std::string_view offence;
};
void PrintTo(const EchoRow& row, std::ostream* out) {
  *out << row.name;
}

class WrongEcho : public LineTest, public testing::WithParamInterface<EchoRow> {};

TEST_P(WrongEcho, IsAnOffence) {
  send(Opcode::text, "Hello");
  receive(GetParam().opcode, GetParam().payload);
  EXPECT_EQ(offence(), GetParam().offence);
}

constexpr EchoRow wrong_echoes[] = {
    {"OtherOpcode", Opcode::binary, "Hello", "A text message came back as binary"},
    {"Shorter", Opcode::text, "Hell", "A message of 5 bytes came back with 4 bytes"},
    {"Longer", Opcode::text, "Hello!", "A message of 5 bytes came back with 6 bytes"},
    {"Changed", Opcode::text, "HelLo", "A message of 5 bytes came back changed from byte 3 on"},
};
INSTANTIATE_TEST_SUITE_P(Echo, WrongEcho, testing::ValuesIn(wrong_echoes),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(LineTest, TakesNoEchoTwice) {
  send(Opcode::text, "a");
  receive(Opcode::text, "a");
  receive(Opcode::text, "a");
  EXPECT_EQ(offence(), R"(The target sent a text message of 1 byte ("a") that answers nothing)");
}

TEST_F(LineTest, TakesNoEchoOfAFault) {
  send_fault();
  receive(Opcode::text, "a");
  EXPECT_EQ(
      offence(),
      R"(The target answered data that it had to refuse: it sent a text message of 1 byte ("a"))");
}

TEST_F(LineTest, TakesEchoesOfWhatWasSentBeforeAFault) {
  send(Opcode::text, "a");
  send_fault();
  receive(Opcode::text, "a");
  EXPECT_EQ(offence(), "none");
}

TEST_F(LineTest, JudgesNoMessageOfATargetThatDoesNotEcho) {
  Line silent({Role::server, false}, sending_, log_, now);
  silent.receive(bytes_of("HTTP/1.1 101 S\r\n\r\n"), now);
  ASSERT_TRUE(silent.reaction().offence) << "by the handshake";
  const std::string before = words_for(*silent.reaction().offence);
  silent.receive(encode(frame_from(Role::server, Opcode::text, "welcome")), now);
  EXPECT_EQ(words_for(*silent.reaction().offence), before);
  EXPECT_EQ(silent.reaction().echoes, 0U);
  EXPECT_TRUE(silent.reaction().all_echoed);
}

TEST_F(LineTest, KnowsThatTheLatestPingWasAnswered) {
  send(Opcode::ping, "one");
  send(Opcode::ping, "two");
  receive(Opcode::pong, "one");
  EXPECT_FALSE(came().latest_ping_answered);
  receive(Opcode::pong, "two");
  EXPECT_TRUE(came().latest_ping_answered);
}

TEST_F(LineTest, LetsEarlierPongsBeMissing) {
  send(Opcode::ping, "one");
  send(Opcode::ping, "two");
  receive(Opcode::pong, "two");
  EXPECT_TRUE(came().latest_ping_answered);
  EXPECT_EQ(offence(), "none");
}

TEST_F(LineTest, LetsAPongWithoutPayloadBeAHeartbeat) {
  receive(Opcode::pong);
  EXPECT_EQ(offence(), "none");
}

TEST_F(LineTest, TakesNoPongTwice) {
  send(Opcode::ping, "a");
  receive(Opcode::pong, "a");
  EXPECT_EQ(offence(), "none");
  receive(Opcode::pong, "a");
  EXPECT_EQ(offence(), "none") << "RFC 6455 §5.5.3 lets it send Pongs of its own";
  EXPECT_EQ(came().unasked_pong, to_bytes("a"));
}

TEST_F(LineTest, TellsTheBarriersPongFromThoseOfTheCase) {
  EXPECT_FALSE(came().open);
  receive(Opcode::pong, ask());
  EXPECT_TRUE(came().open);
  EXPECT_FALSE(came().latest_ping_answered);
}

TEST_F(LineTest, CanSetAFurtherBarrier) {
  const std::string one = ask();
  receive(Opcode::pong, one);
  line_.forget_decision();
  EXPECT_FALSE(line_.asked());
  EXPECT_NE(ask(), one) << "a payload of its own";
  EXPECT_TRUE(line_.asked());
  EXPECT_FALSE(came().open);
}

TEST_F(LineTest, IsNotOpenOnceACloseCame) {
  receive(Opcode::pong, ask());
  receive(close_from(Role::server, 1000));
  EXPECT_FALSE(came().open);
}

TEST_F(LineTest, IsNotOpenOnceTcpEnded) {
  receive(Opcode::pong, ask());
  line_.receive_end(StreamEnd::reset, now);
  EXPECT_FALSE(came().open);
}

TEST_F(LineTest, MayCountAsOpenWithoutAPong) {
  line_.assume_open();
  EXPECT_TRUE(came().open);
  EXPECT_TRUE(came().assumed);
  line_.forget_decision();
  EXPECT_FALSE(came().open);
}

TEST_F(LineTest, GivesEachEchoAndEachPingOnce) {
  send(Opcode::text, "a");
  EXPECT_FALSE(line_.take_echo());
  receive(Opcode::text, "a");
  receive(Opcode::ping);
  EXPECT_TRUE(line_.take_echo());
  EXPECT_FALSE(line_.take_echo());
  EXPECT_TRUE(line_.take_ping());
  EXPECT_FALSE(line_.take_ping());
}

TEST_F(LineTest, KeepsTheFirstBytesOfAll) {
  EXPECT_TRUE(text_of(came().beginning).starts_with("HTTP/1.1 101"));
  const std::uint64_t before = came().received;
  receive(Bytes(1000, 'a'));
  EXPECT_EQ(came().beginning.size(), Reaction::most_beginning);
  EXPECT_EQ(came().received, before + 1000);
}

TEST_F(LineTest, OwesTheTargetAPong) {
  receive(Opcode::ping, "theirs");
  EXPECT_EQ(answers(), tested::Lines{"pong 'theirs', masked"});
  EXPECT_EQ(answers(), tested::Lines{});
}

TEST_F(LineTest, OwesTheTargetACloseWithItsCode) {
  receive(close_from(Role::server, 1001, "bye"));
  EXPECT_EQ(answers(), tested::Lines{"close 1001 '', masked"});
  EXPECT_EQ(came().close->code, 1001);
}

TEST_F(LineTest, OwesTheTargetNothingAfterItsOwnClose) {
  write(close_from(Role::client, 1000));
  receive(Opcode::ping);
  receive(close_from(Role::server, 1000));
  EXPECT_EQ(answers(), tested::Lines{});
}

TEST_F(LineTest, OwesTheTargetNothingAfterItEndedItsDirection) {
  line_.end(now);
  receive(Opcode::ping);
  EXPECT_EQ(answers(), tested::Lines{});
}

TEST_F(LineTest, CanAskOnlyWhereAPingWouldBeHeard) {
  EXPECT_TRUE(line_.can_ask());
  write(Bytes{0x81});
  EXPECT_FALSE(line_.can_ask()) << "inside a frame";
}

TEST_F(LineTest, CannotAskAfterAnyClose) {
  receive(close_from(Role::server, 1000));
  EXPECT_FALSE(line_.can_ask());
}

TEST_F(LineTest, CannotAskAfterTheEnd) {
  line_.receive_end(StreamEnd::reset, now);
  EXPECT_FALSE(line_.can_ask());
  EXPECT_EQ(came().end, StreamEnd::reset);
}

TEST_F(LineTest, CannotAskAfterItEndedItsDirection) {
  line_.end(now);
  EXPECT_FALSE(line_.can_ask());
}

TEST_F(LineTest, TellsASecondClose) {
  receive(close_from(Role::server, 1000));
  EXPECT_FALSE(came().behind_close);
  receive(close_from(Role::server, 1000));
  EXPECT_EQ(came().behind_close, BehindClose::second_close);
  EXPECT_EQ(offence(), "none");
}

TEST_F(LineTest, TellsAPongBehindACloseUnlessItsPingCameBefore) {
  send(Opcode::ping, "in time");
  receive(close_from(Role::server, 1000));
  receive(Opcode::ping, "heartbeat");
  receive(Opcode::pong, "in time");
  receive(Opcode::pong);
  EXPECT_FALSE(came().behind_close);
  receive(Opcode::pong, "too late");
  EXPECT_EQ(came().behind_close, BehindClose::pong);
}

TEST_F(LineTest, TakesRawBytesForFramesOnlyOnceTheConnectionIsOpen) {
  const Bytes unmasked = {0x81, 0x00};
  Line fresh({}, sending_, log_, now);
  fresh.send(SendBytes{Payload(unmasked), {}}, now);
  EXPECT_FALSE(fresh.reaction().faulty);
  write(unmasked);
  EXPECT_TRUE(came().faulty);
}

TEST_F(LineTest, KnowsHowMuchIsToComeBack) {
  send_step(R"({"send": "text", "payload": "a", "times": 2})");
  EXPECT_FALSE(came().all_echoed);
  EXPECT_EQ(came().largest_sent, 1U);
}

TEST_F(LineTest, LetsTheTargetGiveBackACodeOfOurs) {
  send_step(R"({"send": "close", "code": 2999})");
  receive(close_from(Role::server, 2999));
  EXPECT_EQ(offence(), "none");
  EXPECT_EQ(came().close->code, 2999);
}

TEST_F(LineTest, ClosesAtOnceAndThenOwesNothing) {
  written();
  line_.close(1000, now);
  EXPECT_EQ(written(), tested::Lines{"close 1000 '', masked"});
  EXPECT_FALSE(line_.can_ask());
}

TEST_F(LineTest, TellsTheFirstOffenceOnly) {
  receive(Opcode::text, "b");
  receive(Opcode::text, "c");
  EXPECT_EQ(offence(), R"(The target sent a text message of 1 byte ("b") that answers nothing)");
}

}  // namespace
}  // namespace wsconform::line_test
