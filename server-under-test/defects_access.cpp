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

// Basic

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
      judging("basic-not-checked", "Does not ask for credentials.",
              [](AccessPolicy& policy, HttpHead&) { policy.users.clear(); }),
      judging("basic-missing-accepted", "Lets in a client that sends no Authorization.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (request.count("Authorization") == 0) policy.users.clear();
              }),
      judging("basic-any-password", "Checks the user's name but not the password.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return name_in(sent) == name_in(user);
                });
              }),
      judging("basic-any-user", "Checks the password but not the user's name.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return password_in(sent) == password_in(user);
                });
              }),
      judging("basic-shorter-password", "Accepts the beginning of the password.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return user.starts_with(sent) && sent.size() > name_in(user).size() + 1;
                });
              }),
      judging("basic-longer-password", "Accepts whatever begins with the password.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return sent.starts_with(user);
                });
              }),
      judging("basic-no-password", "Lets in a user who sends an empty password.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return sent.ends_with(':') && name_in(sent) == name_in(user);
                });
              }),
      judging("basic-without-colon", "Accepts credentials without the colon.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return sent == std::string(name_in(user)) + std::string(password_in(user));
                });
              }),
      judging("basic-any-scheme", "Accepts credentials of any scheme as Basic.",
              [](AccessPolicy&, HttpHead& request) {
                const std::string value = value_of(request, "Authorization");
                const std::size_t space = value.find(' ');
                if (space != std::string::npos)
                  set_field(request, "Authorization", "Basic" + value.substr(space));
              }),
      judging("basic-scheme-with-case", "Recognizes the scheme Basic in one spelling only.",
              [](AccessPolicy&, HttpHead& request) {
                if (!value_of(request, "Authorization").starts_with("Basic "))
                  drop_field(request, "Authorization");
              }),
      at_most_lenient(
          judging("basic-loose-base64", "Skips characters in credentials that are not base64.",
                  [](AccessPolicy&, HttpHead& request) { skip_what_is_no_base64(request); })),
      at_most_lenient(judging(
          "basic-first-of-two", "Checks only the first of two Authorization fields.",
          [](AccessPolicy&, HttpHead& request) { keep_one(request, "Authorization", true); })),
      at_most_lenient(judging(
          "basic-last-of-two", "Checks only the last of two Authorization fields.",
          [](AccessPolicy&, HttpHead& request) { keep_one(request, "Authorization", false); })),
      judging("basic-password-ends-at-colon", "Cuts a password at its first colon.",
              [](AccessPolicy&, HttpHead& request) {
                const std::string sent = credentials_of(request);
                const std::size_t second = sent.find(':', name_in(sent).size() + 1);
                if (second != std::string::npos) edit_credentials(request, sent.substr(0, second));
              }),
      judging("basic-ascii-only", "Refuses credentials that are not ASCII.",
              [](AccessPolicy&, HttpHead& request) {
                const auto beyond = [](char c) { return static_cast<unsigned char>(c) > 0x7f; };
                if (std::ranges::any_of(credentials_of(request), beyond))
                  drop_field(request, "Authorization");
              }),
      judging("basic-password-ignoring-case", "Ignores letter case in passwords.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return name_in(sent) == name_in(user) && equals_ignoring_case(sent, user);
                });
              }),
      judging("basic-user-ignoring-case", "Ignores letter case in user names.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_user(policy, request, [](const auto& sent, const auto& user) {
                  return password_in(sent) == password_in(user) && equals_ignoring_case(sent, user);
                });
              }),
      challenging("401-without-challenge", "Sends a 401 without WWW-Authenticate.",
                  [](Scene&, Answer& answer) { drop_field(answer.head, "WWW-Authenticate"); }),
      challenging("401-is-200", "Answers 200 instead of 401.",
                  [](Scene&, Answer& answer) { answer.head.start_line = "HTTP/1.1 200 OK"; }),
      at_most_lenient(challenging(
          "401-is-403", "Answers 403 instead of 401.",
          [](Scene&, Answer& answer) { answer.head.start_line = "HTTP/1.1 403 Forbidden"; })),
  };
}

