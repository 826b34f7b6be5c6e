// Smaller sessions in place of a session that shows something: moves left out first, then each
// oddity of what is left taken back, then payloads to the smallest length class, then plain
// masks and no cuts.
#pragma once

#include <functional>
#include <vector>

#include "fuzz/live/live_session.h"

namespace wsconform {

// Each is simpler by one thing, the largest steps first. Empty: nothing can be taken away.
std::vector<LiveSession> simpler(const LiveSession& session);

// Whichever of them still shows it, by place; the first is taken. Asked for a list at once, so that
// they can be played side by side.
using ShowsStill = std::function<std::vector<bool>(const std::vector<LiveSession>&)>;
// `most`: so many lists are asked about.
LiveSession minimised(LiveSession session, const ShowsStill& shows_still, int most);

// The same for a list of which some together show something: halves, then one by one are left out.
using Together = std::function<bool(const std::vector<LiveSession>&)>;
std::vector<LiveSession> fewest(std::vector<LiveSession> sessions, const Together& show, int most);

}  // namespace wsconform
