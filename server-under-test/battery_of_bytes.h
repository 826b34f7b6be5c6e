// A battery of byte streams from a client: every way of a defect shows in what an endpoint answers
// to one of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/for_each_split.h"
#include "core/tested_connection.h"
#include "server-under-test/echo_endpoint.h"

namespace wsconform {

using tested::close_from;
using tested::frame_from;
using tested::joined;
using tested::Lines;
using tested::lines_of_frames;
using tested::test_key;
using tested::test_start;

inline const std::string good_request =
    "GET /chat HTTP/1.1\r\nHost: localhost:9001\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\nSec-WebSocket-Version: 13\r\n\r\n";

// The good request with `what` replaced.
inline std::string request_with(std::string_view what, std::string_view by) {
  std::string request = good_request;
  return request.replace(request.find(what), what.size(), by);
}
inline std::string request_and(std::string_view line) {
  return request_with("\r\n\r\n", "\r\n" + std::string(line) + "\r\n\r\n");
}

inline Bytes masked(Opcode opcode, std::string_view payload = {}, bool fin = true) {
  return encode(frame_from(Role::client, opcode, payload, fin));
}
inline Bytes masked_close(std::uint16_t code, std::string_view reason = {}) {
  return close_from(Role::client, code, reason);
}

// What the requests of the battery are about, each rule at a path of its own.
AccessPolicy tested_access();

std::vector<std::string> battery_of_requests();
std::vector<Bytes> battery_of_frames();
// Requests that offer permessage-deflate, each with frames behind it.
std::vector<std::string> battery_of_compression();

// What the endpoint made of the stream, given in these pieces: bytes written, and whether TCP ends.
inline std::string told(EchoEndpoint& endpoint, const std::vector<ByteView>& pieces) {
  std::string all;
  for (const ByteView piece : pieces) {
    Bytes input(piece.begin(), piece.end());
    endpoint.receive(input);
    all += text_of(endpoint.take_output());
    if (endpoint.wants_close()) return all + "[end]";
  }
  return all + "[open]";
}
inline std::string told(EchoEndpoint& endpoint, ByteView stream) {
  return told(endpoint, std::vector<ByteView>{stream});
}

}  // namespace wsconform
