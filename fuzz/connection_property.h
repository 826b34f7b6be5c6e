// What holds for the whole life of an endpoint, whatever its peer sends and whenever its owner
// sends something itself (RFC 6455): the property of the targets connection_server and
// connection_client.
#pragma once

#include <cstdint>

#include "core/connection.h"
#include "fuzz/breach.h"

namespace wsconform {

// An input: a byte of choices, a byte that chooses the cuts, a byte of what the owner does between
// the pieces (0: nothing, ever), the stream of the peer.
struct ConnectionLife {
  ConnectionOptions options{};
  std::uint8_t cut_choice = 0;  // see cutting.h
  std::uint8_t acts = 0;
  ByteView bytes{};
};
inline constexpr std::uint8_t life_subprotocols = 0x01;  // bits of the first byte
inline constexpr std::uint8_t life_deflate = 0x02;       // permessage-deflate is taken, or offered
inline constexpr std::uint8_t life_narrow = 0x04;        // limits that a short stream reaches
inline constexpr std::uint8_t life_open = 0x08;          // open from the start, no handshake
inline constexpr std::uint8_t life_deadlines = 0x10;     // of a second each
ConnectionLife read_connection_life(Role role, ByteView input);

// What the owner does behind a piece of the stream. In steps: a message written bit by bit, and a
// Ping asked for meanwhile.
enum class OwnerAct {
  text,
  binary,
  ping,
  pong,
  close,
  wait,
  wait_for_deadline,
  nothing,
  in_steps,
  rest,
  fail
};
OwnerAct act_behind(const ConnectionLife& life, ByteView piece);

// The events come in an order that the states allow: Opened or Refused first, nothing between
// the peer's Close or the failure and Closed, nothing at all behind Closed. State, wants_close
// and next_deadline agree with them. An endpoint of the other role that hears what was written
// is told exactly what the owner sent, a Pong for each Ping and one Close at most, as the last
// frame; none of these frames breaks a rule. What was sent is counted rightly, and memory is
// held in proportion to what came.
Breach breach_of_connection(const ConnectionLife& life);

Breach breach_of_connection_server(ByteView input);
Breach breach_of_connection_client(ByteView input);

}  // namespace wsconform
