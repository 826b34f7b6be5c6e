#include "server-under-test/site/access.h"

#include <algorithm>
#include <ranges>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/handshake.h"
#include "core/handshake_key.h"
#include "server-under-test/site/normal_path.h"
#include "server-under-test/site/secret.h"

namespace wsconform {
namespace {

std::string_view target_of(const HttpHead& request) {
  const auto line = parse_request_line(request.start_line);
  return line ? line->target : std::string_view();
}

// "/a/ticket?x=y" gives "ticket", in absolute form and however it is spelled.
std::string last_segment(std::string_view target) {
  const std::string path = normal_path(target).value_or("/");
  return path.substr(path.rfind('/') + 1);
}

class Gate {
 public:
  Gate(const HttpHead& request, const AccessPolicy& policy, UsedTickets& used)
      : request_(request),
        policy_(policy),
        used_(used),
        segment_(last_segment(target_of(request))) {}

  bool accepts_origin() const {
    const bool at_required = policy_.own_paths && segment_ == "origin-required";
    if (!holds("origin") && !at_required) return true;
    const bool missing = request_.count("Origin") == 0;
    if (missing && !policy_.origins.empty()) return !policy_.origin_required && !at_required;
    return wsconform::accepts_origin(request_, policy_.origins);
  }

  bool accepts_user() const {
    if (policy_.users.empty() || !holds("basic")) return true;
    if (request_.count("Authorization") != 1) return false;
    const std::string_view value = *request_.value("Authorization");
    const std::size_t space = value.find(' ');
    // RFC 9110 §11.1: the scheme reads the same in any letter case.
    if (space == value.npos || !equals_ignoring_case(value.substr(0, space), "Basic")) return false;
    const auto sent = base64_decode(trim(value.substr(space)));
    return sent && is_one_of(*sent, policy_.users);
  }

  bool accepts_cookie() const {
    if (policy_.cookie_name.empty() || !holds("cookie")) return true;
    const auto sent = cookies_of(request_, policy_.cookie_name);
    return !sent.empty() && std::ranges::all_of(sent, [&](const std::string& each) {
      return same_secret(each, policy_.cookie);
    });
  }

  // Asked last, for a ticket that serves is used.
  bool accepts_ticket() {
    if (policy_.tickets.empty() || !holds("ticket")) return true;
    const auto sent = parameters_of(target_of(request_), policy_.ticket_parameter);
    if (sent.size() != 1) return false;
    const std::string ticket = percent_decoded(sent.front());
    if (is_one_of(ticket, policy_.expired_tickets) || !is_one_of(ticket, policy_.tickets))
      return false;
    return !policy_.single_use || used_.insert(ticket).second;
  }

 private:
  bool holds(std::string_view rule) const { return !policy_.own_paths || segment_ == rule; }

  // Looks at all of them, wherever the right one stands.
  static bool is_one_of(std::string_view sent, const std::vector<std::string>& known) {
    bool found = false;
    for (const std::string& each : known) found = same_secret(sent, each) || found;
    return found;
  }

  const HttpHead& request_;
  const AccessPolicy& policy_;
  UsedTickets& used_;
  std::string segment_;
};

HttpAnswer challenge() {
  HttpAnswer answer = refusal_with(401, "User and password are asked for.");
  answer.head.add("WWW-Authenticate", "Basic realm=\"wsconform\", charset=\"UTF-8\"");
  return answer;
}

}  // namespace

std::optional<HttpAnswer> refusal_of(const HttpHead& request, const AccessPolicy& policy,
                                     UsedTickets& used) {
  if (policy.own_paths && !normal_path(target_of(request)))
    return refusal_with(400, "The path cannot be read.");
  Gate gate(request, policy, used);
  if (!gate.accepts_origin()) return refusal_with(403, "The origin is not let in.");
  if (!gate.accepts_user()) return challenge();
  if (!gate.accepts_cookie()) return refusal_with(403, "The cookie is missing or wrong.");
  if (!gate.accepts_ticket())
    return refusal_with(403, "The ticket is missing, wrong, used or expired.");
  return std::nullopt;
}

std::vector<std::string> parameters_of(std::string_view target, std::string_view name) {
  std::vector<std::string> values;
  const std::size_t query = target.find('?');
  if (query == target.npos) return values;
  for (const auto part : std::views::split(target.substr(query + 1), '&')) {
    const std::string_view pair(part.begin(), part.end());
    const std::size_t equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name)
      values.emplace_back(pair.substr(equals + 1));
  }
  return values;
}

std::vector<std::string> cookies_of(const HttpHead& request, std::string_view name) {
  std::vector<std::string> values;
  for (const FieldLine& line : request.fields) {
    if (!equals_ignoring_case(line.name, "Cookie")) continue;
    for (const auto part : std::views::split(std::string_view(line.value), ';')) {
      const std::string_view pair = trim(std::string_view(part.begin(), part.end()));
      const std::size_t equals = pair.find('=');
      if (equals != pair.npos && pair.substr(0, equals) == name)
        values.emplace_back(pair.substr(equals + 1));
    }
  }
  return values;
}

}  // namespace wsconform
