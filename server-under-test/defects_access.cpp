// Wrong secrets and used tickets that are let in, and right ones that are not (RFC 6455 §10.5).
#include <algorithm>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/handshake_key.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/site/normal_path.h"

namespace wsconform {
namespace {

Defect challenging(std::string id, std::string says, void (*act)(Scene&, Answer&)) {
  return {.id = std::move(id), .says = std::move(says), .answer = on_refusal(act, 401)};
}

bool same_but_for_the_last(std::string_view sent, std::string_view right) {
  return sent.size() == right.size() && !sent.empty() &&
         sent.substr(0, sent.size() - 1) == right.substr(0, right.size() - 1);
}
bool same_but_for_the_first(std::string_view sent, std::string_view right) {
  return sent.size() == right.size() && !sent.empty() && sent.substr(1) == right.substr(1);
}

// Basic -------------------------------------------------------------------------------------------

void edit_credentials(HttpHead& request, const std::string& credentials) {
  set_field(request, "Authorization", "Basic " + base64_encode(credentials));
}

std::string credentials_of(const HttpHead& request) {
  const std::string value = value_of(request, "Authorization");
  return base64_decode(value.substr(std::min<std::size_t>(value.size(), 6))).value_or("");
}

// Replaces credentials that `fits` right ones by those.
template <typename Fits>
void take_user(const AccessPolicy& policy, HttpHead& request, Fits fits) {
  const std::string sent = credentials_of(request);
  const auto found = std::ranges::find_if(
      policy.users, [&](const std::string& user) { return !sent.empty() && fits(sent, user); });
  if (found != policy.users.end()) edit_credentials(request, *found);
}

std::string_view name_in(std::string_view credentials) {
  return credentials.substr(0, credentials.find(':'));
}
std::string_view password_in(std::string_view credentials) {
  const std::size_t colon = credentials.find(':');
  return colon == credentials.npos ? std::string_view() : credentials.substr(colon + 1);
}

void skip_what_is_no_base64(HttpHead& request) {
  std::string value = value_of(request, "Authorization");
  if (!value.starts_with("Basic ")) return;
  std::string token = value.substr(6);
  std::erase_if(token, [](char c) { return c == '*' || c == '!'; });
  set_field(request, "Authorization", "Basic " + token);
}

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> wrong_users() {
  return {
      judging("basic-not-checked", "Asks nobody for credentials.",
              [](AccessPolicy& policy, HttpHead&) { policy.users.clear(); }),
      judging("basic-missing-accepted", "Lets in whoever sends no Authorization.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (request.count("Authorization") == 0) policy.users.clear();
              }),
      judging("basic-any-password", "Looks at the user's name and at no password.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return name_in(sent) == name_in(user);
                });
              }),
      judging("basic-any-user", "Looks at the password and at no user's name.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return password_in(sent) == password_in(user);
                });
              }),
      judging("basic-shorter-password", "Takes the beginning of a password for it.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return user.starts_with(sent) && sent.size() > name_in(user).size() + 1;
                });
              }),
      judging("basic-longer-password", "Takes whatever begins with the password for it.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return sent.starts_with(user);
                });
              }),
      judging("basic-no-password", "Lets a user in who sends an empty password.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return sent.ends_with(':') && name_in(sent) == name_in(user);
                });
              }),
      judging("basic-without-colon", "Takes credentials whose colon is missing.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return sent == std::string(name_in(user)) + std::string(password_in(user));
                });
              }),
      judging("basic-any-scheme", "Takes the credentials of every scheme for Basic.",
              [](AccessPolicy&, HttpHead& request) {
                const std::string value = value_of(request, "Authorization");
                const std::size_t space = value.find(' ');
                if (space != std::string::npos)
                  set_field(request, "Authorization", "Basic" + value.substr(space));
              }),
      judging("basic-scheme-with-case", "Knows the scheme Basic in one spelling only.",
              [](AccessPolicy&, HttpHead& request) {
                if (!value_of(request, "Authorization").starts_with("Basic "))
                  drop_field(request, "Authorization");
              }),
      judging("basic-loose-base64", "Skips what is no base64 in credentials.",
              [](AccessPolicy&, HttpHead& request) { skip_what_is_no_base64(request); }),
      judging("basic-first-of-two", "Looks at the first of two Authorizations only.",
              [](AccessPolicy&, HttpHead& request) { keep_one(request, "Authorization", true); }),
      judging("basic-last-of-two", "Looks at the last of two Authorizations only.",
              [](AccessPolicy&, HttpHead& request) { keep_one(request, "Authorization", false); }),
      judging("basic-password-ends-at-colon", "Cuts a password at its first colon.",
              [](AccessPolicy&, HttpHead& request) {
                const std::string sent = credentials_of(request);
                const std::size_t second = sent.find(':', name_in(sent).size() + 1);
                if (second != std::string::npos) edit_credentials(request, sent.substr(0, second));
              }),
      judging("basic-ascii-only", "Refuses credentials beyond ASCII.",
              [](AccessPolicy&, HttpHead& request) {
                const auto beyond = [](char c) { return static_cast<unsigned char>(c) > 0x7f; };
                if (std::ranges::any_of(credentials_of(request), beyond))
                  drop_field(request, "Authorization");
              }),
      judging("basic-password-ignoring-case", "Compares passwords without regard to letter case.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return name_in(sent) == name_in(user) && equals_ignoring_case(sent, user);
                });
              }),
      judging("basic-user-ignoring-case", "Compares names of users without regard to letter case.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return password_in(sent) == password_in(user) && equals_ignoring_case(sent, user);
                });
              }),
      challenging("401-without-challenge", "Sends a 401 without WWW-Authenticate.",
                  [](Scene&, Answer& answer) { drop_field(answer.head, "WWW-Authenticate"); }),
      challenging("401-is-200", "Sends 200 to whoever is to authenticate.",
                  [](Scene&, Answer& answer) { answer.head.start_line = "HTTP/1.1 200 OK"; }),
      challenging(
          "401-is-403", "Sends 403 to whoever is to authenticate.",
          [](Scene&, Answer& answer) { answer.head.start_line = "HTTP/1.1 403 Forbidden"; }),
  };
}

