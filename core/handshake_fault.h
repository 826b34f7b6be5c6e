// One name for each rule of the opening handshake that a head can break, the page of rules that the
// server, the runner and the reports read (RFC 6455 §4).
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace wsconform {

enum class HandshakeFault : std::uint8_t {
  // A request (§4.1 items 1-10, §4.2.1)
  request_line_malformed,
  method_not_get,
  http_version_below_1_1,
  http_version_unsupported,  // 2.0 and above
  target_malformed,
  field_malformed,  // any HeadAnomaly but leading_empty_line
  host_missing,
  host_repeated,
  host_malformed,
  body_announced,   // Content-Length other than 0, or Transfer-Encoding
  upgrade_missing,  // no Upgrade field that lists websocket
  connection_missing_upgrade,
  key_missing,
  key_repeated,
  key_malformed,  // not base64 of 16 bytes
  version_missing,
  version_repeated,
  version_unsupported,  // anything but 13
  subprotocols_malformed,
  extensions_malformed,
  request_line_too_long,
  head_too_large,
  origin_refused,
  unauthorized,
  // A response (§4.1 "once the client's opening handshake has been sent", items 1-6; §4.2.2)
  status_line_malformed,
  status_not_101,
  response_field_malformed,  // any HeadAnomaly
  response_upgrade_missing,
  response_upgrade_wrong,
  response_connection_missing,
  accept_missing,
  accept_repeated,
  accept_wrong,
  extension_not_offered,
  extension_response_malformed,
  subprotocol_not_offered,
  subprotocol_repeated,
  content_in_101,  // Content-Length or Transfer-Encoding in a 101 (RFC 9110 §8.6, RFC 9112 §6.1)
  response_http_version,  // neither HTTP/1.1 nor a later 1.x
  // permessage-deflate in a response (RFC 7692 §5, §7.1)
  deflate_parameter_unknown,
  deflate_parameter_repeated,
  deflate_parameter_value,
  deflate_accepted_twice,
  deflate_offer_to_be_declined,  // no offer is legal
  deflate_takeover_not_given_up,
  deflate_window_not_kept,
  deflate_client_window_not_offered,
};
inline constexpr std::size_t handshake_fault_count = 47;

using HandshakeFaultSet = std::bitset<handshake_fault_count>;

struct HandshakeRule {
  HandshakeFault fault = HandshakeFault::request_line_malformed;
  std::string_view name{};     // kebab-case of the enumerator
  std::string_view section{};  // "4.2.1"; of another standard with its name: "RFC 9112 3.2"
  int status = 400;            // with which a server refuses (0 for rules of a response)
  std::string_view says{};     // one sentence: what the head did
};
// All rules in the order of the enumeration.
std::span<const HandshakeRule> handshake_rules();
const HandshakeRule& rule_of(HandshakeFault fault);

}  // namespace wsconform
