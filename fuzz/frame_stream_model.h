// The receiving half of an endpoint written a second time, for comparison: plainly, for a stream
// that is there as a whole, with copies of everything (RFC 6455 §5, §7). It shares the page of
// rules with Connection and nothing else.
#pragma once

#include <string>
#include <vector>

#include "core/connection.h"

namespace wsconform {

struct FrameStreamOutcome {
  std::vector<std::string> events{};   // as Telling has them, from OPEN to Closed
  std::vector<std::string> answers{};  // as lines_of_output has them
};

// What an endpoint that is open tells and writes for `stream` and its end. It answers Pings and
// sends nothing else.
FrameStreamOutcome model_frame_stream(ByteView stream, Role receiver, const Limits& limits);

}  // namespace wsconform
