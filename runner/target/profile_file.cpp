#include "runner/target/profile_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/ascii.h"
#include "core/placeholder.h"
#include "runner/input/json_node.h"
#include "runner/target/profile_schema.h"
#include "runner/target/target.h"

namespace wsconform {
namespace {

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

std::string read_url(const JsonNode& node) {
  const JsonNode url = node["url"];
  const auto parsed = parse_target_url(with_port(url.text(), 1));
  if (!parsed) url.fail("cannot be used: " + parsed.error());
  return url.text();
}

// A path as it is from the profile's folder; "" where the member is absent.
std::filesystem::path path_beside(const JsonNode& node, const char* member) {
  if (!node.has(member)) return {};
  const std::filesystem::path profile = node.reading().source.path();
  return profile.parent_path() / node[member].text();
}

TlsContext::Trust read_trust(const JsonNode& node) {
  return {node.flag_at("insecure", false), path_beside(node, "ca").string()};
}

void read_header(const std::string& name, const JsonNode& value, std::vector<FieldLine>& headers) {
  if (!is_token(name)) value.fail("is not a name that a field can have");
  if (value.text().find_first_of("\r\n") != std::string::npos) value.fail("holds a line end");
  headers.push_back({name, std::string(trim(value.text())), name + ": " + value.text()});
}

std::vector<FieldLine> read_headers(const JsonNode& node) {
  std::vector<FieldLine> headers;
  if (!node.has("headers")) return headers;
  for (const auto& [name, value] : node["headers"].members()) {
    if (!value.value().is_array()) {
      read_header(name, value, headers);
    } else {
      for (const JsonNode& each : value.elements()) read_header(name, each, headers);
    }
  }
  return headers;
}

std::vector<std::string> read_subprotocols(const JsonNode& node) {
  if (!node.has("subprotocols")) return {};
  for (const JsonNode& each : node["subprotocols"].elements())
    if (!is_token(each.text()))
      each.fail("is not a token: no spaces, no separators (RFC 9110 §5.6.2)");
  return node.texts_at("subprotocols");
}

// Printable ASCII without spaces, and without any of `forbidden`.
bool is_made_of(std::string_view text, std::string_view forbidden) {
  return std::ranges::all_of(text,
                             [&](char c) { return is_printable(c) && !holds(forbidden, {&c, 1}); });
}

// A request target, or "" where the member is absent.
std::string read_path(const JsonNode& node, const char* member) {
  if (!node.has(member)) return {};
  std::string path = node[member].text();
  if (!path.starts_with('/') || !is_made_of(path, "#"))
    node[member].fail("is not a path: a path begins with / and has no spaces and no #");
  return path;
}

// A value that is sent as it stands, or "" where the member is absent.
std::string read_value(const JsonNode& node, const char* member, std::string_view forbidden) {
  if (!node.has(member)) return {};
  if (!is_made_of(node[member].text(), forbidden))
    node[member].fail("holds a character that cannot be sent there");
  return node[member].text();
}

OriginPolicy read_origin(const JsonNode& node) {
  OriginPolicy policy;
  policy.allowed = node.texts_at("allowed");
  for (const JsonNode& each : node["allowed"].elements())
    if (!each.is("null") && !is_origin(each.text()))
      each.fail("is not an origin: an origin looks like https://host or https://host:8443");
  if (policy.allowed == std::vector<std::string>{"null"})
    node["allowed"].fail("names no origin but null");
  policy.foreign = node.text_at("foreign");
  if (std::ranges::count(policy.allowed, policy.foreign) > 0)
    node["foreign"].fail("is allowed too");
  policy.path = read_path(node, "path");
  if (!node.has("required")) return policy;
  const JsonNode required = node["required"];
  if (required.value().is_boolean())
    policy.required = required.value().get<bool>();
  else
    policy.required_path = read_path(node, "required");
  return policy;
}

Credentials read_credentials(const JsonNode& node) {
  const JsonNode user = node["user"];
  if (holds(user.text(), ":")) user.fail("holds a colon, which no user's name can (RFC 7617 §2)");
  return {user.text(), node["password"].text()};
}

bool same(const Credentials& a, const Credentials& b) {
  return a.user == b.user && a.password == b.password;
}

BasicPolicy read_basic(const JsonNode& node) {
  BasicPolicy policy;
  for (const JsonNode& each : node["good"].elements())
    policy.good.push_back(read_credentials(each));
  policy.path = read_path(node, "path");
  if (!node.has("bad")) return policy;
  policy.bad = read_credentials(node["bad"]);
  if (std::ranges::any_of(policy.good, [&](const auto& each) { return same(each, *policy.bad); }))
    node["bad"].fail("is good too");
  return policy;
}

// Where there is a login, it gives what is good.
std::optional<JsonNode> login_of(const JsonNode& node) {
  if (!node.has("login")) return std::nullopt;
  if (node.has("good")) node["good"].fail("stands beside a login, which gives what is good");
  return node["login"];
}

Login read_login(const JsonNode& node) {
  Login login{.path = read_path(node, "path"), .headers = read_headers(node)};
  if (node.has("method")) login.method = node["method"].text();
  if (!is_token(login.method))
    node["method"].fail("is not a token: no spaces, no separators (RFC 9110 §5.6.2)");
  login.body = node.text_at("body");
  return login;
}

Login read_login_for_cookie(const JsonNode& node, const std::string& cookie) {
  Login login = read_login(node);
  login.place = Login::Place::set_cookie;
  login.name = cookie;
  return login;
}

Login read_login_for_ticket(const JsonNode& node) {
  Login login = read_login(node);
  if (node.has("field")) {
    login.place = Login::Place::field;
    login.name = node["field"].text();
    if (!is_token(login.name))
      node["field"].fail("is not a token: no spaces, no separators (RFC 9110 §5.6.2)");
    if (node.has("find")) node["find"].fail("stands beside a field: the ticket is in one place");
    return login;
  }
  login.name = node["find"].text();
  try {
    const nlohmann::json::json_pointer checked(login.name);
  } catch (const nlohmann::json::exception&) {
    node["find"].fail("is not a JSON pointer (RFC 6901), such as /ticket or /data/0/ticket");
  }
  return login;
}

RefusedTokens read_refused(const JsonNode& node, std::span<const std::string_view> names,
                           std::string_view forbidden) {
  RefusedTokens refused;
  if (!node.has("refused")) return refused;
  for (const std::string_view name : names) {
    const std::string member(name);
    if (node["refused"].has(member.c_str()))
      refused[member] = read_value(node["refused"], member.c_str(), forbidden);
  }
  return refused;
}

// The origin of pages, or "" where the member is absent.
std::string read_page_origin(const JsonNode& node) {
  const std::string origin = node.text_at("origin");
  if (node.has("origin") && !is_origin(origin))
    node["origin"].fail("is not an origin: an origin looks like https://host or https://host:8443");
  return origin;
}

CookiePolicy read_cookie(const JsonNode& node) {
  constexpr std::string_view no_cookie_octets = "\",;\\";  // RFC 6265 §4.1.1
  CookiePolicy policy;
  policy.name = node["name"].text();
  policy.good = read_value(node, "good", no_cookie_octets);
  policy.bad = read_value(node, "bad", no_cookie_octets);
  policy.path = read_path(node, "path");
  if (!is_token(policy.name))
    node["name"].fail("is not a token: no spaces, no separators (RFC 9110 §5.6.2)");
  if (!policy.bad.empty() && policy.bad == policy.good) node["bad"].fail("is good too");
  if (const auto login = login_of(node)) policy.login = read_login_for_cookie(*login, policy.name);
  policy.refused = read_refused(node, names_of_refused_cookies(), no_cookie_octets);
  policy.origin = read_page_origin(node);
  policy.logout = read_path(node, "logout");
  if (node.has("logout") && !policy.login)
    node["logout"].fail("ends the session of a cookie that no login renews");
  return policy;
}

TicketPolicy read_ticket(const JsonNode& node) {
  constexpr std::string_view ends_value =
      "&#\"<>\\^`{|}";  // RFC 3986 §3.4, and & between parameters
  TicketPolicy policy;
  policy.parameter = read_value(node, "parameter", "=&#?\"<>\\^`{|}");
  policy.good = node.texts_at("good");
  if (node.has("good"))
    for (const JsonNode& each : node["good"].elements())
      if (!is_made_of(each.text(), ends_value))
        each.fail("holds a character that cannot stand in a query: it has to be percent-encoded");
  policy.bad = read_value(node, "bad", ends_value);
  policy.expired = read_value(node, "expired", ends_value);
  policy.single_use = node.flag_at("single-use", false);
  policy.path = read_path(node, "path");
  for (const char* member : {"bad", "expired"})
    if (node.has(member) && std::ranges::count(policy.good, node[member].text()) > 0)
      node[member].fail("is good too");
  if (const auto login = login_of(node)) policy.login = read_login_for_ticket(*login);
  policy.refused = read_refused(node, names_of_refused_tickets(), ends_value);
  return policy;
}

TargetPolicy read_policy(const JsonNode& node) {
  TargetPolicy policy;
  if (node.has("origin")) policy.origin = read_origin(node["origin"]);
  if (node.has("basic")) policy.basic = read_basic(node["basic"]);
  if (node.has("cookie")) policy.cookie = read_cookie(node["cookie"]);
  if (node.has("ticket")) policy.ticket = read_ticket(node["ticket"]);
  if (node.has("resources")) {
    policy.resources.redirect = read_path(node["resources"], "redirect");
    policy.resources.nowhere = read_path(node["resources"], "nowhere");
    policy.resources.chat = read_path(node["resources"], "chat");
    policy.resources.other_chat = read_path(node["resources"], "other-chat");
    if (policy.resources.chat.empty() && !policy.resources.other_chat.empty())
      node["resources"]["other-chat"].fail("stands without \"chat\"");
  }
  return policy;
}

DeclaredLimits read_limits(const JsonNode& node) {
  DeclaredLimits limits;
  if (node.has("max-message")) limits.max_message = node["max-message"].count();
  if (node.has("max-frame")) limits.max_frame = node["max-frame"].count();
  return limits;
}

MessageForm read_message(const JsonNode& node) {
  const auto form = MessageForm::parse(node.text());
  if (!form) node.fail("holds neither {payload} nor {payload-as-json}, or more than one of them");
  return *form;
}

DeclaredTarget read_target(const JsonNode& node) {
  DeclaredTarget target;
  target.url = read_url(node);
  target.name = node.has("name") ? node["name"].text() : target.url;
  target.exec = node.text_at("exec");
  target.trust = read_trust(node);
  target.headers = read_headers(node);
  target.subprotocols = read_subprotocols(node);
  if (node.has("policy")) target.policy = read_policy(node["policy"]);
  if (node.has("limits")) target.limits = read_limits(node["limits"]);
  if (node.has("message")) target.message = read_message(node["message"]);
  if (target.message) target.limits.text_form = target.message->size();
  for (std::string& each : node.texts_at("features")) target.features.insert(std::move(each));
  target.known_failing = path_beside(node, "known-failing");
  target.pointer = node.pointer();
  return target;
}

}  // namespace

std::vector<DeclaredTarget> targets_of(const JsonSource& file) {
  if (const auto fault = profile_schema().check(file.value()))
    file.fail(fault->pointer, fault->message);
  JsonReading reading{file};
  const JsonNode root(file.value(), reading, "");
  if (!root.has("targets")) return {read_target(root)};
  std::vector<DeclaredTarget> targets;
  for (const JsonNode& each : root["targets"].elements()) {
    DeclaredTarget target = read_target(each);
    if (std::ranges::find(targets, target.name, &DeclaredTarget::name) != targets.end())
      each.fail("has the name of a target before it, \"" + target.name + '"');
    targets.push_back(std::move(target));
  }
  return targets;
}

}  // namespace wsconform
