#include <gtest/gtest.h>

#include "core/handshake_key.h"
#include "runner/conversation/tested_line.h"

namespace wsconform::line_opening_test {
namespace {

using tested::close_from;
using tested::frame_from;

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

TEST_F(DeflateLineTest, RemembersTheMessageThatBeganBeforeThe101) {
  send_step(R"({"send": "text", "payload": "a", "fin": false})");
  written();
  agree("permessage-deflate");
  send(Opcode::continuation, "b");
  EXPECT_FALSE(came().all_echoed);
  receive(Opcode::text, "ab");
  EXPECT_EQ(offence(), "none");
  EXPECT_TRUE(came().all_echoed);
}

TEST_F(DeflateLineTest, RemembersTheFaultThatWasSentBeforeThe101) {
  send_step(R"({"send": "reserved-b"})");
  written();
  EXPECT_FALSE(came().faulty);
  agree("permessage-deflate");
  EXPECT_TRUE(came().faulty);
  send(Opcode::text, "a");
  receive(Opcode::text, "a");
  EXPECT_NE(offence(), "none");
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
  EXPECT_NE(offence().find("that covers no earlier message"), std::string::npos);
}

TEST_F(DeflateLineTest, WithoutAnAgreementRsv1IsAnOffence) {
  accept();
  send(Opcode::text, "Hello");
  receive(compressed(Role::server, "f248cdc9c90700"));
  EXPECT_NE(offence().find("rsv1-without-extension"), std::string::npos);
}

TEST_F(HandshakeLineTest, KnowsTheHeadOfAResponseWhoseBodyDoesNotEnd) {
  receive(bytes_of("HTTP/1.1 200 OK\r\nServer: old\r\nContent-Length: 9\r\n\r\nbegun"));
  ASSERT_TRUE(came().head);
  EXPECT_EQ(came().head->value("Server"), "old");
  EXPECT_FALSE(came().response);
}

TEST_F(HandshakeLineTest, KeepsARefusalForTheCaseToJudge) {
  receive(bytes_of("HTTP/1.1 400 B\r\nContent-Length: 0\r\n\r\nmore"));
  EXPECT_EQ(came().response->status, 400);
  EXPECT_EQ(came().stray, 4U);
  EXPECT_EQ(offence(), "none");
}

}  // namespace
}  // namespace wsconform::line_opening_test
