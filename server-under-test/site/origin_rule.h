// From which pages a WebSocket may be opened (RFC 6455 §10.2, RFC 6454).
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "core/http_head.h"

namespace wsconform {

struct OriginRule {
  std::vector<std::string> allowed{};  // in the form that normal_origin gives; "null" may be one
  bool required = false;               // a request without Origin is refused
  bool own = false;                    // the server's own is allowed, too
};

// As a browser sends it (RFC 6454 §6.2): scheme and host in lower case, the port only where it is
// not the scheme's own, nothing behind it; or "null". What is wrong with the text where it is none.
std::expected<std::string, std::string> normal_origin(std::string_view text);

// Scheme, host and port have to be the same, all three. One Origin line counts; two are refused.
bool is_allowed(const HttpHead& request, bool tls, const OriginRule& rule);

}  // namespace wsconform
