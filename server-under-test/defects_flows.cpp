// Ways around the flows that a site has of its own: sessions, tickets, logging out, redirects
// (RFC 6455 §10.2, §10.5, RFC 9110).
#include "core/handshake_key.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/site/access.h"

namespace wsconform {
namespace {

// Signatures and what they sign

Defect holding(std::string id, std::string says, void (*act)(AuthenticationOptions&)) {
  return {.id = std::move(id), .says = std::move(says), .authentication = act, .of_flows = true};
}

template <TokenFault fault>
void overlook_of_sessions(AuthenticationOptions& options) {
  options.overlooked_of_sessions.set(static_cast<std::size_t>(fault));
}
template <TokenFault fault>
void overlook_of_tickets(AuthenticationOptions& options) {
  options.overlooked_of_tickets.set(static_cast<std::size_t>(fault));
}

// "kind.expires.id.address.user" with the part left empty.
template <int part>
std::string without_part(std::string_view text) {
  std::string left;
  int at = 0;
  for (const char c : text) {
    if (c == '.') ++at;
    if (c == '.' || at != part) left += c;
  }
  return left;
}

std::vector<Defect> token_defects() {
  using enum TokenFault;
  return {
      holding("session-forged-accepted", "Does not check the signature of a session cookie.",
              overlook_of_sessions<forged>),
      holding("session-expired-accepted", "Accepts a session cookie that has expired.",
              overlook_of_sessions<expired>),
      holding("session-revoked-accepted", "Accepts a session cookie after the user has logged out.",
              overlook_of_sessions<used>),
      holding("session-of-a-removed-user", "Accepts the session cookie of a user who was removed.",
              overlook_of_sessions<orphaned>),
      holding("session-by-ticket", "Accepts a ticket as a session cookie.",
              overlook_of_sessions<misplaced>),
      holding("ticket-forged-accepted", "Does not check the signature of a ticket.",
              overlook_of_tickets<forged>),
      holding("ticket-signed-expired-accepted", "Accepts a signed ticket that has expired.",
              overlook_of_tickets<expired>),
      holding("ticket-signed-reusable", "Accepts a signed ticket that was used before.",
              overlook_of_tickets<used>),
      holding("ticket-of-a-removed-user", "Accepts the ticket of a user who was removed.",
              overlook_of_tickets<orphaned>),
      holding("ticket-by-session", "Accepts a session cookie as a ticket.",
              overlook_of_tickets<misplaced>),
      holding("ticket-of-another-address", "Accepts a ticket that was given to another address.",
              overlook_of_tickets<elsewhere>),
  };
}

void sign_with(AuthenticationOptions& options, std::string (*part)(std::string_view)) {
  options.signature.signed_part = part;
}
void compare_by(AuthenticationOptions& options, bool (*same)(std::string_view, std::string_view)) {
  options.signature.same = same;
}

std::vector<Defect> signature_defects() {
  return {
      holding("signature-missing-accepted", "Accepts a token with an empty signature.",
              [](AuthenticationOptions& options) {
                compare_by(options, [](std::string_view sent, std::string_view right) {
                  return sent.empty() || sent == right;
                });
              }),
      holding("signature-by-beginning", "Compares only as much of a signature as the client sent.",
              [](AuthenticationOptions& options) {
                compare_by(options, [](std::string_view sent, std::string_view right) {
                  return !sent.empty() && right.starts_with(sent);
                });
              }),
      holding("signature-without-kind", "Leaves the kind of a token out of its signature.",
              [](AuthenticationOptions& options) { sign_with(options, without_part<0>); }),
      holding("signature-without-expiry", "Leaves the expiry of a token out of its signature.",
              [](AuthenticationOptions& options) { sign_with(options, without_part<1>); }),
      holding("signature-without-address",
              "Leaves the client's address out of a token's signature.",
              [](AuthenticationOptions& options) { sign_with(options, without_part<3>); }),
      holding("signature-without-user", "Leaves the user's name out of a token's signature.",
              [](AuthenticationOptions& options) { sign_with(options, without_part<4>); }),
  };
}

// Pages of other sites

// The origin of the server's own pages.
std::string own_origin(const HttpHead& request) {
  return "http://" + value_of(request, "Host");
}
std::string host_without_port(const HttpHead& request) {
  const std::string host = own_origin(request);
  return host.substr(0, host.rfind(':'));
}

void drop_origin_where(HttpHead& request, bool holds) {
  if (holds) drop_field(request, "Origin");
}
bool opens_with_cookie(const HttpHead& request) {
  return !is_plain(request) && request.count("Cookie") > 0;
}

std::vector<Defect> cross_site_defects() {
  return {
      seeing("session-from-any-page", "With a cookie, lets in the pages of every site.",
             [](HttpHead& request) { drop_origin_where(request, opens_with_cookie(request)); }),
      seeing("session-by-page", "Lets in its own pages without a cookie.",
             [](HttpHead& request) {
               const bool own = value_of(request, "Origin") == own_origin(request);
               if (own && !is_plain(request) && request.count("Cookie") == 0) go_to_root(request);
             }),
      seeing("session-from-null", "With a cookie, lets in pages whose Origin is null.",
             [](HttpHead& request) {
               drop_origin_where(
                   request, opens_with_cookie(request) && value_of(request, "Origin") == "null");
             }),
      seeing("session-from-another-port", "Ignores the port of a page's Origin.",
             [](HttpHead& request) {
               drop_origin_where(
                   request,
                   opens_with_cookie(request) &&
                       value_of(request, "Origin").starts_with(host_without_port(request) + ':'));
             }),
      seeing("session-from-another-scheme", "Ignores the scheme of a page's Origin.",
             [](HttpHead& request) {
               drop_origin_where(
                   request,
                   opens_with_cookie(request) &&
                       value_of(request, "Origin").ends_with("://" + value_of(request, "Host")));
             }),
      seeing("session-from-longer-host",
             "Takes an Origin that begins with its own host for its own.",
             [](HttpHead& request) {
               drop_origin_where(
                   request,
                   opens_with_cookie(request) &&
                       value_of(request, "Origin").starts_with(host_without_port(request) + '.'));
             }),
      seeing("session-from-first-of-two-origins",
             "With a cookie, checks only the first of two Origins.",
             [](HttpHead& request) {
               if (opens_with_cookie(request)) keep_one(request, "Origin", true);
             }),
      seeing("session-from-last-of-two-origins",
             "With a cookie, checks only the last of two Origins.",
             [](HttpHead& request) {
               if (opens_with_cookie(request)) keep_one(request, "Origin", false);
             }),
  };
}

// Logging out, and tickets

bool asks_for(const HttpHead& request, std::string_view method, std::string_view end_of_path) {
  const auto line = parse_request_line(request.start_line);
  return line && line->method == method && line->target.ends_with(end_of_path);
}

void become_post(HttpHead& request, std::string_view method, std::string_view path) {
  if (asks_for(request, method, path))
    request.start_line = "POST" + request.start_line.substr(method.size());
}

std::vector<Defect> logout_defects() {
  return {
      seeing("logout-changes-nothing", "Does not end the session of a user who logs out.",
             [](HttpHead& request) {
               if (asks_for(request, "POST", "/logout")) drop_field(request, "Cookie");
             }),
      seeing("logout-by-get", "Logs a user out for a GET of the path.",
             [](HttpHead& request) { become_post(request, "GET", "/logout"); }),
      seeing("logout-by-head", "Logs a user out for a HEAD of the path.",
             [](HttpHead& request) { become_post(request, "HEAD", "/logout"); }),
      seeing("logout-from-any-page", "Lets the pages of every site log a user out.",
             [](HttpHead& request) {
               drop_origin_where(request, asks_for(request, "POST", "/logout"));
             }),
      seeing("logout-from-null", "Lets pages whose Origin is null log a user out.",
             [](HttpHead& request) {
               drop_origin_where(request, asks_for(request, "POST", "/logout") &&
                                              value_of(request, "Origin") == "null");
             }),
      seeing("ticket-given-to-any-page",
             "With a cookie, gives a ticket to the pages of every site.",
             [](HttpHead& request) {
               drop_origin_where(request, is_plain(request) &&
                                              request.start_line.starts_with("POST ") &&
                                              !asks_for(request, "POST", "/logout"));
             }),
      {.id = "ticket-given-to-anybody",
       .says = "Gives a ticket to anybody who asks.",
       .answer = on_refusal(
           [](Scene& scene, Answer& answer) {
             if (!is_plain(scene.request)) return;
             answer.head.start_line = "HTTP/1.1 200 OK";
             drop_field(answer.head, "WWW-Authenticate");
           },
           401),
       .of_flows = true},
  };
}

}  // namespace

std::vector<Defect> flow_defects() {
  return rows_of({token_defects, signature_defects, cross_site_defects, logout_defects});
}

}  // namespace wsconform
