// What holds for a server's side of an opening handshake, whatever bytes come: the property of the
// fuzz target handshake_request (RFC 6455 §4.2). How a head is read: http_head_property.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/connection.h"
#include "fuzz/breach.h"

namespace wsconform {

// An input: a byte of choices, a byte that chooses the cuts, the stream from its first byte on.
struct HandshakeRequest {
  ServerPolicy policy{};
  std::size_t max_head = 0;     // bytes
  std::uint8_t cut_choice = 0;  // see cutting.h
  ByteView bytes{};             // the head and what follows it
};
// Bits of the first byte.
inline constexpr std::uint8_t handshake_subprotocols = 0x01;  // chat and superchat
inline constexpr std::uint8_t handshake_origins = 0x02;       // only http://localhost
inline constexpr std::uint8_t handshake_extensions = 0x04;    // permessage-deflate
inline constexpr std::uint8_t handshake_gate = 0x08;          // 401 for /private, 302 for /moved
inline constexpr std::uint8_t handshake_short_head = 0x10;  // max_head 400 bytes in place of 16 KiB
HandshakeRequest read_handshake_request(ByteView input);

// The server that hears it, without deadlines.
ConnectionOptions server_for(const HandshakeRequest& request);

// A refusal is a whole response with `status`, never 101, that ends the connection, and nothing
// follows it. `method` is that of the request.
Breach breach_of_refusal(std::string_view output, int status, std::string_view method);
// A 101 that belongs to `head`: the client that sent it accepts it by §4.1, and the request kept
// every rule of §4.2.1.
Breach breach_of_acceptance(std::string_view head, const ServerPolicy& policy,
                            std::string_view output);
// Connection: the same at any cut and one event at a time; Opened and Refused as above; memory in
// proportion to what came.
Breach breach_of_server(const HandshakeRequest& request, const ConnectionOptions& server);

// All of it.
Breach breach_of_handshake_request(ByteView input);

}  // namespace wsconform
