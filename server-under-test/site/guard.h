// What a resource asks of whoever opens its WebSocket.
#pragma once

#include <optional>

#include "server-under-test/site/origin_rule.h"

namespace wsconform {

// Asked in this order. A session asks for an Origin that is allowed, or the server's own, as well:
// a browser sends cookies whatever page asks for them.
struct Guard {
  std::optional<OriginRule> origin{};
  bool basic = false;  // asks for user and password, of a plain GET too
  bool session = false;
  bool ticket = false;
};

}  // namespace wsconform
