// Connections that agreed on permessage-deflate (RFC 7692), in either role.
#include <gtest/gtest.h>

#include "core/for_each_split.h"
#include "core/tested_connection.h"

namespace wsconform::connection_deflate_test {
namespace {

using namespace tested;

ConnectionOptions agreed(Role role, DeflateAgreement agreement = {}) {
  ConnectionOptions options = open_as(role);
  options.deflate = agreement;
  return options;
}

Frame compressed(Role sender, Opcode opcode, std::string_view hex, bool fin = true) {
  Frame frame = frame_from(sender, opcode, text_of(*from_hex(hex)), fin);
  frame.header.rsv1 = opcode != Opcode::continuation;
  return frame;
}

constexpr std::string_view hello = "f2 48 cd c9 c9 07 00";

class Deflating : public testing::TestWithParam<Role> {
 protected:
  Bytes from_peer(Opcode opcode, std::string_view hex, bool fin = true) const {
    return encode(compressed(peer_of(GetParam()), opcode, hex, fin));
  }
  Bytes plain(Opcode opcode, std::string_view payload, bool fin = true) const {
    return encode(frame_from(peer_of(GetParam()), opcode, payload, fin));
  }
  Lines events_of(const Bytes& wire, DeflateAgreement agreement = {}) const {
    TestedConnection it(agreed(GetParam(), agreement));
    it.receive(wire);
    return it.events;
  }
};
INSTANTIATE_TEST_SUITE_P(Roles, Deflating, testing::Values(Role::server, Role::client),
                         [](const auto& test) { return std::string(name_of(test.param)); });

TEST_P(Deflating, InflatesAMessageAtEveryCut) {
  for_each_split(from_peer(Opcode::text, hello), [&](const std::vector<ByteView>& pieces) {
    TestedConnection it(agreed(GetParam()));
    it.receive_pieces(pieces);
    EXPECT_EQ(it.events, Lines{"text 'Hello'"});
  });
}

TEST_P(Deflating, InflatesFragmentsWithControlFramesBetween) {
  const Bytes wire = joined(
      {from_peer(Opcode::text, "f2 48 cd", false), plain(Opcode::ping, "between"),
       from_peer(Opcode::continuation, "", false), from_peer(Opcode::continuation, "c9 c9 07 00")});
  EXPECT_EQ(events_of(wire), (Lines{"ping 'between'", "text 'Hello'"}));
}

TEST_P(Deflating, TakesMessagesThatAreNotCompressed) {
  const Bytes wire = joined({from_peer(Opcode::text, hello), plain(Opcode::text, "plain"),
                             from_peer(Opcode::text, "f2 00 11 00 00")});
  EXPECT_EQ(events_of(wire), (Lines{"text 'Hello'", "text 'plain'", "text 'Hello'"}));
}

TEST_P(Deflating, KeepsNoContextThatWasNotToBeTakenOver) {
  const Bytes wire =
      joined({from_peer(Opcode::text, hello), from_peer(Opcode::text, "f2001100 00")});
  const DeflateContext fresh{most_window_bits, false};
  EXPECT_EQ(events_of(wire, {fresh, fresh}).at(1), "failed 1007: malformed-deflate");
}

TEST_P(Deflating, CompressesWhatItSends) {
  TestedConnection it(agreed(GetParam()));
  for (int i = 0; i < 2; ++i) it.connection.send_message(Opcode::text, bytes_of("Hello"));
  it.take();
  FrameDecoder decoder;
  std::vector<FrameDecoder::Item> items;
  decoder.feed(it.output, items);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_TRUE(items[0].frame.header.rsv1);
  EXPECT_EQ(to_hex(items[0].frame.payload), "f248cdc9c90700");
  EXPECT_EQ(to_hex(items[1].frame.payload), "f200110000");
}

TEST_P(Deflating, SendsControlFramesAsTheyAre) {
  TestedConnection it(agreed(GetParam()));
  it.connection.send_ping(bytes_of("ping"));
  it.connection.send_close(1000, "bye");
  it.take();
  const std::string mask = GetParam() == Role::client ? ", masked" : "";
  EXPECT_EQ(it.frames(), (Lines{"ping 'ping'" + mask, "close 1000 'bye'" + mask}));
}

TEST_P(Deflating, RefusesRsv1OnContinuationsAndControlFrames) {
  for (const Opcode opcode : {Opcode::ping, Opcode::pong, Opcode::continuation}) {
    Frame frame = frame_from(peer_of(GetParam()), opcode, "");
    frame.header.rsv1 = true;
    Lines events = events_of(joined({from_peer(Opcode::text, "f2 48 cd", false), encode(frame)}));
    EXPECT_EQ(events.at(0), "failed 1002: rsv1-without-extension");
  }
}

TEST_P(Deflating, JudgesTextOnceInflated) {
  // Stored: 0xFF.
  EXPECT_EQ(events_of(from_peer(Opcode::text, "00 01 00 fe ff ff 00")).at(0),
            "failed 1007: invalid-utf8");
  EXPECT_EQ(events_of(from_peer(Opcode::binary, "00 01 00 fe ff ff 00")), Lines{"binary '\xFF'"});
}

TEST_P(Deflating, BoundsWhatIsInflatedAndNotWhatComes) {
  ConnectionOptions options = agreed(GetParam());
  options.limits.max_message = 5;
  TestedConnection it(options);
  it.receive(from_peer(Opcode::text, hello));  // seven bytes
  Deflater deflater({most_window_bits, false});
  Bytes bomb;
  deflater.deflate(Bytes(1'000'000, 'a'), bomb);
  it.receive(from_peer(Opcode::binary, to_hex(bomb)));
  EXPECT_EQ(it.events.at(0), "text 'Hello'");
  EXPECT_EQ(it.events.at(1), "failed 1009: message-too-big");
}

TEST_P(Deflating, FailsForAMessageThatEndsInsideABlock) {
  EXPECT_EQ(events_of(from_peer(Opcode::text, "f2 48 cd")).at(0), "failed 1007: malformed-deflate");
}

// Handshakes

constexpr std::string_view request =
    "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

TestedConnection opened_server(std::string_view offer) {
  ConnectionOptions options = open_as(Role::server);
  options.skip_handshake = false;
  options.policy.accept_extension = accept_deflate;
  TestedConnection it(options);
  std::string head(request);
  if (!offer.empty()) head.append("Sec-WebSocket-Extensions: ").append(offer).append("\r\n");
  it.receive(bytes_of(head + "\r\n"));
  return it;
}

TEST(DeflateHandshake, AServerCompressesOnceItAccepted) {
  TestedConnection it = opened_server("permessage-deflate; server_max_window_bits=10");
  EXPECT_NE(it.text().find("\r\nSec-WebSocket-Extensions: permessage-deflate; "
                           "server_max_window_bits=10\r\n"),
            std::string::npos);
  it.receive(encode(compressed(Role::client, Opcode::text, hello)));
  EXPECT_EQ(it.events.back(), "text 'Hello'");
}

TEST(DeflateHandshake, AServerTakesTheFirstOfferThatIsLegal) {
  TestedConnection it = opened_server("permessage-deflate; x, permessage-deflate");
  EXPECT_NE(it.text().find("\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"),
            std::string::npos);
}

TEST(DeflateHandshake, WithoutAnAgreementRsv1HasNoMeaning) {
  for (const char* offer : {"", "permessage-deflate; x"}) {
    TestedConnection it = opened_server(offer);
    EXPECT_EQ(it.text().find("Sec-WebSocket-Extensions"), std::string::npos);
    it.receive(encode(compressed(Role::client, Opcode::text, hello)));
    EXPECT_EQ(it.events.at(1), "failed 1002: rsv1-without-extension");
  }
}

TestedConnection opened_client(std::string_view offer, const std::string& response) {
  ConnectionOptions options = open_as(Role::client);
  options.skip_handshake = false;
  options.request = std::string(request) + "\r\n";
  options.offer = {"dGhlIHNhbXBsZSBub25jZQ==", {}, *parse_extensions(offer)};
  TestedConnection it(options);
  it.receive(
      bytes_of("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
               "Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
               "Sec-WebSocket-Extensions: " +
               response + "\r\n\r\n"));
  return it;
}

TEST(DeflateHandshake, AClientKeepsToTheResponse) {
  TestedConnection it =
      opened_client("permessage-deflate", "permessage-deflate; server_no_context_takeover");
  ASSERT_EQ(it.events, Lines{"opened"});
  it.receive(encode(compressed(Role::server, Opcode::text, hello)));
  it.receive(encode(compressed(Role::server, Opcode::text, "f2 00 11 00 00")));
  EXPECT_EQ(it.events.at(1), "text 'Hello'");
  EXPECT_EQ(it.events.at(2), "failed 1007: malformed-deflate");
}

TEST(DeflateHandshake, AClientRefusesAResponseThatItsOfferDoesNotAllow) {
  const TestedConnection it =
      opened_client("permessage-deflate", "permessage-deflate; client_max_window_bits=10");
  EXPECT_EQ(it.events.at(0),
            "refused 101: The response has client_max_window_bits, which the offer did not have.");
}

}  // namespace
}  // namespace wsconform::connection_deflate_test
