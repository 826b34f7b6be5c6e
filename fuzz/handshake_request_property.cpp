#include "fuzz/handshake_request_property.h"

#include <algorithm>

#include "core/http_response.h"
#include "core/permessage_deflate.h"
#include "fuzz/cutting.h"
#include "fuzz/http_head_property.h"
#include "fuzz/telling.h"

namespace wsconform {
namespace {

std::optional<HttpHead> stop_at_gate(const HttpHead& request) {
  const auto line = parse_request_line(request.start_line);
  HttpHead response;
  if (line && line->target == "/private") {
    response.start_line = "HTTP/1.1 401 Unauthorized";
    return response;
  }
  if (line && line->target == "/moved") {
    response.start_line = "HTTP/1.1 302 Found";
    response.add("Location", "/");
    return response;
  }
  return std::nullopt;
}

// Told even by a request line that is malformed behind it: the client knows what it asked for.
std::string_view method_of(const HttpHead& request) {
  return std::string_view(request.start_line).substr(0, request.start_line.find(' '));
}

// What the client of this request offered, as it stands in the request's lines.
ClientOffer offer_of(const HttpHead& request) {
  ClientOffer offer;
  offer.key = request.value("Sec-WebSocket-Key").value_or("");
  offer.subprotocols = parse_subprotocols(request.combined("Sec-WebSocket-Protocol").value_or(""))
                           .value_or(std::vector<std::string>{});
  offer.extensions = parse_extensions(request.combined("Sec-WebSocket-Extensions").value_or(""))
                         .value_or(std::vector<Extension>{});
  return offer;
}

std::string text_with(int status, std::string_view what) {
  return "the " + std::to_string(status) + " " + std::string(what);
}

Breach breach_of_telling_refusal(const Telling& told, int status, std::string_view method) {
  if (told.refused != status) return text_with(status, "was not told");
  return breach_of_refusal(text_of(told.output), status, method);
}

// A head that the server has not read to its end: the peer's stream ended, or the head is larger
// than the limit.
Breach breach_of_half_head(const HandshakeRequest& request, const Telling& told) {
  const std::string_view read =
      text_of(request.bytes.first(std::min(request.bytes.size(), request.max_head)));
  if (read.empty()) {
    const bool silent = told.refused == 0 && told.output.empty();
    return silent ? Breach() : "a peer that sent nothing was answered";
  }
  if (read.size() == request.bytes.size()) return breach_of_telling_refusal(told, 400, "GET");
  // RFC 9110 §15.5.15, RFC 6585 §5
  return breach_of_telling_refusal(told, read.contains('\n') ? 431 : 414, "GET");
}

Breach breach_of_outcome(const HandshakeRequest& request, const Telling& told) {
  const std::string_view stream = text_of(request.bytes);
  const auto end = size_of_head(stream);
  if (told.events.empty()) return "neither Opened nor Refused was told";
  if (!end || *end > request.max_head) return breach_of_half_head(request, told);
  const std::string_view head = stream.substr(0, *end);
  if (told.opened) return breach_of_acceptance(head, request.policy, text_of(told.output));
  const HttpHead parsed = parse_head(head);
  const HandshakeAnswer answer = answer_request(parsed, request.policy);
  const auto status = parse_status_line(answer.head.start_line);
  if (answer.accepted || !status) return "a request was refused that answer_request accepts";
  return breach_of_telling_refusal(told, status->code, method_of(parsed));
}

}  // namespace

HandshakeRequest read_handshake_request(ByteView input) {
  HandshakeRequest request;
  const std::uint8_t choices = input.empty() ? 0 : input[0];
  request.max_head = (choices & handshake_short_head) != 0 ? 400 : Limits{}.max_head;
  ServerPolicy& policy = request.policy;
  if ((choices & handshake_subprotocols) != 0) policy.subprotocols = {"chat", "superchat"};
  if ((choices & handshake_origins) != 0) policy.allowed_origins = {"http://localhost"};
  if ((choices & handshake_extensions) != 0) policy.accept_extension = accept_deflate;
  if ((choices & handshake_gate) != 0) policy.gate = stop_at_gate;
  if (input.size() < 2) return request;
  request.cut_choice = input[1];
  request.bytes = input.subspan(2);
  return request;
}

ConnectionOptions server_for(const HandshakeRequest& request) {
  ConnectionOptions options;
  options.policy = request.policy;
  options.limits.max_head = request.max_head;
  options.deadlines = {Duration::zero(), Duration::zero(), Duration::zero(), Duration::zero()};
  return options;
}

Breach breach_of_refusal(std::string_view output, int status, std::string_view method) {
  const auto end = size_of_head(output);
  if (!end) return text_with(status, "has no end of its head");
  const HttpHead head = parse_head(output.substr(0, *end));
  const auto line = parse_status_line(head.start_line);
  if (!line || line->code != status) return text_with(status, "has another status");
  if (status < 300 || status > 599) return text_with(status, "is no refusal");
  if (!head.anomalies.empty()) return text_with(status, "is malformed");
  if (!head.list_has("Connection", "close")) return text_with(status, "keeps the connection");
  HttpBodyReader body(head, SIZE_MAX, method);
  const std::string_view rest = output.substr(*end);
  if (body.feed(bytes_of(rest)) != rest.size()) return text_with(status, "has something behind it");
  if (!body.complete()) return text_with(status, "has no end of its body");
  return std::nullopt;
}

Breach breach_of_acceptance(std::string_view head, const ServerPolicy& policy,
                            std::string_view output) {
  const HttpHead request = parse_head(head);
  for (const HandshakeFault fault : judge_request(request)) {
    return "a request was accepted in spite of " + std::string(rule_of(fault).name);
  }
  const HttpHead response = parse_head(output.substr(0, size_of_head(output).value_or(0)));
  for (const HandshakeFault fault : judge_response(response, offer_of(request))) {
    return "the 101 breaks " + std::string(rule_of(fault).name);
  }
  const auto subprotocol = response.value("Sec-WebSocket-Protocol");
  if (subprotocol && std::ranges::count(policy.subprotocols, *subprotocol) == 0) {
    return "the 101 names a subprotocol that the server does not support";
  }
  if (!answer_request(request, policy).accepted) return "a request was opened against the policy";
  return std::nullopt;
}

Breach breach_of_server(const HandshakeRequest& request, const ConnectionOptions& server) {
  const Telling whole = hear(server, {request.bytes});
  if (const auto breach = breach_of_outcome(request, whole)) return breach;
  const auto pieces = cut(request.bytes, request.cut_choice);
  const Telling in_pieces = hear(server, pieces);
  if (const auto other = difference(whole, in_pieces)) return "when cut " + *other;
  if (const auto other = difference(whole, hear_one_at_a_time(server, pieces))) {
    return "one at a time " + *other;
  }
  return breach_of_memory(std::max(whole.held, in_pieces.held), request.bytes.size());
}

Breach breach_of_handshake_request(ByteView input) {
  const HandshakeRequest request = read_handshake_request(input);
  return breach_of_server(request, server_for(request));
}

}  // namespace wsconform
