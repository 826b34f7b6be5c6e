// What wslay's event API makes of a stream of frames: the second opinion on our receiver.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/opcode.h"
#include "core/role.h"

namespace wsconform {

struct WslayReading {
  std::vector<std::pair<Opcode, Bytes>> messages{};  // and control frames, in their order
  bool failed = false;                               // wslay wants to fail the connection
};
// No reserved bits, messages of at most max_message bytes.
WslayReading read_by_wslay(ByteView stream, Role receiver, std::uint64_t max_message);

}  // namespace wsconform
