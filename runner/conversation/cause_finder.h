// The cause of a verdict, found from its values: the ground, the reaction that was judged, and what
// was sent before it.
//
// What tells faults of a target apart is named first. A frame or a request of ours that breaks a
// rule names that rule; where it was refused, and only the way of refusing is wrong, the way is
// named, for a target has one for all faults. Where we broke nothing, an offer of extensions or a
// plain handshake is named; at last the requirement that the case is about. What came is as coarse
// as chance makes it: a reset counts as the end, for which of both comes is a race.
#pragma once

#include "reports/results/cause.h"
#include "runner/conversation/ground.h"
#include "runner/conversation/reaction.h"

namespace wsconform {

struct CaseResult;

// Of the result, what the case itself says.
Cause cause_of(const CaseResult& of, const Ground& ground, const Reaction& came);

}  // namespace wsconform