// Cookie ------------------------------------------------------------------------------------------

// Replaces a cookie whose value `fits` by the right one.
template <typename Fits>
void take_cookie(const AccessPolicy& policy, HttpHead& request, Fits fits) {
  const auto sent = cookies_of(request, policy.cookie_name);
  if (sent.size() == 1 && fits(sent.front(), policy.cookie))
    set_field(request, "Cookie", policy.cookie_name + '=' + policy.cookie);
}

// The name is spelled otherwise, the value is right.
void take_cookie_line(const AccessPolicy& policy, HttpHead& request, std::string_view line) {
  if (line.ends_with(policy.cookie))
    set_field(request, "Cookie", policy.cookie_name + '=' + policy.cookie);
}

// The value of a cookie that came elsewhere in the request.
void take_for_cookie(const AccessPolicy& policy, HttpHead& request, std::string_view value) {
  if (!value.empty() && request.count("Cookie") == 0)
    set_field(request, "Cookie", policy.cookie_name + '=' + std::string(value));
}

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> wrong_cookies() {
  return {
      judging("cookie-not-checked", "Asks nobody for the cookie.",
              [](AccessPolicy& policy, HttpHead&) { policy.cookie_name.clear(); }),
      judging("cookie-missing-accepted", "Lets in whoever sends no cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (request.count("Cookie") == 0) policy.cookie_name.clear();
              }),
      judging("cookie-any-value", "Looks at the cookie's name and at no value.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, [](const auto&, const auto&) { return true; });
              }),
      judging("cookie-by-beginning", "Takes the beginning of the cookie for it.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, [](const auto& sent, const auto& right) {
                  return !sent.empty() && right.starts_with(sent);
                });
              }),
      judging("cookie-longer-accepted", "Takes whatever begins with the cookie for it.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, [](const auto& sent, const auto& right) {
                  return sent.starts_with(right);
                });
              }),
      judging("cookie-last-letter-ignored", "Compares all but the last letter of a cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, same_but_for_the_last);
              }),
      judging("cookie-first-letter-ignored", "Compares all but the first letter of a cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, same_but_for_the_first);
              }),
      judging("cookie-ignoring-case", "Compares cookies without regard to letter case.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, equals_ignoring_case);
              }),
      judging("cookie-name-ignoring-case", "Finds a cookie by its name in any letter case.",
              [](AccessPolicy& policy, HttpHead& request) {
                const std::string line = value_of(request, "Cookie");
                if (equals_ignoring_case(line, policy.cookie_name + '=' + policy.cookie))
                  take_cookie_line(policy, request, line);
              }),
      judging("cookie-empty-accepted", "Lets in whoever sends an empty cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request,
                            [](const auto& sent, const auto&) { return sent.empty(); });
              }),
      judging("cookie-by-end-of-name", "Takes a cookie whose name ends with the right one.",
              [](AccessPolicy& policy, HttpHead& request) {
                const std::string line = value_of(request, "Cookie");
                const std::string right = policy.cookie_name + '=' + policy.cookie;
                if (line.ends_with(right)) set_field(request, "Cookie", right);
              }),
      judging("cookie-by-query", "Takes the cookie from the query too.",
              [](AccessPolicy& policy, HttpHead& request) {
                const auto line = parse_request_line(request.start_line);
                const auto sent = parameters_of(line ? line->target : "", policy.cookie_name);
                if (!sent.empty()) take_for_cookie(policy, request, sent.front());
              }),
      judging("cookie-by-bearer", "Takes a bearer token for the cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                const std::string value = value_of(request, "Authorization");
                if (value.starts_with("Bearer ")) take_for_cookie(policy, request, value.substr(7));
              }),
      judging("cookie-only-first", "Looks at the first cookie of a line only.",
              [](AccessPolicy&, HttpHead& request) {
                const std::string line = value_of(request, "Cookie");
                set_field(request, "Cookie", line.substr(0, line.find(';')));
              }),
      judging("cookie-only-last", "Looks at the last cookie of a line only.",
              [](AccessPolicy&, HttpHead& request) {
                const std::string line = value_of(request, "Cookie");
                const std::size_t last = line.rfind("; ");
                if (last != std::string::npos) set_field(request, "Cookie", line.substr(last + 2));
              }),
  };
}

