// Whom the reference server lets in: what an application decides behind an opening handshake
// that is otherwise right (RFC 6455 §4.2.2 steps 2 and 4, §10.2, §10.5). Secrets are compared
// by same_secret.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server-under-test/site/plain_request.h"

namespace wsconform {

struct AccessPolicy {
  std::vector<std::string> origins{};  // accepted; empty: any
  bool origin_required = false;        // a request without Origin is refused
  std::vector<std::string> users{};    // "user:password" (RFC 7617 §2); empty: nobody is asked
  std::string cookie_name{};           // "": no cookie is asked for
  std::string cookie{};                // its value
  std::string ticket_parameter = "ticket";
  std::vector<std::string> tickets{};  // in the query, decoded; empty: none is asked for
  std::vector<std::string> expired_tickets{};
  bool single_use = false;  // a ticket that let a client in serves no second time
  // Each rule holds only at a path of its own, and everything else is open: paths whose last
  // segment, in the normal form, is origin, origin-required, basic, cookie or ticket.
  bool own_paths = false;
};

// The tickets that have let a client in.
using UsedTickets = std::set<std::string, std::less<>>;

// The response that refuses the request: 400 for a path that has no normal form, 403 for an origin,
// a cookie or a ticket, 401 with a challenge for Basic (RFC 9110 §11.6.1); nullopt where it is let
// in, and its ticket counts as used from then on. Every Origin line counts, as does every cookie of
// the name; of Authorization and the ticket there has to be exactly one.
std::optional<HttpAnswer> refusal_of(const HttpHead& request, const AccessPolicy& policy,
                                     UsedTickets& used);

// What all connections of a server share, on one thread.
struct Access {
  AccessPolicy policy{};
  UsedTickets used_tickets{};
};

// The values of the parameter in a request target's query, as they are spelled.
std::vector<std::string> parameters_of(std::string_view target, std::string_view name);
// The values of the cookie in all Cookie lines (RFC 6265 §4.2.1).
std::vector<std::string> cookies_of(const HttpHead& request, std::string_view name);

}  // namespace wsconform
