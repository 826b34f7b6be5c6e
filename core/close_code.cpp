#include "core/close_code.h"

namespace wsconform {

CloseCodeClass classify_close_code(std::uint16_t code) {
  if (code < 1000) return CloseCodeClass::below_range;
  if (code >= 5000) return CloseCodeClass::above_range;
  if (code >= 4000) return CloseCodeClass::application;
  if (code >= 3000) return CloseCodeClass::library;
  if (code > close_tls_handshake) return CloseCodeClass::unassigned;
  const bool never = code == 1004 || code == close_no_status_received || code == close_abnormal ||
                     code == close_tls_handshake;
  return never ? CloseCodeClass::never_sent : CloseCodeClass::assigned;
}

bool may_be_sent(std::uint16_t code, Role sender) {
  if (code == close_mandatory_extension) return sender == Role::client;
  switch (classify_close_code(code)) {
    case CloseCodeClass::assigned:
    case CloseCodeClass::library:
    case CloseCodeClass::application:
      return true;
    case CloseCodeClass::never_sent:
    case CloseCodeClass::below_range:
    case CloseCodeClass::unassigned:
    case CloseCodeClass::above_range:
      return false;
  }
  return false;
}

std::string_view name_of_close_code(std::uint16_t code) {
  switch (code) {
    case close_normal:
      return "normal closure";
    case close_going_away:
      return "going away";
    case close_protocol_error:
      return "protocol error";
    case close_unsupported_data:
      return "unsupported data";
    case close_no_status_received:
      return "no status received";
    case close_abnormal:
      return "abnormal closure";
    case close_invalid_payload:
      return "invalid frame payload data";
    case close_policy_violation:
      return "policy violation";
    case close_message_too_big:
      return "message too big";
    case close_mandatory_extension:
      return "mandatory extension";
    case close_internal_error:
      return "internal error";
    case close_service_restart:
      return "service restart";
    case close_try_again_later:
      return "try again later";
    case close_bad_gateway:
      return "bad gateway";
    case close_tls_handshake:
      return "TLS handshake";
    default:
      return "";
  }
}

}  // namespace wsconform