// Cookie

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
      judging("cookie-not-checked", "Does not ask for the cookie.",
              [](AccessPolicy& policy, HttpHead&) { policy.cookie_name.clear(); }),
      judging("cookie-missing-accepted", "Lets in a client that sends no cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (request.count("Cookie") == 0) policy.cookie_name.clear();
              }),
      judging("cookie-any-value", "Checks the cookie's name but not its value.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, [](const auto&, const auto&) { return true; });
              }),
      judging("cookie-by-beginning", "Accepts the beginning of the cookie's value.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, [](const auto& sent, const auto& right) {
                  return !sent.empty() && right.starts_with(sent);
                });
              }),
      judging("cookie-longer-accepted", "Accepts whatever begins with the cookie's value.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, [](const auto& sent, const auto& right) {
                  return sent.starts_with(right);
                });
              }),
      judging("cookie-last-letter-ignored", "Ignores the last letter of a cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, same_but_for_the_last);
              }),
      judging("cookie-first-letter-ignored", "Ignores the first letter of a cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, same_but_for_the_first);
              }),
      judging("cookie-ignoring-case", "Ignores letter case in a cookie's value.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request, equals_ignoring_case);
              }),
      judging("cookie-name-ignoring-case", "Ignores letter case in a cookie's name.",
              [](AccessPolicy& policy, HttpHead& request) {
                const std::string line = value_of(request, "Cookie");
                if (equals_ignoring_case(line, policy.cookie_name + '=' + policy.cookie))
                  take_cookie_line(policy, request, line);
              }),
      judging("cookie-empty-accepted", "Lets in a client that sends an empty cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_cookie(policy, request,
                            [](const auto& sent, const auto&) { return sent.empty(); });
              }),
      judging("cookie-by-end-of-name", "Accepts a cookie whose name ends with the right name.",
              [](AccessPolicy& policy, HttpHead& request) {
                const std::string line = value_of(request, "Cookie");
                const std::string right = policy.cookie_name + '=' + policy.cookie;
                if (line.ends_with(right)) set_field(request, "Cookie", right);
              }),
      judging("cookie-by-query", "Accepts the cookie in the query, too.",
              [](AccessPolicy& policy, HttpHead& request) {
                const auto line = parse_request_line(request.start_line);
                const auto sent = parameters_of(line ? line->target : "", policy.cookie_name);
                if (!sent.empty()) take_for_cookie(policy, request, sent.front());
              }),
      judging("cookie-by-bearer", "Accepts a bearer token in place of the cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                const std::string value = value_of(request, "Authorization");
                if (value.starts_with("Bearer ")) take_for_cookie(policy, request, value.substr(7));
              }),
      judging("cookie-only-first", "Checks only the first cookie of a line.",
              [](AccessPolicy&, HttpHead& request) {
                const std::string line = value_of(request, "Cookie");
                set_field(request, "Cookie", line.substr(0, line.find(';')));
              }),
      judging("cookie-only-last", "Checks only the last cookie of a line.",
              [](AccessPolicy&, HttpHead& request) {
                const std::string line = value_of(request, "Cookie");
                const std::size_t last = line.rfind("; ");
                if (last != std::string::npos) set_field(request, "Cookie", line.substr(last + 2));
              }),
  };
}

// Ticket

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
      judging("ticket-not-checked", "Does not ask for a ticket.",
              [](AccessPolicy& policy, HttpHead&) { policy.tickets.clear(); }),
      judging("ticket-missing-accepted", "Lets in a client that sends no ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (parameters_of(requested_target(request), policy.ticket_parameter).empty())
                  policy.tickets.clear();
              }),
      judging("ticket-reusable", "Accepts a ticket that was used before.",
              [](AccessPolicy& policy, HttpHead&) { policy.single_use = false; }),
      judging("ticket-expired-accepted", "Accepts a ticket that has expired.",
              [](AccessPolicy& policy, HttpHead&) {
                std::ranges::move(policy.expired_tickets, std::back_inserter(policy.tickets));
                policy.expired_tickets.clear();
              }),
      judging("ticket-any", "Accepts anything that is not empty as a ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request,
                            [](const auto& sent, const auto&) { return !sent.empty(); });
              }),
      judging("ticket-empty-accepted", "Accepts an empty ticket.",
              [](AccessPolicy& policy, HttpHead&) { policy.tickets.emplace_back(); }),
      judging("ticket-by-beginning", "Accepts the beginning of a ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, [](const auto& sent, const auto& good) {
                  return !sent.empty() && good.starts_with(sent);
                });
              }),
      judging("ticket-longer-accepted", "Accepts whatever begins with a ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, [](const auto& sent, const auto& good) {
                  return sent.starts_with(good);
                });
              }),
      judging("ticket-last-letter-ignored", "Ignores the last letter of a ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, same_but_for_the_last);
              }),
      judging("ticket-first-letter-ignored", "Ignores the first letter of a ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, same_but_for_the_first);
              }),
      judging("ticket-ignoring-case", "Ignores letter case in a ticket.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_ticket(policy, request, equals_ignoring_case);
              }),
      judging("ticket-parameter-ignoring-case",
              "Ignores letter case in the name of the ticket's parameter.",
              [](AccessPolicy& policy, HttpHead& request) {
                std::string target = requested_target(request);
                const std::string name = in_upper_case(policy.ticket_parameter) + '=';
                const std::size_t at = target.find(name);
                if (at == std::string::npos) return;
                set_target(request, target.replace(at, name.size(), policy.ticket_parameter + '='));
              }),
      judging("ticket-in-any-parameter", "Accepts a ticket in any parameter.",
              [](AccessPolicy& policy, HttpHead& request) {
                const std::string target = requested_target(request);
                const std::size_t query = target.find('?');
                const std::size_t equals = target.find('=', query);
                if (query != std::string::npos && equals != std::string::npos)
                  set_target(request, target.substr(0, query + 1) + policy.ticket_parameter +
                                          target.substr(equals));
              }),
      judging("ticket-not-decoded", "Does not percent-decode a ticket.",
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
