#include "server-under-test/site/plain_request.h"

#include <algorithm>

#include "core/ascii.h"

namespace wsconform {
namespace {

std::string allow(const std::vector<std::string>& methods) {
  std::string list;
  for (const std::string& each : methods) list += each + (each == "GET" ? ", HEAD, " : ", ");
  return list + "OPTIONS";
}

bool belongs_to_handshakes(const FieldLine& line) {
  return equals_ignoring_case(line.name, "Upgrade") ||
         in_lower_case(line.name).starts_with("sec-websocket-");
}

}  // namespace

HttpAnswer content(std::string_view type, std::string body) {
  HttpAnswer answer{.body = std::move(body)};
  answer.head.start_line = "HTTP/1.1 200 OK";
  answer.head.add("Connection", "close");
  answer.head.add("Content-Type", type);
  answer.head.add("Content-Length", std::to_string(answer.body.size()));
  return answer;
}

HttpAnswer refusal_with(int status, std::string_view reason) {
  HttpAnswer answer{.body = std::string(reason) + "\n", .reason = std::string(reason)};
  answer.head.start_line =
      "HTTP/1.1 " + std::to_string(status) + ' ' + std::string(reason_phrase(status));
  answer.head.add("Connection", "close");
  answer.head.add("Content-Type", "text/plain; charset=utf-8");
  answer.head.add("Content-Length", std::to_string(answer.body.size()));
  return answer;
}

HttpAnswer refusal_with(int status, std::string_view reason, std::string_view field,
                        std::string_view value) {
  HttpAnswer answer = refusal_with(status, reason);
  answer.head.add(field, value);
  return answer;
}

HttpAnswer method_not_allowed(const std::vector<std::string>& methods) {
  return refusal_with(405, "The resource does not allow this method.", "Allow", allow(methods));
}

HttpAnswer allowed_methods(const std::vector<std::string>& methods) {
  HttpAnswer answer;
  answer.head.start_line = "HTTP/1.1 204 No Content";
  answer.head.add("Connection", "close");
  answer.head.add("Allow", allow(methods));
  return answer;
}

bool is_plain(const HttpHead& request) {
  return std::ranges::none_of(request.fields, belongs_to_handshakes) &&
         !request.list_has("Connection", "Upgrade");
}

}  // namespace wsconform
