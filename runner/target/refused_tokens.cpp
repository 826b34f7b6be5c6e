#include "runner/target/refused_tokens.h"

#include <array>

namespace wsconform {
namespace {

constexpr auto of_cookies = std::to_array<std::string_view>({
    "expired",           // its time is over
    "revoked",           // its session was ended
    "user-removed",      // its user has no account any more
    "forged",            // signed with another key
    "unsigned",          // its signature is empty
    "signature-cut",     // its signature is the beginning of the right one
    "user-exchanged",    // another user's name under the signature of one's own
    "expiry-exchanged",  // an expired one with a later time
    "kind-exchanged",    // made of a ticket
    "of-another-kind",   // a ticket
});
constexpr auto of_tickets = std::to_array<std::string_view>({
    "elsewhere",     // given to another address
    "user-removed",  // its user has no account any more
    "forged", "unsigned", "signature-cut", "user-exchanged", "expiry-exchanged",
    "address-exchanged",  // one given to another address, with one's own
    "kind-exchanged",     // made of a cookie
    "of-another-kind",    // a cookie
});

}  // namespace

std::span<const std::string_view> names_of_refused_cookies() {
  return of_cookies;
}
std::span<const std::string_view> names_of_refused_tickets() {
  return of_tickets;
}

}  // namespace wsconform
