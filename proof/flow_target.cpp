#include "proof/flow_target.h"

#include <string>
#include <utility>
#include <vector>

#include "server-under-test/site/authentication.h"

namespace wsconform {
namespace {

using std::chrono::seconds;

// The server's clock stands still.
constexpr std::chrono::sys_seconds now{seconds(1'000'000'000)};
constexpr std::size_t most_tickets = 6;  // of a conversation

std::shared_ptr<Authentication> authentication_with(const Defect* defect) {
  AuthenticationOptions options{.key = std::string(32, 'k')};
  for (const char* user : {"ann", "bob"}) options.accounts.add(user, PasswordHash{});
  if (defect != nullptr && defect->authentication) defect->authentication(options);
  return std::make_shared<Authentication>(std::move(options), [] { return now; });
}

Token session(std::string id) {
  return {TokenKind::session, "ann", "", now + seconds(3600), std::move(id)};
}

Token revoked_session() {
  return session("3");
}

// What the server signs, and what somebody makes of it.
class Forge {
 public:
  Forge(const AuthenticationOptions& options, std::string address)
      : right_(options.key, options.signature),
        other_(std::string(32, 'x'), options.signature),
        address_(std::move(address)) {}

  Token ticket(std::string id) const {
    return {TokenKind::ticket, "ann", address_, now + seconds(30), std::move(id)};
  }
  std::string good(const Token& token) const { return right_.sign(token); }

  // Those that are wrong in the same ways whatever their kind; `other` is of the other kind.
  RefusedTokens refused(const Token& token, const Token& other) const {
    const std::string right = good(token);
    Token of_another_user = token;
    of_another_user.user = "bob";
    Token of_nobody = token;
    of_nobody.user = "removed";
    return {{"forged", other_.sign(token)},
            {"unsigned", text_in(right) + '.'},
            {"signature-cut", right.substr(0, text_in(right).size() + 5)},
            {"user-removed", good(of_nobody)},
            {"user-exchanged", crossed(of_another_user, token)},
            {"expiry-exchanged", crossed(token, expired(token))},
            {"kind-exchanged", crossed(token, other)},
            {"of-another-kind", good(other)}};
  }
  static Token expired(Token token) {
    token.expires = now - seconds(1);
    return token;
  }
  static Token elsewhere(Token token) {
    token.address = "192.0.2.7";
    return token;
  }
  // The text of one under the signature of another.
  std::string crossed(const Token& text, const Token& signature) const {
    const std::string signed_otherwise = good(signature);
    return text_in(good(text)) + signed_otherwise.substr(text_in(signed_otherwise).size());
  }

 private:
  static std::string text_in(const std::string& token) { return token.substr(0, token.rfind('.')); }

  Signer right_;
  Signer other_;
  std::string address_;
};

// A ticket that differs from the session by nothing but its kind, and the reverse.
Token as_kind(Token token, TokenKind kind) {
  token.kind = kind;
  return token;
}

CookiePolicy cookie_policy(const Forge& forge, const std::string& name, const std::string& host) {
  const Token first = session("1");
  CookiePolicy policy{.name = name,
                      .good = forge.good(first),
                      .refused = forge.refused(first, as_kind(first, TokenKind::ticket)),
                      .path = "/session",
                      .logout = "/logout",
                      .origin = "http://" + host};
  policy.refused["expired"] = forge.good(Forge::expired(session("2")));
  policy.refused["revoked"] = forge.good(revoked_session());
  return policy;
}

TicketPolicy ticket_policy(const Forge& forge, const std::string& parameter) {
  const Token ticket = forge.ticket("4");
  TicketPolicy policy{.parameter = parameter,
                      .expired = forge.good(Forge::expired(forge.ticket("5"))),
                      .refused = forge.refused(ticket, as_kind(ticket, TokenKind::session)),
                      .single_use = true,
                      .path = "/pass",
                      .login = Login{.path = "/pass", .name = "/ticket"}};
  policy.refused["elsewhere"] = forge.good(Forge::elsewhere(ticket));
  policy.refused["address-exchanged"] = forge.crossed(ticket, Forge::elsewhere(ticket));
  for (std::size_t i = 0; i < most_tickets; ++i)
    policy.good.push_back(forge.good(forge.ticket("1" + std::to_string(i))));
  return policy;
}

// A POST to its path does it.
Resource flow_at(std::string path, const std::shared_ptr<Authentication>& authentication,
                 HttpAnswer (Authentication::*act)(const PlainRequest&)) {
  return {.path = std::move(path),
          .service = Service::page,
          .methods = {"POST"},
          .page = [authentication, act](const PlainRequest& request) {
            return ((*authentication).*act)(request);
          }};
}

std::shared_ptr<Site> site_of(const std::shared_ptr<Authentication>& authentication) {
  Resource pass = flow_at("/pass", authentication, &Authentication::give_ticket);
  pass.service = Service::echo;
  pass.guard.ticket = true;
  return std::make_shared<Site>(
      [] { return now; },
      std::vector<Resource>{
          {},
          {.path = "/session", .guard = {.session = true}},
          std::move(pass),
          flow_at("/logout", authentication, &Authentication::log_out),
          {.path = "/old", .service = Service::redirect, .status = 308, .location = "/"},
          {.path = "/chat", .below = true, .service = Service::chat}},
      authentication);
}

void end_session(Authentication& authentication, const std::string& cookie) {
  PlainRequest request;
  request.head.add("Cookie", authentication.options().cookie + '=' + cookie);
  authentication.log_out(request);
}

std::shared_ptr<Site> site_where_one_logged_out(
    const std::shared_ptr<Authentication>& authentication) {
  const AuthenticationOptions& options = authentication->options();
  end_session(*authentication, Signer(options.key, options.signature).sign(revoked_session()));
  return site_of(authentication);
}

}  // namespace

Flows reference_flows(const Defect* defect, const std::string& host, const std::string& address) {
  const auto authentication = authentication_with(defect);
  const AuthenticationOptions& options = authentication->options();
  const Forge forge(options, address);
  Flows flows{.site = site_where_one_logged_out(authentication), .policy = {}};
  flows.policy.cookie = cookie_policy(forge, options.cookie, host);
  flows.policy.ticket = ticket_policy(forge, options.ticket_parameter);
  flows.policy.resources = {
      .redirect = "/old", .nowhere = "/nowhere", .chat = "/chat", .other_chat = "/chat/other"};
  return flows;
}

std::shared_ptr<Site> flow_site(const Defect* defect) {
  return site_where_one_logged_out(authentication_with(defect));
}

}  // namespace wsconform
