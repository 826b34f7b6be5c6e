// The check before and after a run: is the target there, does it speak WebSocket, does it echo.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>

#include "core/frame.h"
#include "core/instant.h"
#include "runner/suite/batch.h"

namespace wsconform {

struct ProbeResult {
  bool reached = false;  // TCP, and TLS where the URL has it, were connected
  bool speaks = false;   // an opening handshake got a 101
  std::string reason;    // where it does not: one clear sentence
  bool pongs = false;    // it answers Pings; where not, `refuses` is not found out
  bool echoes = false;
  std::set<Opcode> refuses;  // of text and binary: see TargetProfile
  bool deflates = false;     // it agrees to permessage-deflate, or tries to
  Duration round_trip{};     // of a Ping
  std::string server;        // the Server field of its response
};

// Finds out all of it and sets the pace. The target is looked for at each address of its host until it is reached.
ProbeResult probe(TargetAccess& access);
// Only whether a fresh connection's handshake, and its Ping where the target answers any, are answered; the reason where not.
ProbeResult probe_liveness(TargetAccess& access);

// How many connections it serves side by side, of as many as `wanted`: others are held open, silent, while one is served. At
// least 1; between, a bound from below.
std::size_t served_at_once(TargetAccess& access, std::size_t wanted);

// Of an echo endpoint: whether what one of so many connections sends comes to others too, as in a chat.
bool tells_others(TargetAccess& access, std::size_t connections);

// Tries to connect, at each address of its host, until it succeeds, `limit` has passed (one try at least) or `hopeless` says so.
bool reach(TargetAccess& access, Duration limit, const std::function<bool()>& hopeless);

}  // namespace wsconform
