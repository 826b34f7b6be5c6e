// Frames and faults of which sessions are made.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/violation.h"
#include "fuzz/live/live_session.h"
#include "fuzz/live/random.h"
#include "fuzz/live/reading.h"

namespace wsconform {

// A length at a bound, or one beside it.
std::uint64_t any_length(Random& random);
// Of so many bytes; of text, valid UTF-8.
Payload payload_of(Opcode opcode, std::uint64_t length, Random& random);
// A legal message, whole or in fragments; compressed now and then where that is agreed.
SendFrame any_message(bool deflates, Random& random);
// A legal frame of any kind that can stand between messages and inside them.
SendFrame any_control(Random& random);
// A Close with a code that may be sent, or without.
SendFrame any_close(Random& random);

// One way to break a rule: appends to a session what breaks it, the connection being at a place
// where it can. A rule may have several.
struct Fault {
  Violation rule = Violation::rsv1_without_extension;
  std::string_view name;  // "rsv1-on-control": unique
  void (*append)(LiveSession&, Random&) = nullptr;
  bool deflates = false;    // only where permessage-deflate is agreed
  bool in_message = false;  // only inside a fragmented message
  bool outside = false;     // only between messages
};
std::span<const Fault> faults();

// Appends what brings an open connection to the place. Precondition: not `opening`.
void append_way_to(Place place, LiveSession& session, Random& random);

}  // namespace wsconform
