// Peers that are no WebSocket servers, or bad ones, as the memory driver sees them. None earns a
// pass from a case that asks something of it.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string_view>
#include <vector>

#include "runner/conversation/memory_driver.h"

namespace wsconform {

struct HostilePeer {
  std::string_view name;
  std::string_view says;
  bool shakes_hands = false;  // answers any request with a right 101
  std::function<std::unique_ptr<MemoryTarget>(Instant)> make;
};

void PrintTo(const HostilePeer& peer, std::ostream* out);

const std::vector<HostilePeer>& hostile_peers();
// Shakes hands, then gives every frame back as it came, unmasked, and judges nothing.
const HostilePeer& reflector();

}  // namespace wsconform
