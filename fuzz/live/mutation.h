// Changes that make another session of one or two: what was worth keeping is built upon.
#pragma once

#include "fuzz/live/live_session.h"
#include "fuzz/live/random.h"

namespace wsconform {

// One change at random, of the moves or now and then of the opening.
void mutate(Session& session, Random& random);
// The beginning of one and the end of the other, parted between two moves. The opening is that of `first`.
Session crossed(const Session& first, const Session& second, Random& random);

}  // namespace wsconform
