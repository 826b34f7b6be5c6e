// Requests that are right and are refused all the same (RFC 6455 §4.2.1, RFC 9110, RFC 9112).
#include <algorithm>

#include "core/ascii.h"
#include "core/extension.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

// Makes the request one that is refused with 400 where `concerns` is true.
template <typename Concerns>
Defect refusing(std::string id, std::string says, Concerns concerns) {
  return {.id = std::move(id),
          .says = std::move(says),
          .request = [concerns](Scene&, HttpHead& request) {
            if (!concerns(request)) return false;
            drop_field(request, "Sec-WebSocket-Key");
            return true;
          }};
}

std::string_view sent_target(const HttpHead& request) {
  const auto line = parse_request_line(request.start_line);
  return line ? line->target : std::string_view();
}

std::string raw_of(const HttpHead& request, std::string_view name) {
  for (const FieldLine& line : request.fields)
    if (equals_ignoring_case(line.name, name)) return line.raw;
  return "";
}

bool spelled_otherwise(const HttpHead& request) {
  return std::ranges::any_of(request.fields, [](const FieldLine& line) {
    return equals_ignoring_case(line.name, "Sec-WebSocket-Key") && line.name != "Sec-WebSocket-Key";
  });
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> strictness_defects() {
  return {
      refusing("refuses-field-name-case",
               "Recognizes the field name Sec-WebSocket-Key in one spelling only.",
               spelled_otherwise),
      refusing("refuses-upgrade-case", "Recognizes the value of Upgrade in lower case only.",
               [](const HttpHead& request) {
                 return value_of(request, "Upgrade") != "websocket" &&
                        request.list_has("Upgrade", "websocket");
               }),
      refusing("refuses-connection-case",
               "Recognizes the value of Connection in one spelling only.",
               [](const HttpHead& request) {
                 const std::string value = value_of(request, "Connection");
                 return value.find("Upgrade") == std::string::npos &&
                        request.list_has("Connection", "upgrade");
               }),
      refusing("refuses-connection-list", "Accepts Connection only if Upgrade is its only value.",
               [](const HttpHead& request) {
                 return value_of(request, "Connection").find(',') != std::string::npos;
               }),
      refusing("refuses-two-connection-lines", "Accepts Connection only on a single line.",
               [](const HttpHead& request) { return request.count("Connection") > 1; }),
      refusing("refuses-upgrade-list", "Accepts Upgrade only if websocket is its only value.",
               [](const HttpHead& request) {
                 return value_of(request, "Upgrade").find(',') != std::string::npos;
               }),
      refusing("refuses-value-without-space", "Requires a space after the colon.",
               [](const HttpHead& request) {
                 return raw_of(request, "Sec-WebSocket-Key").find(": ") == std::string::npos ||
                        raw_of(request, "Sec-WebSocket-Version").find(": ") == std::string::npos ||
                        raw_of(request, "Upgrade").find(": ") == std::string::npos;
               }),
      refusing("refuses-space-around-value", "Accepts values only after exactly one space.",
               [](const HttpHead& request) {
                 return std::ranges::any_of(request.fields, [](const FieldLine& line) {
                   return line.raw != line.name + ": " + line.value &&
                          line.raw != line.name + ":" + line.value;
                 });
               }),
      refusing("refuses-query", "Refuses a target with a query.",
               [](const HttpHead& request) {
                 return sent_target(request).find('?') != std::string_view::npos;
               }),
      refusing("refuses-absolute-form", "Refuses a target in absolute form.",
               [](const HttpHead& request) { return sent_target(request).starts_with("http"); }),
      refusing("refuses-long-target", "Refuses a target of more than 255 bytes.",
               [](const HttpHead& request) { return sent_target(request).size() > 255; }),
      refusing("refuses-origin", "Refuses a request with an Origin.",
               [](const HttpHead& request) { return request.count("Origin") > 0; }),
      refusing("refuses-missing-origin", "Refuses a request without an Origin.",
               [](const HttpHead& request) { return request.count("Origin") == 0; }),
      refusing("refuses-unknown-fields", "Refuses a request with an unknown field.",
               [](const HttpHead& request) {
                 return std::ranges::any_of(request.fields, [](const FieldLine& line) {
                   return line.name.starts_with("X-");
                 });
               }),
      refusing("refuses-cookie", "Refuses a request with a Cookie.",
               [](const HttpHead& request) { return request.count("Cookie") > 0; }),
      refusing(
          "refuses-extension-offer", "Refuses a request that offers an extension.",
          [](const HttpHead& request) { return request.count("Sec-WebSocket-Extensions") > 0; }),
      refusing("refuses-quoted-pair-inside",
               "Refuses an extension with a quoted pair inside a value that is not the last.",
               [](const HttpHead& request) {
                 const std::string value = value_of(request, "Sec-WebSocket-Extensions");
                 const std::size_t pair = value.find('\\', 1);
                 return pair != std::string::npos && value[pair - 1] != '"' &&
                        value.find("\";", pair) != std::string::npos;
               }),
      refusing("refuses-parameters-behind-a-bare-offer",
               "Takes the parameters of an extension for those of one before it that has none.",
               [](const HttpHead& request) {
                 const auto offers =
                     parse_extensions(value_of(request, "Sec-WebSocket-Extensions"));
                 return offers && offers->size() == 2 && offers->front().parameters.empty() &&
                        offers->front().name != offers->back().name &&
                        !offers->back().parameters.empty();
               }),
      at_most_lenient(refusing(
          "refuses-subprotocol-offer", "Refuses a request that offers a subprotocol.",
          [](const HttpHead& request) { return request.count("Sec-WebSocket-Protocol") > 0; })),
      refusing("refuses-leading-empty-line", "Refuses a request that follows an empty line.",
               [](const HttpHead& request) {
                 return std::ranges::any_of(request.anomalies, [](const AnomalyAt& at) {
                   return at.anomaly == HeadAnomaly::leading_empty_line;
                 });
               }),
      refusing("refuses-host-with-port", "Refuses a Host with a port.",
               [](const HttpHead& request) {
                 return value_of(request, "Host").find(':') != std::string::npos;
               }),
  };
}

}  // namespace wsconform
