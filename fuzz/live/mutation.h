// Changes that make another session of one or two: what was worth keeping is built upon.
#pragma once

#include "fuzz/live/live_session.h"
#include "fuzz/live/random.h"

namespace wsconform {

// One change at random, of the moves or now and then of the opening.
void mutate(LiveSession& session, Random& random);
// The beginning of one and the end of the other, parted between two moves. The opening
// is that of `first`.
LiveSession crossed(const LiveSession& first, const LiveSession& second, Random& random);

}  // namespace wsconform
