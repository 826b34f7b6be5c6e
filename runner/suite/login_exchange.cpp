#include "runner/suite/login_exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/ascii.h"
#include "core/visible_text.h"

namespace wsconform {
namespace {

constexpr std::size_t most_of_a_body = 64 * 1024;

// What the profile says wins.
std::string request_of(const Login& login, const TargetUrl& target) {
  HttpHead head{.start_line = fmt::format("{} {} HTTP/1.1", login.method, login.path)};
  head.fields = login.headers;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (head.count(name) == 0) head.add(std::string(name), std::string(value));
  };
  add("Host", target.authority());
  add("Connection", "close");
  if (!login.body.empty()) add("Content-Type", "application/x-www-form-urlencoded");
  add("Content-Length", std::to_string(login.body.size()));
  return write_head(head) + login.body;
}

// "name=value; Path=/" (RFC 6265 §5.2). Of several the last, as a browser keeps it.
std::optional<std::string> cookie_in(const HttpHead& head, const std::string& name) {
  std::optional<std::string> found;
  for (const FieldLine& line : head.fields) {
    if (!equals_ignoring_case(line.name, "Set-Cookie")) continue;
    const std::string_view pair = std::string_view(line.value).substr(0, line.value.find(';'));
    const std::size_t equals = pair.find('=');
    if (equals != pair.npos && trim(pair.substr(0, equals)) == name)
      found = trim(pair.substr(equals + 1));
  }
  return found;
}

std::optional<std::string> field_in(const HttpHead& head, const std::string& name) {
  const auto value = head.value(name);
  return value ? std::optional(std::string(*value)) : std::nullopt;
}

std::optional<std::string> text_in(const std::string& body, const std::string& pointer) try {
  const auto json = nlohmann::json::parse(body);
  return json.at(nlohmann::json::json_pointer(pointer)).get<std::string>();
} catch (const nlohmann::json::exception&) {
  return std::nullopt;
}

// "no cookie id", of what was looked for and is not there.
std::string nothing_of(const Login& login) {
  switch (login.place) {
    case Login::Place::set_cookie:
      return "sets no cookie " + login.name;
    case Login::Place::field:
      return "has no field " + login.name;
    case Login::Place::json:
      break;
  }
  return "holds no text at " + login.name + " of its JSON";
}

}  // namespace

LoginExchange::LoginExchange(Login login, const TargetUrl& target)
    : login_(std::move(login)), request_(request_of(login_, target)) {}

std::optional<LoginExchange::Found> LoginExchange::feed(ByteView bytes) {
  if (!body_) {
    bytes = bytes.subspan(head_reader_.feed(bytes));
    if (head_reader_.too_large()) return std::unexpected("the head of the answer has no end");
    if (!head_reader_.complete()) return std::nullopt;
    head_ = parse_head(head_reader_.text());
    body_.emplace(head_, most_of_a_body, login_.method);
  }
  body_->feed(bytes);
  if (body_->size() > most_of_a_body) return std::unexpected("the answer is larger than 64 KiB");
  if (!body_->complete() && !body_->malformed()) return std::nullopt;
  return find();
}

LoginExchange::Found LoginExchange::feed_end() {
  if (!body_) return std::unexpected("the target ended TCP before it answered");
  body_->feed_end();
  return find();
}

LoginExchange::Found LoginExchange::find() const {
  const auto status = parse_status_line(head_.start_line);
  if (!status) {
    return std::unexpected(
        fmt::format("the answer is not HTTP: \"{}\"", visible(head_.start_line.substr(0, 80))));
  }
  // A login may send on (303) as well as answer.
  if (status->code < 200 || status->code > 399)
    return std::unexpected(fmt::format("the answer is \"{}\"", visible(head_.start_line)));
  if (body_->malformed()) return std::unexpected("the answer is cut off or malformed");
  auto found = login_.place == Login::Place::set_cookie ? cookie_in(head_, login_.name)
               : login_.place == Login::Place::field    ? field_in(head_, login_.name)
                                                        : text_in(body_->body(), login_.name);
  if (!found) return std::unexpected("the answer " + nothing_of(login_));
  if (found->empty()) return std::unexpected("what the answer gives is empty");
  if (login_.place == Login::Place::set_cookie && !std::ranges::all_of(*found, is_printable))
    return std::unexpected("the cookie holds a character that no cookie can (RFC 6265 §4.1.1)");
  return *std::move(found);
}

}  // namespace wsconform
