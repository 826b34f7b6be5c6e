#include "server-under-test/site/authentication.h"

#include <fmt/format.h>

#include "core/bytes.h"
#include "server-under-test/site/access.h"
#include "server-under-test/site/normal_path.h"
#include "server-under-test/site/origin_rule.h"

namespace wsconform {
namespace {

constexpr std::string_view realm = R"(realm="wsconform")";

HttpAnswer refusal_by_scheme(std::string_view scheme, std::string_view reason) {
  return refusal_with(401, reason, "WWW-Authenticate", fmt::format("{} {}", scheme, realm));
}

// A form is asked for again by its page: a challenge for Basic would make a browser ask, too.
HttpAnswer wrong_password(const PlainRequest& request) {
  if (request.body.empty() || request.head.count("Authorization") > 0)
    return Authentication::challenge();
  return refusal_by_scheme("Form", "User or password is wrong.");
}

HttpAnswer uncached(HttpAnswer answer) {
  answer.head.add("Cache-Control", "no-store");
  return answer;
}

std::string set_cookie(const std::string& name, const std::string& value,
                       std::chrono::seconds lifetime, bool tls) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", name, value,
                     lifetime.count(), tls ? "; Secure" : "");
}

Signer::Reading only(TokenFault fault) {
  Signer::Reading reading;
  reading.faults.set(static_cast<std::size_t>(fault));
  return reading;
}

std::optional<TokenFault> first_of(const TokenFaultSet& faults) {
  for (std::size_t i = 0; i < faults.size(); ++i)
    if (faults[i]) return static_cast<TokenFault>(i);
  return std::nullopt;
}

}  // namespace

bool comes_from_elsewhere(const PlainRequest& request) {
  const auto site = request.head.value("Sec-Fetch-Site");
  const bool another = site && *site != "same-origin" && *site != "none";
  return another || !is_allowed(request.head, request.client.tls, {.own = true});
}

HttpAnswer refusal_to_elsewhere() {
  return refusal_with(403, "Another site's page may not ask for this.");
}

Authentication::Authentication(AuthenticationOptions options, WallClock clock)
    : options_(std::move(options)),
      clock_(std::move(clock)),
      signer_(std::make_shared<Signer>(options_.key, options_.signature)),
      attempts_(options_.attempts, options_.attempts_window) {}

std::variant<PasswordCheck, HttpAnswer> Authentication::begin_check(UserAndPassword sent,
                                                                    const Client& client) {
  const auto now = clock_();
  if (attempts_.begin(client.address, now)) return options_.accounts.check(std::move(sent));
  return refusal_with(429, "Too many passwords were tried from this address.", "Retry-After",
                      std::to_string(attempts_.wait(client.address, now).count()));
}

HttpAnswer Authentication::log_in(const PlainRequest& request) {
  if (comes_from_elsewhere(request)) return refusal_to_elsewhere();
  if (request.user.empty()) return wrong_password(request);
  const Token token{.kind = TokenKind::session,
                    .user = request.user,
                    .expires = clock_() + options_.session_lifetime,
                    .id = to_hex(bytes_of(random_bytes(16)))};
  HttpAnswer answer = uncached(content("text/plain", "You are logged in.\n"));
  answer.head.add("Set-Cookie", set_cookie(options_.cookie, signer_->sign(token),
                                           options_.session_lifetime, request.client.tls));
  return answer;
}

HttpAnswer Authentication::log_out(const PlainRequest& request) {
  if (comes_from_elsewhere(request)) return refusal_to_elsewhere();
  const Signer::Reading reading = read_session(request.head);
  if (reading.faults.none()) {
    signer_->spend(*reading.token, clock_());
    if (tell_) tell_(reading.token->id);
  }
  HttpAnswer answer = uncached(content("text/plain", "You are logged out.\n"));
  answer.head.add("Set-Cookie", set_cookie(options_.cookie, "", std::chrono::seconds::zero(),
                                           request.client.tls));
  return answer;
}

HttpAnswer Authentication::give_ticket(const PlainRequest& request) {
  if (comes_from_elsewhere(request)) return refusal_to_elsewhere();
  std::string user = user_of(request);
  if (user.empty()) return wrong_password(request);
  const Token token{.kind = TokenKind::ticket,
                    .user = std::move(user),
                    .address = request.client.address,
                    .expires = clock_() + options_.ticket_lifetime,
                    .id = to_hex(bytes_of(random_bytes(16)))};
  return uncached(content("application/json",
                          fmt::format("{{\"ticket\":\"{}\",\"expires-in\":{}}}\n",
                                      signer_->sign(token), options_.ticket_lifetime.count())));
}

std::string Authentication::user_of(const PlainRequest& request) const {
  if (!request.user.empty()) return request.user;
  Signer::Reading reading = read_session(request.head);
  return reading.faults.none() ? std::move(reading.token->user) : std::string();
}

HttpAnswer Authentication::challenge() {
  return refusal_with(401, "User and password are asked for.", "WWW-Authenticate",
                      fmt::format("Basic {}, charset=\"UTF-8\"", realm));
}

std::optional<HttpAnswer> Authentication::refusal_by_session(const HttpHead& request,
                                                             Visit& visit) const {
  Signer::Reading reading = read_session(request);
  if (const auto fault = first_of(reading.faults))
    return refusal_by_scheme("Form", fmt::format("The session's cookie {}.", words_of(*fault)));
  visit.user = std::move(reading.token->user);
  visit.session = std::move(reading.token->id);
  return std::nullopt;
}

std::optional<HttpAnswer> Authentication::refusal_by_ticket(const HttpHead& request, Visit& visit) {
  const auto line = parse_request_line(request.start_line);
  const auto sent =
      parameters_of(line ? line->target : std::string_view(), options_.ticket_parameter);
  Signer::Reading reading;
  if (sent.empty()) reading = only(TokenFault::missing);
  if (!sent.empty())
    reading = signer_->read(percent_decoded(sent.front()), TokenKind::ticket, visit.client.address,
                            clock_());
  note_whether_known(reading);
  if (sent.size() > 1) reading.faults.set(static_cast<std::size_t>(TokenFault::repeated));
  reading.faults &= ~options_.overlooked_of_tickets;
  if (const auto fault = first_of(reading.faults))
    return refusal_by_scheme("Ticket", fmt::format("The ticket {}.", words_of(*fault)));
  signer_->spend(*reading.token, clock_());
  visit.user = std::move(reading.token->user);
  return std::nullopt;
}

// What was given to a user who has no password any more serves no more.
void Authentication::note_whether_known(Signer::Reading& reading) const {
  if (reading.token && !options_.accounts.has(reading.token->user))
    reading.faults.set(static_cast<std::size_t>(TokenFault::orphaned));
}

Signer::Reading Authentication::read_session(const HttpHead& request) const {
  const auto sent = cookies_of(request, options_.cookie);
  if (sent.empty()) return only(TokenFault::missing);
  Signer::Reading reading = signer_->read(sent.front(), TokenKind::session, {}, clock_());
  note_whether_known(reading);
  if (sent.size() > 1) reading.faults.set(static_cast<std::size_t>(TokenFault::repeated));
  reading.faults &= ~options_.overlooked_of_sessions;
  return reading;
}

}  // namespace wsconform
