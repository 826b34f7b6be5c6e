#include "server-under-test/site/front.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/handshake.h"
#include "server-under-test/site/normal_path.h"

namespace wsconform {
namespace {

// What is wrong with a request though it asks for no WebSocket (RFC 9112 §2.2, §3.2). Of HTTP/1.0,
// which needs no Host, what does not matter here is let pass.
std::optional<HandshakeFault> fault_of(const HttpHead& request) {
  using enum HandshakeFault;
  const bool old = request.start_line.ends_with(" HTTP/1.0");
  for (const HandshakeFault fault : judge_request(request)) {
    switch (fault) {
      case method_not_get:
      case body_announced:
      case upgrade_missing:
      case connection_missing_upgrade:
      case key_missing:
      case version_missing:
        continue;
      case http_version_below_1_1:
      case host_missing:
        if (old) continue;
        return fault;
      case target_malformed:
        if (request.start_line.starts_with("OPTIONS * ")) continue;
        return fault;
      default:
        return fault;
    }
  }
  return std::nullopt;
}

// nullopt: not one number (RFC 9112 §6.3).
std::optional<std::size_t> body_size_of(const HttpHead& request) {
  const auto value = request.value("Content-Length");
  if (!value) return 0;
  std::size_t size = 0;
  const auto [end, failed] = std::from_chars(value->data(), value->data() + value->size(), size);
  const bool number = failed == std::errc() && end == value->data() + value->size();
  if (!number || request.count("Content-Length") > 1) return std::nullopt;
  return size;
}

}  // namespace

Front::Turn Front::receive(ByteView bytes) {
  if (!in_body()) append(received_, bytes);
  if (checking_) return Turn::check;
  if (!request_) {
    bytes = bytes.subspan(head_.feed(bytes));
    if (head_.too_large()) return Turn::handshake;
    if (!head_.complete()) return Turn::more;
    if (const Turn turn = begin(); turn != Turn::more) return turn;
  }
  std::string& body = request_->body;
  body += text_of(bytes.first(std::min(bytes.size(), body_size_ - body.size())));
  return body.size() < body_size_ ? Turn::more : begin_check();
}

Front::Turn Front::begin() {
  request_.emplace(
      PlainRequest{.head = parse_head(head_.text()), .client = options_.visit->client});
  options_.visit->request = std::make_unique<RequestRecord>(record_of(request_->head));
  is_handshake_ = !is_plain(request_->head);
  if (!is_handshake_) return begin_plain();
  // What breaks a rule of RFC 6455 is a Connection's to refuse.
  return judge_request(request_->head).empty() ? begin_check() : Turn::handshake;
}

Front::Turn Front::begin_check() {
  auto begun = options_.site->begin_check(request_->head, request_->body, request_->client);
  if (!begun) return finish();
  if (auto* refused = std::get_if<HttpAnswer>(&*begun)) return conclude(std::move(*refused));
  check_ = std::get<PasswordCheck>(std::move(*begun));
  checking_ = true;
  return Turn::check;
}

Front::Turn Front::checked(bool right) {
  assert(checking_);
  checking_ = false;
  if (right) {
    options_.site->check_succeeded(request_->client);
    options_.visit->user = check_->user();
  }
  return finish();
}

void Front::cut_off(int status, std::string_view reason) {
  assert(in_body());
  write(refusal_with(status, reason));
}

Front::Turn Front::begin_plain() {
  received_.clear();
  if (const auto fault = fault_of(request_->head)) {
    HandshakeAnswer refusal = refuse(*fault);
    return conclude(
        {std::move(refusal.head), std::move(refusal.body), std::string(rule_of(*fault).says)});
  }
  const auto line = parse_request_line(request_->head.start_line);
  request_->method = line->method;
  // RFC 9110 §9.3.7: an OPTIONS of the server as a whole.
  request_->target = line->target == "*" ? "/" : line->target;
  const auto path = normal_path(request_->target);
  if (!path) return conclude(refusal_with(400, "The path cannot be read."));
  request_->path = *path;
  if (request_->head.count("Transfer-Encoding") > 0)
    return conclude(refusal_with(411, "A body is taken with Content-Length only."));
  const auto size = body_size_of(request_->head);
  if (!size) return conclude(refusal_with(400, "Content-Length is not one number."));
  if (*size > max_plain_body) return conclude(refusal_with(413, "The body is too large."));
  if (*size > 0 && request_->head.count("Expect") > 0)
    return conclude(refusal_with(417, "The body is to come without being asked for."));
  body_size_ = *size;
  return Turn::more;
}

Front::Turn Front::finish() {
  if (is_handshake_) return finish_handshake();
  request_->user = options_.visit->user;
  return conclude(options_.site->answer(*request_));
}

Front::Turn Front::finish_handshake() {
  if (options_.refuses)
    if (auto refusal = options_.refuses(request_->head)) return conclude(std::move(*refusal));
  if (auto refusal = options_.site->refusal_of(request_->head, *options_.visit))
    return conclude(std::move(*refusal));
  if (options_.takes_place)
    if (const auto none = options_.takes_place()) return conclude(refusal_with(503, *none));
  return Turn::handshake;
}

Front::Turn Front::conclude(HttpAnswer answer) {
  write(std::move(answer));
  return Turn::answered;
}

void Front::write(HttpAnswer answer) {
  options_.site->complete(answer.head);
  RequestRecord& record = *options_.visit->request;
  record.status = parse_status_line(answer.head.start_line)->code;
  record.reason = std::move(answer.reason);
  answer_ = to_bytes(write_head(answer.head));
  // RFC 9110 §9.3.2: a response to HEAD has the fields of one to GET, and no content.
  if (!request_->head.start_line.starts_with("HEAD ")) append(answer_, answer.body);
}

}  // namespace wsconform
