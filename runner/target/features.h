// What cases may need of a target, by the names that a run finds out or that follow from a profile.
#pragma once

#include <array>
#include <string_view>

namespace wsconform {

// A profile may name others among its "features", for cases of one's own; their names begin with
// "x-".
inline constexpr std::array<std::string_view, 52> known_features{
    // found out before the run
    "echo", "tls", "permessage-deflate", "subprotocol", "several-connections", "many-connections",
    // declared by the profile (runner/target/target_policy.h)
    "origin-policy", "origin-null-foreign", "origin-scheme-foreign", "origin-optional",
    "origin-required", "basic", "basic-with-colon", "basic-non-ascii", "cookie", "ticket",
    "single-use-ticket", "expired-ticket", "frame-limit", "message-limit",
    "message-limit-in-one-frame", "origin-at-path", "basic-at-path", "cookie-at-path",
    "ticket-at-path", "cookie-refused-expired", "cookie-refused-revoked",
    "cookie-refused-user-removed", "ticket-refused-user-removed", "cookie-refused-forged",
    "cookie-refused-unsigned", "cookie-refused-signature-cut", "cookie-refused-user-exchanged",
    "cookie-refused-expiry-exchanged", "cookie-refused-kind-exchanged",
    "cookie-refused-of-another-kind", "ticket-refused-elsewhere", "ticket-refused-forged",
    "ticket-refused-unsigned", "ticket-refused-signature-cut", "ticket-refused-user-exchanged",
    "ticket-refused-expiry-exchanged", "ticket-refused-address-exchanged",
    "ticket-refused-kind-exchanged", "ticket-refused-of-another-kind", "cookie-logout",
    "cookie-origin", "ticket-login", "redirect", "nowhere", "chat", "other-chat"};

}  // namespace wsconform
