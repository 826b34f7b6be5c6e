// The endings that the standard allows for a connection over which a session was sent.
#pragma once

#include "fuzz/live/live_session.h"
#include "fuzz/live/reading.h"

namespace wsconform {

struct Allowed {
  Level level = Level::must;  // how strongly
  bool pong = false;          // before it, the latest Ping is answered
  ExpectEnding endings{};
};

// The handshake is answered by a 101. Of a session that ends with a reset, the level alone counts.
Allowed allowed_endings(const LiveSession& session, const Reading& reading, bool echoes);

// Everything that was sent is answered, and the connection is open.
ExpectEnding all_answered(bool echoes);
// Of an opening that nobody has to refuse: any answer, or none.
ExpectEnding any_answer();

}  // namespace wsconform
