// A server's answer to an opening handshake (RFC 6455 §4.2.2). The rules, the judge and the key are
// in their own headers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/extension.h"
#include "core/handshake_fault.h"
#include "core/handshake_judge.h"
#include "core/handshake_key.h"
#include "core/http_head.h"

namespace wsconform {

// A server's side of the negotiation.
struct ServerPolicy {
  std::vector<std::string> subprotocols{};     // supported; the client's order decides
  std::vector<std::string> allowed_origins{};  // empty: any. A missing Origin is accepted.
  // Asked with each extension offered, in the client's order, until it accepts one of that name:
  // the extension as the response names it, or nullopt. Absent: none is accepted.
  std::function<std::optional<Extension>(const Extension& offered)> accept_extension{};
  // Asked last, with a request that is otherwise right: a response to send instead of 101, or
  // nullopt. A 401 counts as the fault `unauthorized`; any other answer as no fault.
  std::function<std::optional<HttpHead>(const HttpHead&)> gate{};
  HandshakeFaultSet tolerated{};  // faults that are not enforced (for planted defects)
};

struct HandshakeAnswer {
  bool accepted = false;
  HttpHead head{};                       // 101, or the refusal
  std::string body{};                    // of a refusal: the reason, short, text/plain
  std::string subprotocol{};             // selected, or ""
  std::vector<Extension> extensions{};   // accepted, in the order of the response
  std::vector<HandshakeFault> faults{};  // enforced, the one that decided the refusal first
};

// 101 as §4.2.2 asks, or a refusal by the first fault: 400, 401, 403, 405 with Allow, 426 with
// Upgrade (also for a plain GET; RFC 9110 §15.5.22), 431, 505. Every 426, and every refusal of a
// request whose version field is wrong, names the version supported (§4.4). Every refusal ends the
// connection, so that nothing after it can count as a second request. Stricter than RFC 9112 §2.2
// allows: a line that ends in a bare LF is refused.
HandshakeAnswer answer_request(const HttpHead& request, const ServerPolicy& policy);
// Whether the request's Origin is one of these, or there is none; every Origin line counts (RFC
// 6455 §10.2). Of no list, any is.
bool accepts_origin(const HttpHead& request, const std::vector<std::string>& allowed);
// A refusal for one fault, which is a request's: what a server sends when the head cannot be read
// at all (head_too_large).
HandshakeAnswer refuse(HandshakeFault fault);

}  // namespace wsconform
