// What the live fuzzer sends to an endpoint: one connection, its opening handshake and then moves.
// What the endpoint may do about it is no part of it: the oracle (oracle.h) finds that out anew
// whenever a session was changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/results/verdict.h"
#include "runner/casebook/case.h"

namespace wsconform {

struct Move {
  Act act = SendFrame{};  // a frame, bytes, or an end; never a request or another connection
  // First all that is due for what went before comes, where something can be due.
  bool awaits = false;

  bool operator==(const Move&) const = default;
};

// What the case from which an opening was taken asks of the answer to it.
struct Demand {
  Expectation answer;
  Level level = Level::must;
  std::string because;
  std::vector<std::string> requirements;

  bool operator==(const Demand&) const = default;
};

struct LiveSession {
  SendRequest handshake;
  std::vector<std::string> needs;  // of what the handshake relies on
  DeflateWanted agreement;
  std::optional<Demand> demand;  // only while the handshake is as its case has it
  std::vector<Move> moves;

  bool operator==(const LiveSession&) const = default;
};

// Its handshake offers permessage-deflate, and what it sends counts only where that is agreed.
bool deflates(const LiveSession& session);
// The offer, and the need for an agreement.
void offer_deflate(LiveSession& session);

// Takes back what no case can say: fragments of more bytes than the payload has, compression of
// what is no message.
void make_writable(LiveSession& session);

// The connections of a case, as sessions. None for one that is no conversation (a proportion), that
// writes bytes before any request, or that sends more than a seed may.
std::vector<LiveSession> sessions_of(const Case& made);

// The sessions of each entry of a case file, all of its variants.
using SeedsByEntry = std::vector<std::vector<LiveSession>>;

struct Seeds {
  SeedsByEntry attacks;  // what has brought servers down before
  SeedsByEntry others;
};
// Those of all cases for a server that are quick to play.
Seeds seeds_of(const std::vector<Case>& cases);

inline constexpr std::uint64_t max_seed_size = 256 * 1024;  // payload bytes of all its moves

}  // namespace wsconform
