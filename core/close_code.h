// Close status codes (RFC 6455 §7.4 and the IANA registry it founds).
#pragma once

#include <cstdint>
#include <string_view>

#include "core/role.h"

namespace wsconform {

enum CloseCode : std::uint16_t {
  close_normal = 1000,
  close_going_away = 1001,
  close_protocol_error = 1002,
  close_unsupported_data = 1003,
  close_no_status_received = 1005,
  close_abnormal = 1006,
  close_invalid_payload = 1007,
  close_policy_violation = 1008,
  close_message_too_big = 1009,
  close_mandatory_extension = 1010,
  close_internal_error = 1011,
  close_service_restart = 1012,
  close_try_again_later = 1013,
  close_bad_gateway = 1014,
  close_tls_handshake = 1015,
};

enum class CloseCodeClass {
  assigned,     // 1000-1003, 1007-1014: may stand on the wire
  never_sent,   // 1004, 1005, 1006, 1015: reserved, never on the wire (§7.4.1)
  below_range,  // 0-999: not used (§7.4.2)
  unassigned,   // 1016-2999: reserved for the protocol and its revisions
  library,      // 3000-3999: registered with IANA by libraries and frameworks
  application,  // 4000-4999: private use
  above_range,  // 5000-65535: in none of its ranges
};

CloseCodeClass classify_close_code(std::uint16_t code);
// Whether `sender` may put the code into a Close frame. 1010 comes only from a client (§7.4.1).
bool may_be_sent(std::uint16_t code, Role sender);
// The registered name ("protocol error"), or "" where there is none.
std::string_view name_of_close_code(std::uint16_t code);

}  // namespace wsconform
