// A session as the reference reads it: which rule it breaks first, where the connection is then,
// and how it ends. By this the oracle knows what is allowed, and the fuzzer what it has tried.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/handshake_fault.h"
#include "core/violation.h"
#include "fuzz/live/live_session.h"

namespace wsconform {

// Where a connection is when something happens.
enum class Place {
  opening,                // its handshake is not answered
  open,                   // between messages
  in_message,             // a message in fragments is under way
  in_compressed_message,  // and is compressed
  closing,                // our Close is out
};
inline constexpr std::size_t place_count = 5;
std::string_view name_of(Place place);    // "in-message"
std::string_view words_for(Place place);  // "inside a fragmented message"

struct CloseSent {
  std::optional<std::uint16_t> code;
};

struct Reading {
  // Of the first fault, or of the Close; of a legal session that ends otherwise: at its end.
  Place place = Place::open;
  HandshakeFaultSet opening{};
  std::optional<Violation> broken{};
  bool whole = true;      // all of the frame that breaks it is there
  bool hopeless = false;  // of malformed DEFLATE: no inflater can take it for anything else
  std::optional<CloseSent> close{};
  bool unassigned_above = false;    // its code is above all that the standard speaks of
  bool speaks_on = false;           // something follows the fault or the Close
  std::optional<Violation> late{};  // what the first illegal of it, behind a Close, breaks
  bool in_frame = false;            // the stream ends inside a frame
  bool ended = false;               // we end our direction of TCP at last
  bool reset = false;               // or the connection
  bool message_under_way = false;   // at the end of what is read
  std::uint64_t bytes = 0;          // sent in frames
  std::uint64_t largest = 0;        // payload, of a frame
  bool pings = false;
  bool messages = false;
  bool fragments = false;
  bool compressed = false;
  bool cut = false;
  // What is compressed by the session itself, not as agreed, or has RSV1 behind an offer that may
  // be agreed to: what it means depends on an agreement that is not known.
  bool agreement_decides = false;
  // A compressed message without any octet is among it: empty, or no DEFLATE
  // (RFC 7692 §7.2.3.6 has one octet).
  bool octetless = false;
  // For each move: before it, all is legal, and nothing under way.
  std::vector<bool> calm{};
};

Reading read(const LiveSession& session, ViolationSet tolerated = {});

// What of it a cause is told by: the rule that is broken, or "legal", "closing-handshake",
// "end-of-tcp", "reset".
std::string subject_of(const Reading& reading);
// The same, finer: what a reaction is held to be new by.
std::string stimulus_of(const Reading& reading);

}  // namespace wsconform
