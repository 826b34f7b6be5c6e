#include "core/opening.h"

#include <cassert>
#include <utility>

namespace wsconform {
namespace {

int status_of(const HttpHead& response) {
  const auto line = parse_status_line(response.start_line);
  return line ? line->code : 0;
}

Opening::Outcome refusal_by_server(const HandshakeAnswer& answer) {
  const std::string reason =
      answer.faults.empty() ? answer.body : std::string(rule_of(answer.faults.front()).says);
  Bytes output = to_bytes(write_head(answer.head));
  append(output, answer.body);
  return {Opening::Refusal{status_of(answer.head), reason}, std::move(output)};
}

std::vector<Extension> extensions_of(const HttpHead& head) {
  const auto field = head.combined("Sec-WebSocket-Extensions");
  return parse_extensions(field.value_or("")).value_or(std::vector<Extension>{});
}

Opening::Outcome refusal_by_client(int status, std::string_view reason) {
  return {Opening::Refusal{status, std::string(reason)}, {}};
}

}  // namespace

Opening::Opening(ServerPolicy policy, std::size_t max_head)
    : role_(Role::server), policy_(std::move(policy)), reader_(max_head) {}

Opening::Opening(std::string request, ClientOffer offer, std::size_t max_head)
    : role_(Role::client),
      request_(std::move(request)),
      offer_(std::move(offer)),
      reader_(max_head) {}

std::optional<Opening::Outcome> Opening::next(std::span<std::uint8_t>& input) {
  assert(!reader_.complete() && !reader_.too_large());
  input = input.subspan(reader_.feed(input));
  if (reader_.too_large()) return head_too_large();
  if (!reader_.complete()) return std::nullopt;
  return role_ == Role::server ? answer() : judge();
}

Opening::Outcome Opening::answer() const {
  HttpHead request = parse_head(reader_.text());
  HandshakeAnswer answer = answer_request(request, policy_);
  if (!answer.accepted) return refusal_by_server(answer);
  Bytes output = to_bytes(write_head(answer.head));
  const auto deflate = deflate_agreement(answer.extensions, extensions_of(request));
  return {
      Handshake{std::move(request), std::move(answer.head), std::move(answer.subprotocol), deflate},
      std::move(output)};
}

Opening::Outcome Opening::judge() const {
  HttpHead response = parse_head(reader_.text());
  const auto faults = judge_response(response, offer_);
  if (!faults.empty()) return refusal_by_client(status_of(response), rule_of(faults.front()).says);
  std::string subprotocol(response.value("Sec-WebSocket-Protocol").value_or(""));
  const auto deflate = deflate_agreement(extensions_of(response), offer_.extensions);
  return {Handshake{parse_head(request_), std::move(response), std::move(subprotocol), deflate},
          {}};
}

Opening::Outcome Opening::head_too_large() const {
  const bool in_first_line = reader_.text().find('\n') == std::string::npos;
  const auto fault =
      in_first_line ? HandshakeFault::request_line_too_long : HandshakeFault::head_too_large;
  if (role_ == Role::server) return refusal_by_server(refuse(fault));
  return refusal_by_client(0, "The head of the response was larger than the client accepts.");
}

Opening::Outcome Opening::time_out() const {
  Outcome outcome = refusal_by_client(0, "The opening handshake was not completed in time.");
  if (role_ == Role::server) {
    std::get<Refusal>(outcome.end).status = 408;
    outcome.output =
        to_bytes("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  }
  return outcome;
}

Opening::Outcome Opening::cut_off() const {
  Outcome outcome =
      refusal_by_client(0, "The stream ended before the opening handshake was complete.");
  if (role_ == Role::server && !reader_.text().empty()) {
    std::get<Refusal>(outcome.end).status = 400;
    outcome.output =
        to_bytes("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  }
  return outcome;
}

}  // namespace wsconform
