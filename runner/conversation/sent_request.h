// What a request that we sent asks for, and what is wrong with it, as values: a finding's
// cause is told by it.
#pragma once

#include <optional>
#include <vector>

#include "core/extension.h"
#include "core/handshake_fault.h"

namespace wsconform {

struct HttpHead;
struct SendRequest;

struct SentRequest {
  // The first rule that it breaks. A body may stand behind any request (RFC 9110 §9.3.1), so
  // that is none here.
  std::optional<HandshakeFault> fault{};
  // Where Sec-WebSocket-Extensions is one line, written in the plainest way.
  std::vector<Extension> offered{};
  bool of_head = false;  // its method is HEAD, to which no content is the answer (RFC 9110 §9.3.2)
  bool plain = false;    // nothing stands in it but what every handshake has
};

// `head`: of that step, as it goes out.
SentRequest seen_in(const SendRequest& step, const HttpHead& head);

}  // namespace wsconform
