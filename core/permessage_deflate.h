// The negotiation of permessage-deflate (RFC 7692 §7.1): what an offer asks for, what a server
// makes of it, and whether a response is one that the offers allow.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string_view>

#include "core/deflate.h"
#include "core/extension.h"
#include "core/handshake_fault.h"
#include "core/role.h"

namespace wsconform {

inline constexpr std::string_view permessage_deflate = "permessage-deflate";

// What both sides keep to.
struct DeflateAgreement {
  DeflateContext server{};  // of what the server sends
  DeflateContext client{};

  const DeflateContext& sent_by(Role role) const { return role == Role::server ? server : client; }
  bool operator==(const DeflateAgreement&) const = default;
};

// The parameters of one offer or one response. Absent window bits stand for the largest window.
struct DeflateParameters {
  bool server_no_context_takeover = false;
  bool client_no_context_takeover = false;
  std::optional<int> server_max_window_bits{};
  std::optional<int> client_max_window_bits{};
  bool client_window_offered = false;  // client_max_window_bits stands in it, with or without value
};

// In an offer client_max_window_bits may stand without a value. The faults are those of a response;
// whoever reads an offer declines it for any of them (§7.1).
std::expected<DeflateParameters, HandshakeFault> parse_deflate_offer(const Extension& offer);
std::expected<DeflateParameters, HandshakeFault> parse_deflate_response(const Extension& response);

// A server's answer to one extension offered, for ServerPolicy::accept_extension; nullopt declines
// it. Takes every legal offer of permessage-deflate, keeps no window larger than it has to, and
// asks the client to do as its hints say.
std::optional<Extension> accept_deflate(const Extension& offered);

// The first rule that permessage-deflate in a response breaks, all offers of the
// request considered: it must fit one of them. A response without it breaks none: any
// offer may be declined.
std::optional<HandshakeFault> judge_deflate(std::span<const Extension> response,
                                            std::span<const Extension> offered);

// What the two heads agree to, where the response is legal; nullopt: not to use permessage-deflate.
// A client keeps to the smaller window of what it offered and what came back.
std::optional<DeflateAgreement> deflate_agreement(std::span<const Extension> response,
                                                  std::span<const Extension> offered);

}  // namespace wsconform
