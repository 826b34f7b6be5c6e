// What holds for the payload of any Close frame (RFC 6455 §5.5.1, §7.4): the property of the target
// close_payload.
#pragma once

#include <optional>

#include "core/bytes.h"
#include "core/role.h"
#include "core/violation.h"
#include "fuzz/breach.h"

namespace wsconform {

// The first rule that it breaks, written a second time.
std::optional<Violation> close_rule_broken(ByteView payload, Role sender);

// Decoded and encoded again it is the same bytes; the judge tells the rule above; the code with
// which it is answered is one that may be sent.
Breach breach_of_close(ByteView payload, Role sender);

// An input: a byte whose last bit says that a server sent it, the payload.
Breach breach_of_close_payload(ByteView input);

}  // namespace wsconform
