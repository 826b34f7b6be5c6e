#include "fuzz/handshake_response_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsconform::handshake_response_property_test {
namespace {

using testing::HasSubstr;

std::string response_with(std::string_view more = "",
                          std::string_view accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") {
  std::string response =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
      "Upgrade\r\nSec-WebSocket-Accept: ";
  return response.append(accept).append("\r\n").append(more).append("\r\n");
}

std::string breach(std::uint8_t choices, std::string_view stream) {
  Bytes input = {choices, 5};
  append(input, stream);
  return breach_of_handshake_response(input).value_or("");
}

TEST(HandshakeResponseProperty, HoldsForResponsesThatAreTaken) {
  EXPECT_EQ(breach(0, response_with()), "");
  EXPECT_EQ(breach(response_subprotocols, response_with("Sec-WebSocket-Protocol: chat\r\n")), "");
  EXPECT_EQ(breach(response_deflate | response_windows,
                   response_with("Sec-WebSocket-Extensions: permessage-deflate; "
                                 "client_max_window_bits=10; server_max_window_bits=9\r\n")),
            "");
}

TEST(HandshakeResponseProperty, HoldsForAConnectionThatListsUpgradeAndIsNoListBesides) {
  EXPECT_EQ(breach(0, response_with("Connection: ]\r\n")), "");
  EXPECT_THAT(breach_of_101(response_with("Connection: ]\r\n")).value(), HasSubstr("Beast"));
}

TEST(HandshakeResponseProperty, HoldsForResponsesThatAreRefused) {
  EXPECT_EQ(breach(0, response_with("", "AAAA")), "");
  EXPECT_EQ(breach(0, response_with("Sec-WebSocket-Protocol: chat\r\n")), "");
  EXPECT_EQ(breach(0, "HTTP/1.1 403 Forbidden\r\n\r\n"), "");
  EXPECT_EQ(breach(0, "nonsense\r\n\r\n"), "");
  EXPECT_EQ(breach(0, "HTTP/1.1 101"), "");
  EXPECT_EQ(breach(response_short_head, std::string(300, 'a')), "");
  EXPECT_EQ(breach_of_handshake_response({}), std::nullopt);
}

TEST(HandshakeResponseOracles, SeeA101ThatIsNone) {
  EXPECT_EQ(breach_of_101(response_with()), std::nullopt);
  std::string later = response_with();
  later.replace(0, 8, "HTTP/1.4");
  EXPECT_EQ(breach_of_101(later), std::nullopt);
  EXPECT_THAT(breach_of_101(response_with("", "AAAA")).value(), HasSubstr("belong to the key"));
  EXPECT_THAT(breach_of_101("HTTP/1.1 200 OK\r\n\r\n").value(), HasSubstr("none"));
  EXPECT_THAT(breach_of_101(response_with("Upgrade: h2c\r\n")).value(), HasSubstr("upgrade"));
  EXPECT_THAT(breach_of_101("HTTP/1.1 101 S\r\nUpgrade: websocket\r\n\r\n").value(),
              HasSubstr("Connection"));
}

TEST(HandshakeResponseOracles, SeeAClientThatTakesAnotherResponse) {
  const Bytes bytes = to_bytes(response_with("Sec-WebSocket-Protocol: chat\r\n"));
  HandshakeResponse response = read_handshake_response({});
  response.bytes = bytes;
  ConnectionOptions client = client_for(response);
  EXPECT_EQ(breach_of_client(response, client), std::nullopt);
  client.offer.subprotocols = {"chat"};
  EXPECT_THAT(breach_of_client(response, client).value(), HasSubstr("subprotocol-not-offered"));
  client.offer.key = "AAAA";
  response.offer.subprotocols = {"chat"};
  EXPECT_THAT(breach_of_client(response, client).value(), HasSubstr("that is right was refused"));
}

}  // namespace
}  // namespace wsconform::handshake_response_property_test
