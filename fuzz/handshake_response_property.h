// What holds for a client's side of an opening handshake, whatever bytes come (RFC 6455 §4.1): the
// property of the target handshake_response.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/connection.h"
#include "fuzz/breach.h"

namespace wsconform {

// An input: a byte of choices, a byte that chooses the cuts, the stream from the response on.
struct HandshakeResponse {
  ClientOffer offer{};
  std::size_t max_head = 0;  // bytes
  std::uint8_t cut_choice = 0;
  ByteView bytes{};
};
inline constexpr std::uint8_t response_subprotocols = 0x01;  // chat and superchat are offered
inline constexpr std::uint8_t response_deflate = 0x02;       // permessage-deflate, plainly
inline constexpr std::uint8_t response_windows = 0x04;       // and with both windows
inline constexpr std::uint8_t response_short_head = 0x08;  // max_head 200 bytes in place of 16 KiB
// The key of every offer, that of RFC 6455 §1.3.
inline constexpr std::string_view offered_key = "dGhlIHNhbXBsZSBub25jZQ==";
HandshakeResponse read_handshake_response(ByteView input);

// A request that offers so, and the client that sent it, without deadlines.
std::string request_with(const ClientOffer& offer);
ConnectionOptions client_for(const HandshakeResponse& response);

// What a 101 must have, asked of Boost.Beast's parser: nullopt where it is one that belongs to the
// key, else what it lacks.
Breach breach_of_101(std::string_view head);

// Connection: the same at any cut and one event at a time; Opened for a 101 that is one and that
// breaks no rule of §4.1, else Refused with its status; nothing more is sent.
Breach breach_of_client(const HandshakeResponse& response, const ConnectionOptions& client);

Breach breach_of_handshake_response(ByteView input);

}  // namespace wsconform
