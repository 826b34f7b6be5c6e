// The three ways in, as whole flows: user and password with each request (RFC 7617), a session's
// cookie, a ticket in the query (RFC 6455 §10.5). All of it on one thread but PasswordCheck::run.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "server-under-test/site/accounts.h"
#include "server-under-test/site/attempts.h"
#include "server-under-test/site/plain_request.h"
#include "server-under-test/site/request_record.h"
#include "server-under-test/site/signed_token.h"

namespace wsconform {

struct AuthenticationOptions {
  Accounts accounts{};
  std::string key{};  // signs: 32 random bytes
  std::string login_path = "/login";
  std::string logout_path = "/logout";
  std::string ticket_path = "/ticket";
  std::string cookie = "wsconform-session";
  std::chrono::seconds session_lifetime{3600};
  std::string ticket_parameter = "ticket";
  std::chrono::seconds ticket_lifetime{30};
  // Passwords that an address may try in a window; a right one gives them back.
  std::size_t attempts = 10;
  std::chrono::seconds attempts_window{60};
  SignatureRules signature{};
  // Faults that are let pass, of sessions and of tickets: none, but where a defect is planted.
  TokenFaultSet overlooked_of_sessions{};
  TokenFaultSet overlooked_of_tickets{};
};

// Who opens a WebSocket, as far as it is known.
struct Visit {
  Client client{};
  std::string target{};      // of the handshake, without its query: it may hold a ticket
  std::string user{};        // "" nobody
  std::string session{};     // the id of the session by which it came, or ""
  bool enters_room = false;  // of a chat: the one whose name is the normal form of `target`
  // Of the last request, until somebody took it. Null: there is none.
  std::unique_ptr<RequestRecord> request{};
};

// Whether the request comes from a page of another site, as a browser tells; and 403 for it.
bool comes_from_elsewhere(const PlainRequest& request);
HttpAnswer refusal_to_elsewhere();

class Authentication {
 public:
  Authentication(AuthenticationOptions options, WallClock clock);

  // Takes over what the other has given to clients, and what of it serves no more.
  void go_on_from(const Authentication& before) { signer_ = before.signer_; }

  // What is to be run, on any thread, before the request is answered; 429 with Retry-After where
  // the address has made too many attempts.
  std::variant<PasswordCheck, HttpAnswer> begin_check(UserAndPassword sent, const Client& client);
  // The password was right.
  void succeeded(const Client& client) { attempts_.succeeded(client.address); }

  // Answers to POST /login, /logout and /ticket; `request.user` is who showed a password. A request
  // from another site's page is refused with 403.
  HttpAnswer log_in(const PlainRequest& request);
  HttpAnswer log_out(const PlainRequest& request);
  HttpAnswer give_ticket(const PlainRequest& request);

  // Who asks, by a password or by a session's cookie; "" nobody.
  std::string user_of(const PlainRequest& request) const;

  // 401 with a challenge (RFC 9110 §11.6.1) where nobody showed a password.
  static HttpAnswer challenge();
  // 401 with the reason; nullopt: let in, and `visit` tells who it is. A ticket is used from then
  // on, so it is asked last.
  std::optional<HttpAnswer> refusal_by_session(const HttpHead& request, Visit& visit) const;
  std::optional<HttpAnswer> refusal_by_ticket(const HttpHead& request, Visit& visit);

  // Called with the id of each session that is revoked.
  void on_revoked(std::function<void(const std::string& session)> tell) { tell_ = std::move(tell); }
  const AuthenticationOptions& options() const { return options_; }

 private:
  Signer::Reading read_session(const HttpHead& request) const;
  void note_whether_known(Signer::Reading& reading) const;

  AuthenticationOptions options_;
  WallClock clock_;
  std::shared_ptr<Signer> signer_;
  Attempts attempts_;
  std::function<void(const std::string&)> tell_;
};

}  // namespace wsconform
