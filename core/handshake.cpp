#include "core/handshake.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/ascii.h"

namespace wsconform {
namespace {

using enum HandshakeFault;
using Faults = std::vector<HandshakeFault>;

bool is_about_version(HandshakeFault fault) {
  return fault == version_missing || fault == version_repeated || fault == version_unsupported;
}

HandshakeAnswer refuse_for(Faults faults) {
  const HandshakeRule& rule = rule_of(faults.front());
  assert(rule.status != 0);
  HandshakeAnswer answer;
  answer.body = std::string(rule.says) + "\n";
  HttpHead& head = answer.head;
  head.start_line = "HTTP/1.1 " + std::to_string(rule.status) + " ";
  head.start_line += reason_phrase(rule.status);
  // RFC 9110 §15.5.22: a 426 names the protocol required. §7.8: Upgrade is listed by Connection.
  if (rule.status == 426) head.add("Upgrade", "websocket");
  head.add("Connection", rule.status == 426 ? "Upgrade, close" : "close");
  // §4.2.2 step 4, /version/: the versions that the server understands.
  if (rule.status == 426 || std::ranges::any_of(faults, is_about_version)) {
    head.add("Sec-WebSocket-Version", websocket_version);
  }
  // RFC 9110 §15.5.6, §15.5.2.
  if (rule.status == 405) head.add("Allow", "GET");
  if (rule.status == 401) head.add("WWW-Authenticate", "Basic realm=\"websocket\"");
  head.add("Content-Type", "text/plain");
  head.add("Content-Length", std::to_string(answer.body.size()));
  answer.faults = std::move(faults);
  return answer;
}

std::string select_subprotocol(const HttpHead& request, const std::vector<std::string>& supported) {
  const auto offered = parse_subprotocols(request.combined("Sec-WebSocket-Protocol").value_or(""));
  if (!offered) return "";
  const auto selected = std::ranges::find_if(
      *offered, [&](const std::string& one) { return std::ranges::count(supported, one) > 0; });
  return selected == offered->end() ? "" : *selected;
}

std::vector<Extension> accept_extensions(const HttpHead& request, const ServerPolicy& policy) {
  std::vector<Extension> accepted;
  if (!policy.accept_extension) return accepted;
  const auto offered = parse_extensions(request.combined("Sec-WebSocket-Extensions").value_or(""));
  if (!offered) return accepted;
  for (const Extension& offer : *offered) {
    if (std::ranges::count(accepted, offer.name, &Extension::name) > 0) continue;
    if (auto one = policy.accept_extension(offer)) accepted.push_back(std::move(*one));
  }
  return accepted;
}

void enforce(HandshakeFault fault, const ServerPolicy& policy, Faults& faults) {
  if (!policy.tolerated.test(static_cast<std::size_t>(fault))) faults.push_back(fault);
}

Faults find_faults(const HttpHead& request, const ServerPolicy& policy) {
  Faults faults;
  for (const HandshakeFault fault : judge_request(request)) enforce(fault, policy, faults);
  if (!accepts_origin(request, policy.allowed_origins)) enforce(origin_refused, policy, faults);
  return faults;
}

// The gate's own response, made to end the connection and to have an end itself.
std::optional<HandshakeAnswer> ask_gate(const HttpHead& request, const ServerPolicy& policy) {
  if (!policy.gate) return std::nullopt;
  auto head = policy.gate(request);
  if (!head) return std::nullopt;
  HandshakeAnswer answer;
  const auto status = parse_status_line(head->start_line);
  if (status && status->code == 401) enforce(unauthorized, policy, answer.faults);
  if (status && status->code == 401 && answer.faults.empty()) return std::nullopt;
  if (!head->list_has("Connection", "close")) head->add("Connection", "close");
  if (head->count("Content-Length") == 0) head->add("Content-Length", "0");
  answer.head = std::move(*head);
  return answer;
}

// §4.2.2 step 5.
HandshakeAnswer accept(const HttpHead& request, const ServerPolicy& policy) {
  HandshakeAnswer answer;
  answer.accepted = true;
  answer.subprotocol = select_subprotocol(request, policy.subprotocols);
  answer.extensions = accept_extensions(request, policy);
  HttpHead& head = answer.head;
  // 5.1
  head.start_line = "HTTP/1.1 101 Switching Protocols";
  // 5.2
  head.add("Upgrade", "websocket");
  // 5.3
  head.add("Connection", "Upgrade");
  // 5.4
  head.add("Sec-WebSocket-Accept", accept_for(request.value("Sec-WebSocket-Key").value_or("")));
  // 5.5
  if (!answer.subprotocol.empty()) head.add("Sec-WebSocket-Protocol", answer.subprotocol);
  // 5.6
  std::string extensions;
  for (const Extension& extension : answer.extensions) {
    extensions.append(extensions.empty() ? "" : ", ").append(write_extension(extension));
  }
  if (!extensions.empty()) head.add("Sec-WebSocket-Extensions", extensions);
  return answer;
}

}  // namespace

bool accepts_origin(const HttpHead& request, const std::vector<std::string>& allowed) {
  const auto origin = request.combined("Origin");
  if (!origin || allowed.empty()) return true;
  return std::ranges::any_of(
      allowed, [&](const std::string& one) { return equals_ignoring_case(one, *origin); });
}

HandshakeAnswer answer_request(const HttpHead& request, const ServerPolicy& policy) {
  // §4.2.2 1. TLS is done before the first byte of a head.
  // The faults of §4.2.1, and 4. /origin/, /version/.
  Faults faults = find_faults(request, policy);
  if (!faults.empty()) {
    HandshakeAnswer refusal = refuse_for(std::move(faults));
    // RFC 9110 §9.3.2: a response to HEAD has the fields of one to GET, and no content. That it was
    // asked for is known even where the line has nothing else.
    const std::string_view line = request.start_line;
    if (line.substr(0, line.find(' ')) == "HEAD") refusal.body.clear();
    return refusal;
  }
  // 2. and 3. Authentication and redirection.
  if (auto refusal = ask_gate(request, policy)) return std::move(*refusal);
  // 4. /key/, /subprotocol/, /extensions/, and 5.
  return accept(request, policy);
}

HandshakeAnswer refuse(HandshakeFault fault) {
  return refuse_for({fault});
}

}  // namespace wsconform
