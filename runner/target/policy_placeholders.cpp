#include "runner/target/policy_placeholders.h"

#include <algorithm>
#include <array>

namespace wsconform {
namespace {

// clang-format off: several a line
constexpr auto placeholders = std::to_array<std::string_view>({
    "origin", "foreign-origin", "origin-scheme", "origin-host", "origin-port",
    "origin-other-port", "origin-other-scheme", "origin-upper-case", "origin-path",
    "origin-path-encoded", "origin-path-upper-case", "origin-required-path", "basic",
    "basic-bad", "basic-wrong-password", "basic-wrong-user", "basic-short-password",
    "basic-long-password", "basic-without-password", "basic-without-colon", "basic-with-colon",
    "basic-non-ascii", "basic-other-case", "basic-user-other-case", "basic-path",
    "basic-path-encoded", "basic-path-upper-case", "cookie-name", "cookie", "cookie-bad",
    "cookie-beginning", "cookie-altered", "cookie-altered-first", "cookie-other-case",
    "cookie-name-upper-case", "cookie-path", "cookie-path-encoded", "cookie-path-upper-case",
    "ticket-target", "ticket-parameter", "ticket", "ticket-again", "ticket-beginning",
    "ticket-encoded", "ticket-altered", "ticket-altered-first", "ticket-other-case",
    "ticket-parameter-upper-case", "ticket-path", "ticket-path-encoded",
    "ticket-path-upper-case", "ticket-bad", "ticket-expired", "cookie-refused-expired",
    "cookie-refused-revoked", "cookie-refused-user-removed",
    "ticket-refused-user-removed", "cookie-refused-forged", "cookie-refused-unsigned",
    "cookie-refused-signature-cut", "cookie-refused-user-exchanged",
    "cookie-refused-expiry-exchanged", "cookie-refused-kind-exchanged",
    "cookie-refused-of-another-kind", "ticket-refused-elsewhere", "ticket-refused-forged",
    "ticket-refused-unsigned", "ticket-refused-signature-cut", "ticket-refused-user-exchanged",
    "ticket-refused-expiry-exchanged", "ticket-refused-address-exchanged",
    "ticket-refused-kind-exchanged", "ticket-refused-of-another-kind", "cookie-first",
    "cookie-logout", "cookie-origin", "cookie-origin-foreign", "cookie-origin-other-port",
    "cookie-origin-other-scheme", "cookie-origin-longer", "ticket-login-path", "redirect-path",
    "redirect-path-encoded", "redirect-path-upper-case", "nowhere-path", "chat-path", "other-chat-path"});
// clang-format on

}  // namespace

std::span<const std::string_view> policy_placeholders() {
  return placeholders;
}

bool is_credential(std::string_view placeholder) {
  constexpr auto kinds = std::to_array<std::string_view>({"basic", "cookie", "ticket"});
  constexpr auto told =
      std::to_array<std::string_view>({"path", "name", "origin", "parameter", "target", "logout"});
  return std::ranges::any_of(kinds, [&](auto kind) { return placeholder.starts_with(kind); }) &&
         std::ranges::none_of(told, [&](auto word) { return placeholder.contains(word); });
}

std::string_view before_credential(std::string_view placeholder) {
  return placeholder.starts_with("basic") ? "Basic " : "=";
}

}  // namespace wsconform
