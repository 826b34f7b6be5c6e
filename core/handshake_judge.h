// The judge of opening handshakes, for either side, step by step as RFC 6455 §4.2.1 and
// §4.1 number them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/extension.h"
#include "core/handshake_fault.h"
#include "core/http_head.h"

namespace wsconform {

inline constexpr std::string_view websocket_version = "13";

// Every rule that a request breaks, in the order of the steps: the first is the one to tell. A head
// whose request line is malformed is judged by its fields alone.
std::vector<HandshakeFault> judge_request(const HttpHead& request);

// What the client asked for.
struct ClientOffer {
  std::string key{};
  std::vector<std::string> subprotocols{};
  std::vector<Extension> extensions{};
};
// Every rule that a response breaks, in the order of the steps. A response that is not a 101 is
// handled as HTTP handles it, and nothing after its status is judged. Parameters are judged where
// the extension is permessage-deflate (RFC 7692). Sec-WebSocket-Extensions may stand in several
// lines (erratum 3433).
std::vector<HandshakeFault> judge_response(const HttpHead& response, const ClientOffer& offer);

}  // namespace wsconform
