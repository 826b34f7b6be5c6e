#include "runner/conversation/line.h"

#include <gtest/gtest.h>

#include "core/handshake_key.h"
#include "core/tested_connection.h"
#include "runner/casebook/cases_from_text.h"
#include "runner/conversation/offence_words.h"

namespace wsconform {
namespace {

using tested::close_from;
using tested::frame_from;

// A line in the hands of a test: what it writes comes out as lines that read well.
class LineTest : public testing::Test {
 protected:
  static constexpr Instant now = tested::test_start;

  void SetUp() override { accept(); }

  void ask_to_open(const SendRequest& request = {}) {
    line_.send(request, now);
    sending_.flush();
    const std::string head(text_of(std::get<Write>(sending_.take_actions().at(0)).bytes));
    key_ = parse_head(head).value("Sec-WebSocket-Key").value_or("");
  }
  void accept(std::string_view more = "", std::string_view accept_value = "") {
    ask_to_open();
    respond(more, accept_value);
  }
  void respond(std::string_view more = "", std::string_view accept_value = "",
               const Bytes& frames = {}) {
    const std::string value = accept_value.empty() ? accept_for(key_) : std::string(accept_value);
    Bytes wire = to_bytes(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: " +
        value + "\r\n" + std::string(more) + "\r\n");
    append(wire, ByteView(frames));
    receive(wire);
  }
  void write(const Bytes& wire) { line_.send(SendBytes{Payload(wire), {}}, now); }
  void send(Opcode opcode, std::string_view payload = {}, bool fin = true) {
    write(encode(frame_from(Role::client, opcode, payload, fin)));
  }
  void send_step(std::string_view step) { line_.send(step_of<SendFrame>(step), now); }
  void send_fault() { write(encode(frame_from(Role::client, Opcode::reserved_b))); }
  // The payload of the Ping.
  std::string ask() {
    written();
    line_.ask(now);
    const Bytes wire = std::get<Write>(sending_.take_actions().at(0)).bytes;
    FrameDecoder decoder;
    std::vector<FrameDecoder::Item> items;
    decoder.feed(wire, items);
    return std::string(text_of(items.at(0).frame.payload));
  }
  void receive(ByteView wire) { line_.receive(wire, now); }
  void receive(Opcode opcode, std::string_view payload = {}, bool fin = true) {
    receive(encode(frame_from(Role::server, opcode, payload, fin)));
  }
  const Reaction& came() const { return line_.reaction(); }
  std::string offence() const { return came().offence ? words_for(*came().offence) : "none"; }
  // "pong 'a', masked"
  tested::Lines written() {
    sending_.flush();
    tested::Lines lines;
    for (const Action& each : sending_.take_actions()) {
      const auto* write = std::get_if<Write>(&each);
      if (write == nullptr) continue;
      for (std::string& line : tested::lines_of_frames(write->bytes))
        lines.push_back(std::move(line));
    }
    return lines;
  }
  tested::Lines answers() {
    written();
    line_.answer(now);
    return written();
  }

  TargetProfile target_ = profile_of_a_target();
  WireLog log_{now};
  Sending sending_{target_, log_, 7};
  Line line_{{}, sending_, log_, now};

 private:
  static TargetProfile profile_of_a_target() {
    TargetProfile target;
    target.address.host = "example.org";
    return target;
  }

