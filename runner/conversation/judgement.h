// What came of an expectation, held against it: each function speaks its finding to the ruling of the case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runner/casebook/expectation.h"
#include "runner/conversation/ending.h"
#include "runner/conversation/exchange.h"
#include "runner/conversation/ruling.h"

namespace wsconform {

struct Case;

// A response came. `made` is the case, where it is only about an agreement on permessage-deflate.
void judge_response(const ExpectResponse& step, const Case& made, const Exchange& exchange,
                    Ruling& ruling);
// The refusal is whole, or TCP ended.
void judge_refusal(const ExpectRefusal& step, const Exchange& exchange, Ruling& ruling);
// The connection is decided: it ended, answered a barrier, a response came that the step turns on, or
// silence lasted where it may.
void judge_ending(const ExpectEnding& step, const Reaction& reaction, const Exchange& exchange,
                  Ruling& ruling);
// Something came in the place of what was expected.
void judge_instead(const std::string& expected, const Exchange& exchange, Ruling& ruling);
// Nothing more came for as long as `waited` says.
void judge_silence(const Expectation& step, std::string_view waited, const Exchange& exchange,
                   Ruling& ruling);
// The same, of a request whose time was to be taken.
void judge_unanswered_trial(std::string_view waited, const Exchange& exchange, Ruling& ruling);

}  // namespace wsconform
