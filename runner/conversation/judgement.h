// What came of an expectation, held against it: each function speaks its finding to the
// ruling of the case.
#pragma once

#include <string>

#include "runner/casebook/expectation.h"
#include "runner/conversation/reaction.h"
#include "runner/conversation/ruling.h"
#include "runner/conversation/script.h"

namespace wsconform {

struct Case;

// Precondition: a response came. `made` is the case, where it is only about an agreement on
// permessage-deflate.
void judge_response(const ExpectResponse& step, const Case& made, const Reaction& reaction,
                    Ruling& ruling);
// Precondition: the refusal is whole, or TCP ended.
void judge_refusal(const ExpectRefusal& step, const Reaction& reaction, Ruling& ruling);
// The connection is decided: it ended, answered a barrier, a response came that the step turns on,
// or silence lasted where it may. `expected`: the step in words.
void judge_ending(const ExpectEnding& step, const std::string& expected, const Reaction& reaction,
                  Ruling& ruling);
// Something came in the place of what was expected.
void judge_instead(const std::string& expected, const Reaction& reaction, Ruling& ruling);
// Nothing more came for so long.
void judge_silence(const Cue& cue, Duration waited, const Reaction& reaction, Ruling& ruling);

}  // namespace wsconform