// Ticket ------------------------------------------------------------------------------------------

std::string requested_target(const HttpHead& request) {
  const auto line = parse_request_line(request.start_line);
  return line ? std::string(line->target) : std::string();
}

void set_target(HttpHead& request, std::string_view target) {
  request.start_line = "GET " + std::string(target) + " HTTP/1.1";
}

// Puts a ticket that is good into the query where the one sent `fits` it.
template <typename Fits>
void take_ticket(AccessPolicy& policy, HttpHead& request, Fits fits) {
  const std::string target = requested_target(request);
  const auto sent = parameters_of(target, policy.ticket_parameter);
  if (sent.size() != 1) return;
  const bool found = std::ranges::any_of(
      policy.tickets, [&](const std::string& good) { return fits(sent.front(), good); });
  if (found) policy.tickets.push_back(percent_decoded(sent.front()));
}

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> wrong_tickets() {
  return {
      judging("ticket-not-checked", "Asks nobody for a ticket.",
              [](AccessPolicy& policy, HttpHead&) { policy.tickets.clear(); }),
      judging("ticket-missing-accepted", "Lets in whoever sends no ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (parameters_of(requested_target(request), policy.ticket_parameter).empty())
                  policy.tickets.clear();
              }),
      judging("ticket-reusable", "Lets a ticket serve again.",
              [](AccessPolicy& policy, HttpHead&) { policy.single_use = false; }),
      judging("ticket-expired-accepted", "Takes a ticket that has expired.",
              [](AccessPolicy& policy, HttpHead&) {
                std::ranges::move(policy.expired_tickets, std::back_inserter(policy.tickets));
                policy.expired_tickets.clear();
              }),
      judging("ticket-any", "Takes everything for a ticket that is not empty.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request,
                            [](const auto& sent, const auto&) { return !sent.empty(); });
              }),
      judging("ticket-empty-accepted", "Takes an empty ticket.",
              [](AccessPolicy& policy, HttpHead&) { policy.tickets.emplace_back(); }),
      judging("ticket-by-beginning", "Takes the beginning of a ticket for it.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, [](const auto& sent, const auto& good) {
                  return !sent.empty() && good.starts_with(sent);
                });
              }),
      judging("ticket-longer-accepted", "Takes whatever begins with a ticket for it.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, [](const auto& sent, const auto& good) {
                  return sent.starts_with(good);
                });
              }),
      judging("ticket-last-letter-ignored", "Compares all but the last letter of a ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, same_but_for_the_last);
              }),
      judging("ticket-first-letter-ignored", "Compares all but the first letter of a ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, same_but_for_the_first);
              }),
      judging("ticket-ignoring-case", "Compares tickets without regard to letter case.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, equals_ignoring_case);
              }),
      judging("ticket-parameter-ignoring-case", "Finds the ticket's parameter in any letter case.",
              [](AccessPolicy& policy, HttpHead& request) {
                std::string target = requested_target(request);
                const std::string name = in_upper_case(policy.ticket_parameter) + '=';
                const std::size_t at = target.find(name);
                if (at == std::string::npos) return;
                set_target(request, target.replace(at, name.size(), policy.ticket_parameter + '='));
              }),
      judging("ticket-in-any-parameter", "Takes a ticket from any parameter.",
              [](AccessPolicy& policy, HttpHead& request) {
                const std::string target = requested_target(request);
                const std::size_t query = target.find('?');
                const std::size_t equals = target.find('=', query);
                if (query != std::string::npos && equals != std::string::npos)
                  set_target(request, target.substr(0, query + 1) + policy.ticket_parameter +
                                          target.substr(equals));
              }),
      judging("ticket-not-decoded", "Compares a ticket without decoding it.",
              [](AccessPolicy&, HttpHead& request) {
                const std::string target = requested_target(request);
                if (target.find('%') != std::string::npos)
                  set_target(request, target.substr(0, target.find('?')));
              }),
  };
}

}  // namespace

std::vector<Defect> access_defects() {
  std::vector<Defect> rows;
  for (const auto theme : {origin_defects, wrong_users, wrong_cookies, wrong_tickets, path_defects})
    std::ranges::move(theme(), std::back_inserter(rows));
  return rows;
}

}  // namespace wsconform
