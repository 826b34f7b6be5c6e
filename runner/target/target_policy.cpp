#include "runner/target/target_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/handshake_key.h"
#include "runner/target/otherwise.h"

namespace wsconform {
namespace {

constexpr std::string_view foreign_by_default = "https://foreign.wsconform.invalid";

struct OriginParts {
  std::string scheme;
  std::string host;
  std::string port;  // ":3000", or ""
};

OriginParts parts_of(std::string_view origin) {
  assert(is_origin(origin));
  const std::size_t scheme_end = origin.find("://");
  const std::string_view authority = origin.substr(scheme_end + 3);
  const std::size_t host_end =
      authority.find(':', authority.starts_with('[') ? authority.find(']') : 0);
  const std::string_view port =
      host_end == authority.npos ? std::string_view() : authority.substr(host_end);
  return {std::string(origin.substr(0, scheme_end)), std::string(authority.substr(0, host_end)),
          std::string(port)};
}

std::string text_of(const OriginParts& parts) {
  return parts.scheme + "://" + parts.host + parts.port;
}

bool allows(const OriginPolicy& policy, std::string_view origin) {
  return std::ranges::find(policy.allowed, origin) != policy.allowed.end();
}

const std::string& example_of(const OriginPolicy& policy) {
  const auto found =
      std::ranges::find_if(policy.allowed, [](const auto& each) { return each != "null"; });
  assert(found != policy.allowed.end());
  return *found;
}

OriginParts with_other_scheme(OriginParts parts) {
  parts.scheme = parts.scheme == "https" ? "http" : "https";
  return parts;
}

OriginParts with_other_port(const OriginPolicy& policy, OriginParts parts) {
  int port = 8443;
  do {
    parts.port = ":" + std::to_string(port++);
  } while (allows(policy, text_of(parts)));
  return parts;
}

bool is_non_ascii(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
}

const Credentials* with_colon(const BasicPolicy& policy) {
  const auto found = std::ranges::find_if(policy.good, [](const Credentials& each) {
    return each.password.find(':') != std::string::npos;
  });
  return found == policy.good.end() ? nullptr : &*found;
}

const Credentials* non_ascii(const BasicPolicy& policy) {
  const auto found = std::ranges::find_if(policy.good, [](const Credentials& each) {
    return is_non_ascii(each.user) || is_non_ascii(each.password);
  });
  return found == policy.good.end() ? nullptr : &*found;
}

std::string path_or_own(const std::string& path) {
  return path.empty() ? "{path}" : path;
}

std::string or_else(const std::string& declared, std::string_view otherwise) {
  return declared.empty() ? std::string(otherwise) : declared;
}

// The path of a rule otherwise spelled; the query as it is.
void add_spellings(const std::string& name, const std::string& path, PolicyValues& values) {
  const std::size_t query = std::min(path.find('?'), path.size());
  const std::string_view rest = std::string_view(path).substr(query);
  values[name + "-encoded"] = percent_encoded(path.substr(0, query)).append(rest);
  values[name + "-upper-case"] = in_upper_case(path.substr(0, query)).append(rest);
}

void add_values(const OriginPolicy& policy, PolicyValues& values) {
  const std::string& example = example_of(policy);
  const OriginParts parts = parts_of(example);
  values["origin"] = example;
  values["foreign-origin"] = or_else(policy.foreign, foreign_by_default);
  values["origin-scheme"] = parts.scheme;
  values["origin-host"] = parts.host;
  values["origin-port"] = parts.port;
  values["origin-other-port"] = text_of(with_other_port(policy, parts));
  values["origin-other-scheme"] = text_of(with_other_scheme(parts));
  values["origin-upper-case"] = in_upper_case(example);
  values["origin-path"] = path_or_own(policy.path);
  if (!policy.path.empty()) add_spellings("origin-path", policy.path, values);
  values["origin-required-path"] =
      path_or_own(policy.required ? policy.path : policy.required_path);
}

void add_values(const BasicPolicy& policy, PolicyValues& values) {
  assert(!policy.good.empty());
  const auto& [user, password] = policy.good.front();
  const std::string wrong = password + "-wrong";
  values["basic"] = basic_token({user, password});
  values["basic-bad"] = basic_token(policy.bad.value_or(Credentials{user + "-nobody", wrong}));
  values["basic-wrong-password"] = basic_token({user, wrong});
  values["basic-wrong-user"] = basic_token({user + "-nobody", password});
  values["basic-short-password"] = basic_token({user, shortened(password)});
  values["basic-long-password"] = basic_token({user, password + "x"});
  values["basic-without-password"] = basic_token({user, ""});
  values["basic-without-colon"] = base64_encode(user + password);
  if (const auto* found = with_colon(policy)) values["basic-with-colon"] = basic_token(*found);
  if (const auto* found = non_ascii(policy)) values["basic-non-ascii"] = basic_token(*found);
  values["basic-other-case"] = basic_token({user, in_other_case(password)});
  values["basic-user-other-case"] = basic_token({in_other_case(user), password});
  values["basic-path"] = path_or_own(policy.path);
  if (!policy.path.empty()) add_spellings("basic-path", policy.path, values);
}

void add_refused(const std::string& kind, const RefusedTokens& refused, PolicyValues& values) {
  for (const auto& [name, token] : refused)
    values[fmt::format("{}-refused-{}", kind, name)] = token;
}

// Of pages that open a WebSocket with the cookie.
void add_page_values(const std::string& origin, PolicyValues& values) {
  const OriginPolicy only{.allowed = {origin}};
  OriginParts longer = parts_of(origin);
  values["cookie-origin"] = origin;
  values["cookie-origin-foreign"] = foreign_by_default;
  values["cookie-origin-other-port"] = text_of(with_other_port(only, longer));
  values["cookie-origin-other-scheme"] = text_of(with_other_scheme(longer));
  longer.host += ".evil.test";
  values["cookie-origin-longer"] = text_of(longer);
}

void add_values(const CookiePolicy& policy, PolicyValues& values) {
  values["cookie-name"] = policy.name;
  values["cookie"] = policy.good;
  values["cookie-bad"] = or_else(policy.bad, "wsconform-bad");
  values["cookie-beginning"] = shortened(policy.good);
  values["cookie-altered"] = with_last_altered(policy.good);
  values["cookie-altered-first"] = with_first_altered(policy.good);
  values["cookie-other-case"] = in_other_case(policy.good);
  values["cookie-name-upper-case"] = in_upper_case(policy.name);
  values["cookie-path"] = path_or_own(policy.path);
  values["cookie-first"] = policy.good;
  if (!policy.logout.empty()) values["cookie-logout"] = policy.logout;
  if (!policy.origin.empty()) add_page_values(policy.origin, values);
  add_refused("cookie", policy.refused, values);
  if (!policy.path.empty()) add_spellings("cookie-path", policy.path, values);
}

void add_values(const TicketPolicy& policy, PolicyValues& values) {
  values["ticket-parameter"] = policy.parameter;
  values["ticket-bad"] = or_else(policy.bad, "wsconform-bad");
  values["ticket-expired"] = policy.expired;
  values["ticket-parameter-upper-case"] = in_upper_case(policy.parameter);
  if (policy.login) values["ticket-login-path"] = policy.login->path;
  add_refused("ticket", policy.refused, values);
  if (policy.path.empty()) return;
  values["ticket-path"] = policy.path;
  add_spellings("ticket-path", policy.path, values);
}

void add_values(const ResourcePolicy& policy, PolicyValues& values) {
  if (!policy.nowhere.empty()) values["nowhere-path"] = policy.nowhere;
  if (!policy.chat.empty()) values["chat-path"] = policy.chat;
  if (!policy.other_chat.empty()) values["other-chat-path"] = policy.other_chat;
  if (policy.redirect.empty()) return;
  values["redirect-path"] = policy.redirect;
  add_spellings("redirect-path", policy.redirect, values);
}

void add_features(const OriginPolicy& policy, std::set<std::string>& features) {
  features.insert("origin-policy");
  if (!policy.path.empty()) features.insert("origin-at-path");
  if (!allows(policy, "null")) features.insert("origin-null-foreign");
  const OriginParts parts = parts_of(example_of(policy));
  if (!allows(policy, text_of(with_other_scheme(parts)))) features.insert("origin-scheme-foreign");
  if (!policy.required) features.insert("origin-optional");
  if (policy.required || !policy.required_path.empty()) features.insert("origin-required");
}

void add_features(const CookiePolicy& policy, std::set<std::string>& features) {
  features.insert("cookie");
  if (!policy.path.empty()) features.insert("cookie-at-path");
  if (!policy.logout.empty()) features.insert("cookie-logout");
  if (!policy.origin.empty()) features.insert("cookie-origin");
  for (const auto& [name, token] : policy.refused) features.insert("cookie-refused-" + name);
}

void add_features(const TicketPolicy& policy, std::set<std::string>& features) {
  features.insert("ticket");
  if (!policy.path.empty()) features.insert("ticket-at-path");
  if (policy.single_use) features.insert("single-use-ticket");
  if (!policy.expired.empty()) features.insert("expired-ticket");
  if (policy.login) features.insert("ticket-login");
  for (const auto& [name, token] : policy.refused) features.insert("ticket-refused-" + name);
}

}  // namespace

std::set<std::string> features_of(const TargetPolicy& policy) {
  std::set<std::string> features;
  if (policy.origin) add_features(*policy.origin, features);
  if (policy.basic) {
    features.insert("basic");
    if (!policy.basic->path.empty()) features.insert("basic-at-path");
    if (with_colon(*policy.basic)) features.insert("basic-with-colon");
    if (non_ascii(*policy.basic)) features.insert("basic-non-ascii");
  }
  if (policy.cookie) add_features(*policy.cookie, features);
  if (policy.ticket) add_features(*policy.ticket, features);
  if (!policy.resources.redirect.empty()) features.insert("redirect");
  if (!policy.resources.nowhere.empty()) features.insert("nowhere");
  if (!policy.resources.chat.empty()) features.insert("chat");
  if (!policy.resources.other_chat.empty()) features.insert("other-chat");
  return features;
}

std::set<std::string> features_of(const DeclaredLimits& limits) {
  std::set<std::string> features;
  // A larger limit of frames than of messages can break nothing.
  if (limits.max_frame && *limits.max_frame <= limits.max_message.value_or(*limits.max_frame))
    features.insert("frame-limit");
  if (!limits.max_message) return features;
  features.insert("message-limit");
  if (limits.max_frame.value_or(*limits.max_message) >= *limits.max_message)
    features.insert("message-limit-in-one-frame");
  return features;
}

bool is_origin(std::string_view text) {
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == text.npos || scheme_end == 0) return false;
  const std::string_view authority = text.substr(scheme_end + 3);
  return !authority.empty() && !authority.starts_with(':') &&
         std::ranges::all_of(text, is_printable) &&
         authority.find_first_of("/?#@") == authority.npos;
}

