#include "core/handshake_fault.h"

#include <array>

namespace wsconform {
namespace {

using enum HandshakeFault;

constexpr std::array<HandshakeRule, handshake_fault_count> fault_table{{
    {request_line_malformed, "request-line-malformed", "RFC 9112 3", 400,
     "The request line is not a method, a target and an HTTP version with one space between them."},
    {method_not_get, "method-not-get", "4.2.1", 405, "The method is not GET."},
    {http_version_below_1_1, "http-version-below-1-1", "4.2.1", 400,
     "The HTTP version is below 1.1."},
    {http_version_unsupported, "http-version-unsupported", "RFC 9110 15.6.6", 505,
     "The HTTP version of the request line is 2.0 or above."},
    {target_malformed, "target-malformed", "4.2.1", 400,
     "The request target is neither an absolute path nor an http or https URI."},
    {field_malformed, "field-malformed", "RFC 9112 5", 400, "A line of the head is malformed."},
    {host_missing, "host-missing", "4.2.1", 400, "There is no Host field."},
    {host_repeated, "host-repeated", "RFC 9112 3.2", 400, "There is more than one Host field."},
    {host_malformed, "host-malformed", "RFC 9112 3.2", 400, "The Host field does not name a host."},
    {body_announced, "body-announced", "4.2.1", 400, "The request announces a body."},
    {upgrade_missing, "upgrade-missing", "4.2.1", 426, "No Upgrade field asks for websocket."},
    {connection_missing_upgrade, "connection-missing-upgrade", "4.2.1", 400,
     "No Connection field lists Upgrade."},
    {key_missing, "key-missing", "4.2.1", 400, "There is no Sec-WebSocket-Key field."},
    {key_repeated, "key-repeated", "11.3.1", 400,
     "There is more than one Sec-WebSocket-Key field."},
    {key_malformed, "key-malformed", "4.2.1", 400, "Sec-WebSocket-Key is not 16 bytes in base64."},
    {version_missing, "version-missing", "4.2.1", 426, "There is no Sec-WebSocket-Version field."},
    {version_repeated, "version-repeated", "11.3.5", 426,
     "There is more than one Sec-WebSocket-Version field."},
    {version_unsupported, "version-unsupported", "4.2.2", 426, "Sec-WebSocket-Version is not 13."},
    {subprotocols_malformed, "subprotocols-malformed", "4.1", 400,
     "Sec-WebSocket-Protocol is not a list of tokens, each named once."},
    {extensions_malformed, "extensions-malformed", "9.1", 400,
     "Sec-WebSocket-Extensions is not a list of extensions."},
    {request_line_too_long, "request-line-too-long", "RFC 9112 3", 414,
     "The request line is too long."},
    {head_too_large, "head-too-large", "RFC 6585 5", 431, "The head of the request is too large."},
    {origin_refused, "origin-refused", "4.2.2", 403,
     "Connections from this origin are not accepted."},
    {unauthorized, "unauthorized", "4.2.2", 401, "The request is not authorized."},

    {status_line_malformed, "status-line-malformed", "RFC 9112 4", 0,
     "The status line is not an HTTP version, a status of three digits and a reason with one space "
     "between them."},
    {status_not_101, "status-not-101", "4.1", 0, "The status is not 101."},
    {response_field_malformed, "response-field-malformed", "RFC 9112 5", 0,
     "A line of the response's head is malformed."},
    {response_upgrade_missing, "response-upgrade-missing", "4.1", 0,
     "The response has no Upgrade field."},
    {response_upgrade_wrong, "response-upgrade-wrong", "4.1", 0,
     "The Upgrade field of the response is not websocket."},
    {response_connection_missing, "response-connection-missing", "4.1", 0,
     "No Connection field of the response lists Upgrade."},
    {accept_missing, "accept-missing", "4.1", 0, "The response has no Sec-WebSocket-Accept field."},
    {accept_repeated, "accept-repeated", "11.3.3", 0,
     "The response has more than one Sec-WebSocket-Accept field."},
    {accept_wrong, "accept-wrong", "4.1", 0,
     "Sec-WebSocket-Accept is not the value that belongs to the key."},
    {extension_not_offered, "extension-not-offered", "4.1", 0,
     "The response names an extension that the client did not offer."},
    {extension_response_malformed, "extension-response-malformed", "9.1", 0,
     "Sec-WebSocket-Extensions of the response is not a list of extensions."},
    {subprotocol_not_offered, "subprotocol-not-offered", "4.1", 0,
     "The response names a subprotocol that the client did not offer."},
    {subprotocol_repeated, "subprotocol-repeated", "11.3.4", 0,
     "The response has more than one Sec-WebSocket-Protocol field."},
    {content_in_101, "content-in-101", "RFC 9110 8.6", 0,
     "The 101 response has a Content-Length or a Transfer-Encoding field."},
    {response_http_version, "response-http-version", "4.2.2", 0,
     "The HTTP version of the response is not 1.1 or a later 1.x."},

    {deflate_parameter_unknown, "deflate-parameter-unknown", "RFC 7692 7.1", 0,
     "A parameter of permessage-deflate is not defined."},
    {deflate_parameter_repeated, "deflate-parameter-repeated", "RFC 7692 7.1", 0,
     "The same parameter of permessage-deflate stands more than once."},
    {deflate_parameter_value, "deflate-parameter-value", "RFC 7692 7.1", 0,
     "A parameter of permessage-deflate has a value that is not one of its own, or lacks one."},
    {deflate_accepted_twice, "deflate-accepted-twice", "RFC 7692 5.2", 0,
     "The response accepts permessage-deflate more than once."},
    {deflate_offer_to_be_declined, "deflate-offer-to-be-declined", "RFC 7692 7.1", 0,
     "The response accepts permessage-deflate, though every offer of it had to be declined."},
    {deflate_takeover_not_given_up, "deflate-takeover-not-given-up", "RFC 7692 7.1.1.1", 0,
     "The response accepts an offer with server_no_context_takeover and does not repeat it."},
    {deflate_window_not_kept, "deflate-window-not-kept", "RFC 7692 7.1.2.1", 0,
     "The offer limits the server's window (server_max_window_bits), the response less or not."},
    {deflate_client_window_not_offered, "deflate-client-window-not-offered", "RFC 7692 7.1.2.2", 0,
     "The response has client_max_window_bits, which the offer did not have."},
}};

}  // namespace

std::span<const HandshakeRule> handshake_rules() {
  return fault_table;
}

const HandshakeRule& rule_of(HandshakeFault fault) {
  return fault_table.at(static_cast<std::size_t>(fault));
}

}  // namespace wsconform
