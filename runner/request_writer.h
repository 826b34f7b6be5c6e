// The opening handshake's request as a case wants it (RFC 6455 §4.1), right or wrong.
#pragma once

#include <string>
#include <string_view>

#include "core/handshake.h"
#include "runner/case.h"
#include "runner/target.h"

namespace wsconform {

struct WrittenRequest {
  std::string head;
  ClientOffer offer;   // what the head offers, to judge the response by
  std::string method;  // to know whether the response has a body
};

// Writes the head: defaults, then the profile's own fields, then the case's edits; placeholders filled in.
WrittenRequest write_request(const SendRequest& request, const TargetProfile& target,
                             std::string_view key);

}  // namespace wsconform