PolicyValues values_of(const TargetPolicy& policy) {
  PolicyValues values;
  if (policy.origin) add_values(*policy.origin, values);
  if (policy.basic) add_values(*policy.basic, values);
  if (policy.cookie) add_values(*policy.cookie, values);
  if (policy.ticket) add_values(*policy.ticket, values);
  add_values(policy.resources, values);
  return values;
}

PolicyValues values_of_ticket(std::string_view ticket) {
  return {{"ticket", std::string(ticket)},
          {"ticket-beginning", shortened(ticket)},
          {"ticket-encoded", percent_encoded(ticket)},
          {"ticket-altered", with_last_altered(std::string(ticket))},
          {"ticket-altered-first", with_first_altered(std::string(ticket))},
          {"ticket-other-case", in_other_case(std::string(ticket))}};
}

std::string open_query(std::string_view target) {
  const bool has_query = target.find('?') != target.npos;
  const bool open = target.ends_with('?') || target.ends_with('&');
  return std::string(target) + (!has_query ? "?" : open ? "" : "&");
}

std::string basic_token(const Credentials& credentials) {
  assert(!credentials.user.contains(':'));
  return base64_encode(credentials.user + ':' + credentials.password);
}

std::optional<std::string> TicketPool::take() {
  assert(!tickets_.empty());
  if (next_ == tickets_.size()) {
    if (single_use_) return std::nullopt;
    next_ = 0;
  }
  return tickets_[next_++];
}

}  // namespace wsconform
