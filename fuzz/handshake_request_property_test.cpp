#include "fuzz/handshake_request_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsconform::handshake_request_property_test {
namespace {

using testing::HasSubstr;

// RFC 6455 §1.3.
const std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
const std::string accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

std::string request_for(std::string_view target, std::string_view more = "") {
  std::string request = "GET ";
  request.append(target).append(" HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n");
  request += "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key;
  return request.append("\r\n").append(more).append("\r\n");
}

std::string response_with(std::string_view accept_value, std::string_view more = "") {
  std::string response =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
  response.append("Sec-WebSocket-Accept: ").append(accept_value).append("\r\n").append(more);
  return response + "\r\n";
}

Bytes input_of(std::uint8_t choices, std::string_view stream) {
  Bytes input = {choices, 5};
  append(input, stream);
  return input;
}

std::string breach(std::uint8_t choices, std::string_view stream) {
  return breach_of_handshake_request(input_of(choices, stream)).value_or("");
}

TEST(HandshakeRequestProperty, HoldsForRequestsThatAreAccepted) {
  EXPECT_EQ(breach(0, request_for("/")), "");
  EXPECT_EQ(breach(0, request_for("/") + "\x89\x80\x01\x02\x03\x04"), "");
  EXPECT_EQ(breach(handshake_subprotocols | handshake_extensions,
                   request_for("/",
                               "Sec-WebSocket-Protocol: a, superchat\r\n"
                               "Sec-WebSocket-Extensions: permessage-deflate\r\n")),
            "");
}

TEST(HandshakeRequestProperty, HoldsForRequestsThatAreRefused) {
  EXPECT_EQ(breach(0, "GET / HTTP/1.1\r\n\r\n"), "");
  EXPECT_EQ(breach(0, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"), "");
  EXPECT_EQ(breach(0, "HEAD / nothing\r\n\r\n"), "");
  EXPECT_EQ(breach(0, "HEAD\r\n\r\n"), "");
  EXPECT_EQ(breach(handshake_gate, request_for("/private")), "");
  EXPECT_EQ(breach(handshake_gate, request_for("/moved")), "");
  EXPECT_EQ(breach(handshake_origins, request_for("/", "Origin: http://example.org\r\n")), "");
}

TEST(HandshakeRequestProperty, HoldsForHeadsWithoutEndAndHeadsTooLarge) {
  EXPECT_EQ(breach(0, ""), "");
  EXPECT_EQ(breach(0, "GET / HTTP/1.1\r\nHost"), "");
  EXPECT_EQ(breach(handshake_short_head, request_for("/" + std::string(400, 'a'))), "");
  EXPECT_EQ(breach(handshake_short_head, "GET /" + std::string(400, 'a')), "");
  EXPECT_EQ(breach_of_handshake_request({}), std::nullopt);
}

TEST(HandshakeRequestOracles, SeeARefusalThatIsNotOne) {
  const std::string head = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 3\r\n";
  const auto told = [](const std::string& output, std::string_view method = "GET") {
    return breach_of_refusal(output, 400, method).value_or("");
  };
  EXPECT_EQ(told(head + "\r\nNo."), "");
  EXPECT_EQ(told(head + "\r\n", "HEAD"), "");
  EXPECT_THAT(told(head), HasSubstr("no end of its head"));
  EXPECT_THAT(told(head + "\r\nNo"), HasSubstr("no end of its body"));
  EXPECT_THAT(told(head + "\r\nNo.!"), HasSubstr("something behind it"));
  EXPECT_THAT(told(head + "\r\nNo.", "HEAD"), HasSubstr("something behind it"));
  EXPECT_THAT(told(head + "X: a\n\r\nNo."), HasSubstr("malformed"));
  EXPECT_THAT(told("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), HasSubstr("keeps"));
  EXPECT_THAT(told("HTTP/1.1 403 Forbidden\r\n\r\n"), HasSubstr("another status"));
  EXPECT_THAT(breach_of_refusal(response_with(accept), 101, "GET").value(),
              HasSubstr("no refusal"));
}

TEST(HandshakeRequestOracles, SeeA101ThatDoesNotBelongToTheRequest) {
  const ServerPolicy policy{.subprotocols = {"chat"}};
  const auto told = [&](std::string_view request, std::string_view response) {
    return breach_of_acceptance(request, policy, response).value_or("");
  };
  EXPECT_EQ(told(request_for("/"), response_with(accept)), "");
  EXPECT_THAT(told(request_for("/"), response_with(key)), HasSubstr("accept-wrong"));
  EXPECT_THAT(told(request_for("no-path"), response_with(accept)), HasSubstr("target-malformed"));
  const std::string offering = request_for("/", "Sec-WebSocket-Protocol: soap\r\n");
  EXPECT_THAT(told(offering, response_with(accept, "Sec-WebSocket-Protocol: soap\r\n")),
              HasSubstr("does not support"));
  EXPECT_THAT(told(offering, response_with(accept, "Sec-WebSocket-Protocol: chat\r\n")),
              HasSubstr("subprotocol-not-offered"));
}

TEST(HandshakeRequestOracles, SeeAServerThatDoesNotKeepToTheRules) {
  const Bytes input = input_of(0, "POST" + request_for("/").substr(3));
  const HandshakeRequest request = read_handshake_request(input);
  ConnectionOptions server = server_for(request);
  EXPECT_EQ(breach_of_server(request, server), std::nullopt);
  server.policy.tolerated.set(static_cast<std::size_t>(HandshakeFault::method_not_get));
  EXPECT_THAT(breach_of_server(request, server).value(), HasSubstr("method-not-get"));
  server = server_for(request);
  server.limits.max_head = 20;
  EXPECT_THAT(breach_of_server(request, server).value(), HasSubstr("the 405 was not told"));
}

TEST(HandshakeRequestOracles, SeeAServerThatTakesAHeadThatIsTooLarge) {
  const Bytes input = input_of(0, request_for("/"));
  HandshakeRequest request = read_handshake_request(input);
  request.max_head = 20;
  EXPECT_EQ(breach_of_server(request, server_for(request)), std::nullopt);
  ConnectionOptions server = server_for(request);
  server.limits.max_head = Limits{}.max_head;
  EXPECT_THAT(breach_of_server(request, server).value(), HasSubstr("431"));
}

}  // namespace
}  // namespace wsconform::handshake_request_property_test