  std::string key_;
};

class HandshakeLineTest : public LineTest {
 protected:
  void SetUp() override {}
};

TEST_F(HandshakeLineTest, TakesAnAcceptThatFitsItsKey) {
  accept();
  EXPECT_TRUE(came().upgraded);
  EXPECT_EQ(offence(), "none");
}

TEST_F(HandshakeLineTest, JudgesA101ByTheRequest) {
  accept("", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  EXPECT_EQ(
      offence(),
      "The 101 response breaks RFC 6455 §4.1 (accept-wrong): Sec-WebSocket-Accept is not the value "
      "that belongs to the key");
}

TEST_F(HandshakeLineTest, LeavesContentAnnouncedInA101ToTheCaseAboutIt) {
  accept("Content-Length: 0\r\n");
  EXPECT_TRUE(came().upgraded);
  EXPECT_EQ(offence(), "none");
}

class DeflateLineTest : public LineTest {
 protected:
  void SetUp() override {}
  // A 101 to an offer of permessage-deflate, with frames in the same segment.
  void agree(std::string_view response, const Bytes& frames = {}) {
    SendRequest request;
    request.set = {{"Sec-WebSocket-Extensions", {"permessage-deflate"}}};
    ask_to_open(request);
    respond("Sec-WebSocket-Extensions: " + std::string(response) + "\r\n", "", frames);
  }
  static Bytes compressed(Role sender, std::string_view hex) {
    Frame frame = frame_from(sender, Opcode::text, text_of(*from_hex(hex)));
    frame.header.rsv1 = true;
    return encode(frame);
  }
};

TEST_F(DeflateLineTest, ComparesEchoesByWhatTheyInflateTo) {
  agree("permessage-deflate");
  write(compressed(Role::client, "f248cdc9c90700"));
  send(Opcode::text, "Hello");
  receive(compressed(Role::server, "000500faff48656c6c6f00"));
  receive(compressed(Role::server, "f248cdc9c90700"));
  EXPECT_EQ(offence(), "none");
  EXPECT_EQ(came().echoes, 2U);
}

TEST_F(DeflateLineTest, InflatesFromTheFirstByteBehindThe101) {
  agree("permessage-deflate", compressed(Role::server, "f248cdc9c90700"));
  EXPECT_EQ(offence(),
            "The target sent a text message of 5 bytes (\"Hello\") that answers nothing");
}

TEST_F(DeflateLineTest, MayBeRefusedForMalformedDeflateUntilItComesBack) {
  agree("permessage-deflate");
  EXPECT_FALSE(came().refusable);
  write(compressed(Role::client, "f248cd"));
  EXPECT_TRUE(came().refusable);
  receive(compressed(Role::server, "f248cd0000"));
  EXPECT_FALSE(came().refusable);
}

TEST_F(DeflateLineTest, JudgesTheResponseByTheOffer) {
  agree("permessage-deflate; client_max_window_bits=10");
  EXPECT_EQ(offence(),
            "The 101 response breaks RFC 7692 §7.1.2.2 (deflate-client-window-not-offered): The "
            "response has client_max_window_bits, which the offer did not have");
  EXPECT_FALSE(came().deflate.has_value());
}

TEST_F(DeflateLineTest, HoldsTheTargetToTheContextAgreed) {
  agree("permessage-deflate; server_no_context_takeover");
  send(Opcode::text, "Hello");
  send(Opcode::text, "Hello");
  receive(compressed(Role::server, "f248cdc9c90700"));
  EXPECT_EQ(offence(), "none");
  receive(compressed(Role::server, "f200110000"));
  EXPECT_NE(offence().find("that reaches over no earlier message"), std::string::npos);
}

TEST_F(DeflateLineTest, WithoutAnAgreementRsv1IsAnOffence) {
  accept();
  send(Opcode::text, "Hello");
  receive(compressed(Role::server, "f248cdc9c90700"));
  EXPECT_NE(offence().find("rsv1-without-extension"), std::string::npos);
}

TEST_F(HandshakeLineTest, KeepsARefusalForTheCaseToJudge) {
  receive(bytes_of("HTTP/1.1 400 B\r\nContent-Length: 0\r\n\r\nmore"));
  EXPECT_EQ(came().response->status, 400);
  EXPECT_EQ(came().stray, 4U);
  EXPECT_EQ(offence(), "none");
}

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
  EXPECT_EQ(offence(),
            R"(The target answered what it had to refuse, with a text message of 1 byte ("a"))");
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
  EXPECT_EQ(offence(), R"(The target sent a Pong whose payload no Ping asked for: "a")");
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
  receive(Opcode::pong, "a");
  receive(Opcode::text, "b");
  EXPECT_EQ(offence(), R"(The target sent a Pong whose payload no Ping asked for: "a")");
}

}  // namespace
}  // namespace wsconform
