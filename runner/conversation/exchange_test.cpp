#include "runner/conversation/exchange.h"

#include <gtest/gtest.h>

#include "core/tested_connection.h"

namespace wsconform {
namespace {

using tested::close_from;
using tested::frame_from;

class ExchangeTest : public testing::Test {
 protected:
  static constexpr Instant now = tested::test_start;

  void SetUp() override { accept(); }

  void accept(std::string_view accept_value = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
              std::string_view more = "") {
    exchange_.sent_request(
        {.key = "dGhlIHNhbXBsZSBub25jZQ==", .subprotocols = {}, .extensions = {}});
    exchange_.receive(bytes_of("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                               "Connection: Upgrade\r\nSec-WebSocket-Accept: " +
                               std::string(accept_value) + "\r\n" + std::string(more) + "\r\n"),
                      now);
  }
  void send(Opcode opcode, std::string_view payload = {}, bool fin = true) {
    exchange_.sent_frames(encode(frame_from(Role::client, opcode, payload, fin)));
  }
  void send_fault() { exchange_.sent_frames(encode(frame_from(Role::client, Opcode::reserved_b))); }
  void send_barrier(std::string_view payload) {
    exchange_.sent_barrier(encode(frame_from(Role::client, Opcode::ping, payload)),
                           to_bytes(payload));
  }
  void receive(const Bytes& wire) { exchange_.receive(wire, now); }
  void receive(Opcode opcode, std::string_view payload = {}, bool fin = true) {
    receive(encode(frame_from(Role::server, opcode, payload, fin)));
  }
  std::string offence() const { return exchange_.offence().value_or("none"); }
  std::string behind_close() const { return exchange_.behind_close().value_or("none"); }
  // "pong 'a'"
  tested::Lines answers() {
    tested::Lines lines;
    for (const Exchange::Answer& each : exchange_.take_answers()) {
      lines.push_back(
          tested::line_of({header_for(each.opcode, each.payload.size()), each.payload}));
    }
    return lines;
  }

