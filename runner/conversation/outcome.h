// What is known of a conversation that is over, beside the result of its case: whoever decides
// which case is played next needs it.
#pragma once

#include "core/instant.h"
#include "runner/conversation/ground.h"
#include "runner/conversation/reaction.h"

namespace wsconform {

struct Outcome {
  bool timed_out = false;  // the verdict rests on a deadline that passed
  Duration waited{};       // until then
  Ground ground{};         // of the verdict
  Reaction reaction{};     // on the last connection
  Duration to_connect{};   // until the first stood: TCP, and TLS where the URL has it

  // The target ended TCP.
  bool ended_by_target() const { return reaction.end.has_value(); }
  // It did so in the way of one that dies: without a Close, and no response refused the connection.
  bool cut_off() const {
    const bool refused = reaction.status && !reaction.upgraded;
    return reaction.end && !reaction.close && !refused;
  }
  // It was cut off by a reset.
  bool torn() const { return cut_off() && *reaction.end == StreamEnd::reset; }
};

}  // namespace wsconform
