// The payload of a Close frame (RFC 6455 §5.5.1, §7.4).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/bytes.h"
#include "core/role.h"
#include "core/violation.h"

namespace wsconform {

struct ClosePayload {
  std::optional<std::uint16_t> code;  // absent: the payload was empty or a single byte
  std::string_view reason;            // views the decoded bytes; not necessarily UTF-8
};

// Total: a payload of one byte has neither code nor reason.
ClosePayload decode_close_payload(ByteView payload);
// Two bytes of code in network order, then the reason as it is.
Bytes encode_close_payload(std::uint16_t code, std::string_view reason = {});

// With which `answering` answers a Close that carries `code`: the same (§5.5.1), but 1010 is a
// client's alone to send (§7.4.1). 0 stands for an empty payload, which answers one without a code.
std::uint16_t code_of_answer(std::optional<std::uint16_t> code, Role answering);

// The first rule that a Close payload from `sender` breaks. Codes 0 to 999, and 5000 and above, are
// out of every range that the standard names (§7.4.2), 1016 to 2999 unassigned.
std::optional<Violation> check_close_payload(ByteView payload, Role sender,
                                             const ViolationSet& tolerated = {});

}  // namespace wsconform
