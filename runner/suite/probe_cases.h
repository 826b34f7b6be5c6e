// The small cases by which a target is asked what it is, before it is judged.
#pragma once

#include <cstddef>
#include <vector>

#include "core/frame.h"

namespace wsconform {

struct Case;

// An opening handshake, and nothing after it.
Case handshake_case();
// The same; our direction of TCP ends behind the 101, and nothing more is awaited.
Case opening_case();
// A Ping, and its Pong.
Case ping_case();
// A message, and its echo. Of one that answers Pings: after it said nothing unasked for
// as long as a hush.
Case echo_case(Opcode kind, bool pongs);
// A message of the kind: passed where it is taken, lenient where it is refused by a code that says
// so, as one that echoes or one that does not may refuse it.
Case message_case(Opcode opcode, bool echoes);
// permessage-deflate is offered, and a Ping sent to one that answers any; skipped where it is not
// agreed to.
Case deflate_case(bool pongs);
// The preface of an HTTP/2 client and its SETTINGS, to hear what comes (RFC 9113 §3.4).
Case http_2_case();
// So many, each of which has one message echoed, and hears nothing else before and after.
std::vector<Case> cases_beside_others(std::size_t count);

}  // namespace wsconform