  WireLog log_{now};
  Exchange exchange_{Role::server, true, log_, now};
};

class HandshakeExchangeTest : public ExchangeTest {
 protected:
  void SetUp() override {}
};

TEST_F(HandshakeExchangeTest, TakesAnAcceptThatFitsItsKey) {
  accept();
  EXPECT_TRUE(exchange_.upgraded());
  EXPECT_EQ(offence(), "none");
}

TEST_F(HandshakeExchangeTest, JudgesA101ByTheRequest) {
  accept("AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  EXPECT_EQ(
      offence(),
      "The 101 response breaks RFC 6455 §4.1 (accept-wrong): Sec-WebSocket-Accept is not the value "
      "that belongs to the key");
}

TEST_F(HandshakeExchangeTest, LeavesContentAnnouncedInA101ToTheCaseAboutIt) {
  accept("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Content-Length: 0\r\n");
  EXPECT_TRUE(exchange_.upgraded());
  EXPECT_EQ(offence(), "none");
}

class DeflateExchangeTest : public ExchangeTest {
 protected:
  void SetUp() override {}
  // A 101 to an offer of permessage-deflate, with frames in the same segment.
  void agree(std::string_view response, const Bytes& frames = {}) {
    exchange_.sent_request({.key = "dGhlIHNhbXBsZSBub25jZQ==",
                            .subprotocols = {},
                            .extensions = *parse_extensions("permessage-deflate")});
    Bytes wire = to_bytes(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
        "Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
        "Sec-WebSocket-Extensions: " +
        std::string(response) + "\r\n\r\n");
    append(wire, ByteView(frames));
    receive(wire);
  }
  static Bytes compressed(Role sender, std::string_view hex) {
    Frame frame = frame_from(sender, Opcode::text, text_of(*from_hex(hex)));
    frame.header.rsv1 = true;
    return encode(frame);
  }
};

TEST_F(DeflateExchangeTest, ComparesEchoesByWhatTheyInflateTo) {
  agree("permessage-deflate");
  exchange_.sent_frames(compressed(Role::client, "f248cdc9c90700"));
  send(Opcode::text, "Hello");
  receive(compressed(Role::server, "000500faff48656c6c6f00"));
  receive(compressed(Role::server, "f248cdc9c90700"));
  EXPECT_EQ(offence(), "none");
  EXPECT_EQ(exchange_.echoes_received(), 2U);
}

TEST_F(DeflateExchangeTest, InflatesFromTheFirstByteBehindThe101) {
  agree("permessage-deflate", compressed(Role::server, "f248cdc9c90700"));
  EXPECT_EQ(offence(),
            "The target sent a text message of 5 bytes (\"Hello\") that answers nothing");
}

TEST_F(DeflateExchangeTest, MayBeRefusedForMalformedDeflateUntilItComesBack) {
  agree("permessage-deflate");
  EXPECT_FALSE(exchange_.refusable());
  exchange_.sent_frames(compressed(Role::client, "f248cd"));
  EXPECT_TRUE(exchange_.refusable());
  receive(compressed(Role::server, "f248cd0000"));
  EXPECT_FALSE(exchange_.refusable());
}

TEST_F(DeflateExchangeTest, JudgesTheResponseByTheOffer) {
  agree("permessage-deflate; client_max_window_bits=10");
  EXPECT_EQ(offence(),
            "The 101 response breaks RFC 7692 §7.1.2.2 (deflate-client-window-not-offered): The "
            "response has client_max_window_bits, which the offer did not have");
  EXPECT_FALSE(exchange_.deflate().has_value());
}

TEST_F(DeflateExchangeTest, HoldsTheTargetToTheContextAgreed) {
  agree("permessage-deflate; server_no_context_takeover");
  send(Opcode::text, "Hello");
  send(Opcode::text, "Hello");
  receive(compressed(Role::server, "f248cdc9c90700"));
  EXPECT_EQ(offence(), "none");
  receive(compressed(Role::server, "f200110000"));
  EXPECT_NE(offence().find("that reaches over no earlier message"), std::string::npos);
}

TEST_F(DeflateExchangeTest, WithoutAnAgreementRsv1IsAnOffence) {
  accept();
  send(Opcode::text, "Hello");
  receive(compressed(Role::server, "f248cdc9c90700"));
  EXPECT_NE(offence().find("rsv1-without-extension"), std::string::npos);
}

TEST_F(HandshakeExchangeTest, KeepsARefusalForTheCaseToJudge) {
  exchange_.receive(bytes_of("HTTP/1.1 400 B\r\nContent-Length: 0\r\n\r\nmore"), now);
  EXPECT_EQ(exchange_.response()->status, 400);
  EXPECT_EQ(exchange_.stray(), 4U);
  EXPECT_EQ(offence(), "none");
}

TEST_F(ExchangeTest, TakesEchoesInTheOrderSent) {
  send(Opcode::text, "a");
  send(Opcode::binary, "b");
  receive(Opcode::text, "a");
  EXPECT_FALSE(exchange_.all_echoed());
  receive(Opcode::binary, "b");
  EXPECT_TRUE(exchange_.all_echoed());
  EXPECT_EQ(exchange_.echoes_received(), 2U);
  EXPECT_EQ(offence(), "none");
}

TEST_F(ExchangeTest, TakesAnEchoInOtherFragments) {
  send(Opcode::text, "Hello");
  receive(Opcode::text, "He", false);
  EXPECT_EQ(exchange_.echoes_received(), 0U);
  receive(Opcode::continuation, "llo");
  EXPECT_EQ(exchange_.echoes_received(), 1U);
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

class WrongEcho : public ExchangeTest, public testing::WithParamInterface<EchoRow> {};

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

TEST_F(ExchangeTest, TakesNoEchoTwice) {
  send(Opcode::text, "a");
  receive(Opcode::text, "a");
  receive(Opcode::text, "a");
  EXPECT_EQ(offence(), R"(The target sent a text message of 1 byte ("a") that answers nothing)");
}

TEST_F(ExchangeTest, TakesNoEchoOfAFault) {
  send_fault();
  receive(Opcode::text, "a");
  EXPECT_EQ(offence(),
            R"(The target answered what it had to refuse, with a text message of 1 byte ("a"))");
}

TEST_F(ExchangeTest, TakesEchoesOfWhatWasSentBeforeAFault) {
  send(Opcode::text, "a");
  send_fault();
  receive(Opcode::text, "a");
  EXPECT_EQ(offence(), "none");
}

TEST_F(ExchangeTest, JudgesNoMessageOfATargetThatDoesNotEcho) {
  Exchange silent(Role::server, false, log_, now);
  silent.receive(bytes_of("HTTP/1.1 101 S\r\n\r\n"), now);
  const std::optional<std::string> by_the_handshake = silent.offence();
  silent.receive(encode(frame_from(Role::server, Opcode::text, "welcome")), now);
  EXPECT_EQ(silent.offence(), by_the_handshake);
  EXPECT_EQ(silent.messages_received(), 1U);
  EXPECT_TRUE(silent.all_echoed());
}

TEST_F(ExchangeTest, KnowsThatTheLatestPingWasAnswered) {
  send(Opcode::ping, "one");
  send(Opcode::ping, "two");
  receive(Opcode::pong, "one");
  EXPECT_FALSE(exchange_.latest_ping_answered());
  receive(Opcode::pong, "two");
  EXPECT_TRUE(exchange_.latest_ping_answered());
}

TEST_F(ExchangeTest, LetsEarlierPongsBeMissing) {
  send(Opcode::ping, "one");
  send(Opcode::ping, "two");
  receive(Opcode::pong, "two");
  EXPECT_TRUE(exchange_.latest_ping_answered());
  EXPECT_EQ(offence(), "none");
}

TEST_F(ExchangeTest, LetsAPongWithoutPayloadBeAHeartbeat) {
  receive(Opcode::pong);
  EXPECT_EQ(offence(), "none");
}

TEST_F(ExchangeTest, TakesNoPongTwice) {
  send(Opcode::ping, "a");
  receive(Opcode::pong, "a");
  EXPECT_EQ(offence(), "none");
  receive(Opcode::pong, "a");
  EXPECT_EQ(offence(), R"(The target sent a Pong whose payload no Ping asked for: "a")");
}

TEST_F(ExchangeTest, TellsTheBarriersPongFromThoseOfTheCase) {
  send_barrier("barrier");
  receive(Opcode::pong, "barrier");
  EXPECT_TRUE(exchange_.barrier_answered());
  EXPECT_FALSE(exchange_.latest_ping_answered());
}

TEST_F(ExchangeTest, CanSetAFurtherBarrier) {
  send_barrier("one");
  receive(Opcode::pong, "one");
  exchange_.forget_barrier();
  EXPECT_FALSE(exchange_.barrier_sent());
  send_barrier("two");
  EXPECT_TRUE(exchange_.barrier_sent());
  EXPECT_FALSE(exchange_.barrier_answered());
}

TEST_F(ExchangeTest, OwesTheTargetAPong) {
  receive(Opcode::ping, "theirs");
  EXPECT_EQ(answers(), tested::Lines{"pong 'theirs'"});
  EXPECT_EQ(answers(), tested::Lines{});
}

TEST_F(ExchangeTest, OwesTheTargetACloseWithItsCode) {
  receive(close_from(Role::server, 1001, "bye"));
  EXPECT_EQ(answers(), tested::Lines{"close 1001 ''"});
  EXPECT_EQ(exchange_.close()->code, 1001);
}

TEST_F(ExchangeTest, OwesTheTargetNothingAfterItsOwnClose) {
  exchange_.sent_frames(close_from(Role::client, 1000));
  EXPECT_TRUE(exchange_.close_sent());
  receive(Opcode::ping);
  receive(close_from(Role::server, 1000));
  EXPECT_EQ(answers(), tested::Lines{});
}

TEST_F(ExchangeTest, OwesTheTargetNothingAfterItEndedItsDirection) {
  exchange_.ended_sending();
  receive(Opcode::ping);
  EXPECT_EQ(answers(), tested::Lines{});
}

TEST_F(ExchangeTest, CanAskOnlyWhereAPingWouldBeHeard) {
  EXPECT_TRUE(exchange_.can_ask());
  exchange_.sent_frames(Bytes{0x81});
  EXPECT_FALSE(exchange_.can_ask()) << "inside a frame";
}

TEST_F(ExchangeTest, CannotAskAfterAnyClose) {
  receive(close_from(Role::server, 1000));
  EXPECT_FALSE(exchange_.can_ask());
}

TEST_F(ExchangeTest, CannotAskAfterTheEnd) {
  exchange_.receive_end(StreamEnd::reset, now);
  EXPECT_FALSE(exchange_.can_ask());
  EXPECT_EQ(exchange_.end(), StreamEnd::reset);
}

TEST_F(ExchangeTest, CannotAskAfterItEndedItsDirection) {
  exchange_.ended_sending();
  EXPECT_FALSE(exchange_.can_ask());
}

TEST_F(ExchangeTest, TellsASecondClose) {
  receive(close_from(Role::server, 1000));
  EXPECT_EQ(behind_close(), "none");
  receive(close_from(Role::server, 1000));
  EXPECT_EQ(behind_close(), "A second Close followed the first.");
  EXPECT_EQ(offence(), "none");
}

TEST_F(ExchangeTest, TellsAPongBehindACloseUnlessItsPingCameBefore) {
  send(Opcode::ping, "in time");
  receive(close_from(Role::server, 1000));
  receive(Opcode::ping, "heartbeat");
  receive(Opcode::pong, "in time");
  receive(Opcode::pong);
  EXPECT_EQ(behind_close(), "none");
  receive(Opcode::pong, "too late");
  EXPECT_EQ(behind_close(), "A Ping that came behind a Close was answered.");
}

TEST_F(ExchangeTest, TellsTheFirstOffenceOnly) {
  receive(Opcode::pong, "a");
  receive(Opcode::text, "b");
  EXPECT_EQ(offence(), R"(The target sent a Pong whose payload no Ping asked for: "a")");
}

}  // namespace
}  // namespace wsconform
