// What came on a connection, as values: what a case is judged by, and what a run learns of its
// target.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/http_head.h"
#include "core/permessage_deflate.h"
#include "core/role.h"
#include "runner/conversation/frame_watch.h"
#include "runner/conversation/offence.h"
#include "runner/conversation/opening_reader.h"
#include "runner/conversation/sent_request.h"

namespace wsconform {

enum class StreamEnd { fin, reset };

// Behind a Close of the target: pointless, yet not forbidden (§5.5.1 forbids data there
// and no other frame).
enum class BehindClose { second_close, pong };

struct Reaction {
  Role of = Role::server;   // who reacted
  bool open = false;        // the ping barrier was answered, and neither a Close nor an end came
  bool all_echoed = false;  // every message sent came back
  bool upgraded = false;    // a 101 came, or went out
  std::optional<StreamEnd> end{};
  std::optional<SawClose> close{};
  std::optional<int> status{};   // of `response`
  std::optional<int> interim{};  // of the latest interim response (RFC 9110 §15.2) before it
  bool assumed = false;          // `open` is what a while without an end was taken for
  bool silent = false;           // nothing of all that came for as long as a silence takes

  // The opening.
  std::optional<SawRequest> request{};    // of a client
  std::optional<SawResponse> response{};  // of a server: the latest that is whole
  std::optional<HttpHead> head{};         // of a server: the latest, whether a body follows or not
  bool opening_begun = false;             // bytes of a head or body came, and it is not whole
  std::uint64_t stray = 0;                // bytes behind the opening that no 101 made frames of
  std::optional<DeflateAgreement> deflate{};

  // Frames.
  std::uint64_t frames = 0;  // of every kind
  std::size_t echoes = 0;
  std::size_t echoes_beside = 0;  // of them, those that no step awaited
  std::size_t pings = 0;
  bool latest_compressed = false;     // the latest message came compressed
  bool latest_ping_answered = false;  // the latest Ping of the case was answered
  std::optional<BehindClose> behind_close{};
  std::optional<Bytes>
      unasked_pong{};  // the beginning of its payload, as in MessageGlimpse: allowed (§5.5.3)
  std::optional<Offence> offence{};  // the first thing that is wrong whatever the case is about

  // All of it.
  std::uint64_t received = 0;  // bytes
  Bytes beginning{};           // the first of them: at most `most_beginning`

  // What it had to react to.
  SentRequest asked{};                           // the latest request
  bool faulty = false;                           // what was sent breaks a rule
  bool refusable = false;                        // or might, and did not come back instead
  std::optional<std::uint16_t> illegal_close{};  // it was a Close: its code, or 0
  std::optional<Violation> sent_violation{};     // the rule of framing that it breaks, or might
  std::size_t largest_sent = 0;                  // message, in bytes

  static constexpr std::size_t most_beginning = 256;  // bytes
};

// In a word or few, by a name that never changes: "close-1002", "reset-without-close",
// "status-400", "silence".
std::string name_of(const Reaction& reaction);

}  // namespace wsconform
