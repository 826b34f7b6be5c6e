// The grammar of request targets and of the Host field (RFC 9112 §3.2, RFC 3986 §3).
#pragma once

#include <string_view>

namespace wsconform {

// What a WebSocket request may ask for (RFC 6455 §4.2.1 item 1): origin-form, an absolute path with
// an optional query, or absolute-form, an http or https URI without user information. A fragment
// fits neither.
bool is_websocket_target(std::string_view target);
// A host with an optional port of at most 65535. An empty host is none: an http URI always has one
// (RFC 9110 §4.2.1).
bool is_host(std::string_view value);

}  // namespace wsconform
