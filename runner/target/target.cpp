#include "runner/target/target.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/ascii.h"
#include "runner/target/policy_placeholders.h"

namespace wsconform {
namespace {

struct Scheme {
  std::string_view prefix;
  bool tls = false;
  std::uint16_t port = 0;
};
constexpr Scheme schemes[] = {
    {"ws://", false, 80}, {"wss://", true, 443}, {"http://", false, 80}, {"https://", true, 443}};

std::expected<void, std::string> read_port(std::string_view digits, TargetUrl& url) {
  if (digits.empty()) return {};
  unsigned port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size() || port == 0 || port > 65535) {
    return std::unexpected("port '" + std::string(digits) + "' is not a number from 1 to 65535");
  }
  url.port = static_cast<std::uint16_t>(port);
  return {};
}

std::expected<void, std::string> read_authority(std::string_view authority, TargetUrl& url) {
  if (authority.find('@') != std::string_view::npos) {
    return std::unexpected("user information does not belong in a WebSocket URL");
  }
  std::size_t host_end = authority.find(':');
  if (authority.starts_with('[')) {
    const std::size_t bracket = authority.find(']');
    if (bracket == std::string_view::npos) return std::unexpected("'[' without ']' in the host");
    url.host = authority.substr(1, bracket - 1);
    host_end = bracket + 1;
  } else {
    url.host = authority.substr(0, host_end);
  }
  if (url.host.empty()) return std::unexpected("no host");
  if (host_end >= authority.size()) return {};
  if (authority[host_end] != ':') return std::unexpected("text between ']' and the port");
  return read_port(authority.substr(host_end + 1), url);
}

bool is_target_byte(char c) {
  return static_cast<unsigned char>(c) > 0x20 && c != 0x7f;
}

}  // namespace

std::string TargetUrl::authority() const {
  const bool literal = host.find(':') != std::string::npos;
  std::string text = literal ? '[' + host + ']' : host;
  if (port != (tls ? 443 : 80)) text += ':' + std::to_string(port);
  return text;
}

std::expected<TargetUrl, std::string> parse_target_url(std::string_view text) {
  const auto scheme = std::ranges::find_if(schemes, [&](const Scheme& each) {
    return text.size() >= each.prefix.size() &&
           equals_ignoring_case(text.substr(0, each.prefix.size()), each.prefix);
  });
  if (scheme == std::end(schemes)) return std::unexpected("it does not begin with ws:// or wss://");
  if (!std::ranges::all_of(text, is_target_byte)) {
    return std::unexpected("it holds white space or a control byte");
  }
  if (text.find('#') != std::string_view::npos) {
    return std::unexpected("a fragment ('#') does not belong in a WebSocket URL");
  }
  TargetUrl url;
  url.tls = scheme->tls;
  url.port = scheme->port;
  const std::string_view rest = text.substr(scheme->prefix.size());
  const std::size_t path = rest.find_first_of("/?");
  if (auto read = read_authority(rest.substr(0, path), url); !read) {
    return std::unexpected(read.error());
  }
  if (path != std::string_view::npos) url.path = rest.substr(path);
  if (url.path.starts_with('?')) url.path.insert(0, "/");
  return url;
}

void TargetProfile::declare(TargetPolicy declared) {
  policy = std::move(declared);
  policy_values = values_of(policy);
  tickets = policy.ticket ? std::make_shared<TicketPool>(*policy.ticket) : nullptr;
  features.merge(features_of(policy));
}

void TargetProfile::move_to(std::uint16_t port) {
  const std::string before = ':' + std::to_string(address.port);
  address.port = port;
  const std::size_t at = url.find(before);
  if (at != std::string::npos) url.replace(at, before.size(), ':' + std::to_string(port));
}

void TargetProfile::keep_secrets() {
  for (const FieldLine& each : headers) secrets.add_field(each);
  secrets.add_query(address.path);
  for (const auto& [placeholder, value] : policy_values)
    if (is_credential(placeholder)) secrets.add(value, before_credential(placeholder));
  if (policy.basic)
    for (const Credentials& each : policy.basic->good) secrets.add(each.password, ":");
  const auto keep_login = [&](const std::optional<Login>& login) {
    if (!login) return;
    for (const FieldLine& each : login->headers) secrets.add_field(each);
    secrets.add_query('?' + login->body);
  };
  if (policy.cookie) keep_login(policy.cookie->login);
  if (policy.ticket) keep_login(policy.ticket->login);
}

}  // namespace wsconform
