// Foreign origins that are let in, and right ones that are not (RFC 6455 §10.2).
#include <algorithm>

#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

std::string_view host_of(std::string_view origin) {
  const std::size_t scheme_end = origin.find("://");
  return scheme_end == origin.npos ? origin : origin.substr(scheme_end + 3);
}

std::string without_port(std::string_view origin) {
  const std::size_t colon = origin.rfind(':');
  return std::string(origin.substr(0, colon > origin.find(':') ? colon : origin.npos));
}

// Replaces an Origin that `fits` one of those allowed by that one.
template <typename Fits>
void take_origin(const AccessPolicy& policy, HttpHead& request, Fits fits) {
  if (request.count("Origin") == 0) return;
  const std::string sent = value_of(request, "Origin");
  const auto found = std::ranges::find_if(
      policy.origins, [&](const std::string& allowed) { return fits(sent, allowed); });
  if (found != policy.origins.end()) set_field(request, "Origin", *found);
}

// "//evil.test/path" gives "evil.test".
std::string authority_of_double_slash(const HttpHead& request) {
  const auto line = parse_request_line(request.start_line);
  if (!line || !line->target.starts_with("//")) return {};
  const std::string_view rest = line->target.substr(2);
  return std::string(rest.substr(0, rest.find('/')));
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> origin_defects() {
  return {
      judging("origin-not-checked", "Accepts every Origin.",
              [](AccessPolicy& policy, HttpHead&) { policy.origins.clear(); }),
      judging("origin-by-end", "Accepts an Origin that ends with the host of an allowed one.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_origin(policy, request, [](const auto& sent, const auto& allowed) {
                  return sent.ends_with(host_of(allowed));
                });
              }),
      judging("origin-by-beginning", "Accepts an Origin that begins with an allowed one.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_origin(policy, request, [](const auto& sent, const auto& allowed) {
                  return sent.starts_with(allowed);
                });
              }),
      judging("origin-by-part", "Accepts an Origin that contains the host of an allowed one.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_origin(policy, request, [](const auto& sent, const auto& allowed) {
                  return sent.find(host_of(allowed)) != std::string::npos;
                });
              }),
      judging("origin-without-port", "Ignores the port of an Origin.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_origin(policy, request, [](const auto& sent, const auto& allowed) {
                  return without_port(sent) == without_port(allowed);
                });
              }),
      judging("origin-without-scheme", "Ignores the scheme of an Origin.",
              [](AccessPolicy& policy, HttpHead& request) {
                take_origin(policy, request, [](const auto& sent, const auto& allowed) {
                  return host_of(sent) == host_of(allowed);
                });
              }),
      judging("origin-null-accepted", "Accepts the Origin null.",
              [](AccessPolicy& policy, HttpHead&) { policy.origins.emplace_back("null"); }),
      judging("origin-first-of-two", "Checks only the first of two Origins.",
              [](AccessPolicy&, HttpHead& request) { keep_one(request, "Origin", true); }),
      judging("origin-last-of-two", "Checks only the last of two Origins.",
              [](AccessPolicy&, HttpHead& request) { keep_one(request, "Origin", false); }),
      judging("origin-of-host", "Accepts an Origin that matches the Host field.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (host_of(value_of(request, "Origin")) == value_of(request, "Host"))
                  policy.origins.clear();
              }),
      judging("origin-of-target",
              "Accepts an Origin that matches the host in a target such as //host/.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (host_of(value_of(request, "Origin")) == authority_of_double_slash(request))
                  policy.origins.clear();
              }),
      judging("origin-not-checked-with-cookie", "Accepts every Origin that comes with a cookie.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (request.count("Cookie") > 0) policy.origins.clear();
              }),
      judging("origin-wanted", "Refuses a request without Origin.",
              [](AccessPolicy& policy, HttpHead&) { policy.origin_required = true; }),
      judging("origin-not-wanted", "Accepts a request without Origin although one is required.",
              [](AccessPolicy& policy, HttpHead& request) {
                if (request.count("Origin") == 0) policy.origins.clear();
              }),
      judging("origin-allowed-refused", "Refuses an Origin that is allowed.",
              [](AccessPolicy& policy, HttpHead&) { policy.origins = {"https://other.invalid"}; }),
  };
}

}  // namespace wsconform
