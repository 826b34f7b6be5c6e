#include "server-under-test/site/origin_rule.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/request_target.h"

namespace wsconform {
namespace {

// "https://host:443" is "https://host".
std::string without_own_port(std::string origin) {
  for (const auto& [scheme, port] : {std::pair("http://", ":80"), std::pair("https://", ":443")})
    if (origin.starts_with(scheme) && origin.ends_with(port))
      origin.erase(origin.size() - std::string_view(port).size());
  return origin;
}

bool is_scheme(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

}  // namespace

std::expected<std::string, std::string> normal_origin(std::string_view text) {
  if (text == "null") return "null";
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == text.npos || !is_scheme(text.substr(0, scheme_end)))
    return std::unexpected(
        "is not an origin: an origin looks like https://host or https://host:8443");
  const std::string_view authority = text.substr(scheme_end + 3);
  if (authority.contains('/'))
    return std::unexpected(
        "is not an origin: an origin ends with the host or the port, without a slash");
  if (!is_host(authority) || authority.ends_with(':'))
    return std::unexpected("is not an origin: its host or its port is malformed");
  return without_own_port(in_lower_case(text));
}

bool is_allowed(const HttpHead& request, bool tls, const OriginRule& rule) {
  const auto sent = request.combined("Origin");
  if (!sent) return !rule.required;
  if (request.count("Origin") > 1) return false;
  const auto origin = normal_origin(*sent);
  if (!origin) return false;
  if (std::ranges::count(rule.allowed, *origin) > 0) return true;
  const auto own = normal_origin((tls ? "https://" : "http://") +
                                 std::string(request.value("Host").value_or("")));
  return rule.own && own && *own == *origin;
}

}  // namespace wsconform
