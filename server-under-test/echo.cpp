#include "server-under-test/echo.h"

#include <utility>
#include <variant>

#include "core/close_code.h"

namespace wsconform {
namespace {

ConnectionOptions as_server(ConnectionOptions options) {
  options.role = Role::server;
  return options;
}

// One overload an event; what it does not name needs no answer from the application.
struct Application {
  Connection& connection;
  EchoCounters& counters;

  void operator()(const Opened&) const { counters.opened = true; }
  void operator()(const Refused&) const { counters.refused = true; }
  void operator()(const MessageReceived& message) const {
    ++counters.messages;
    counters.message_bytes += message.payload.size();
    connection.send_message(message.opcode, message.payload);
  }
  void operator()(const PingReceived&) const { ++counters.pings; }
  void operator()(const PongReceived&) const { ++counters.pongs; }
  void operator()(const CloseReceived&) const { counters.close_received = true; }
  void operator()(const Failed&) const { counters.failed = true; }
  void operator()(const Closed&) const {}
};

}  // namespace

Echo::Echo(ConnectionOptions options, std::optional<FrontOptions> front, Instant now)
    : completed_by_(std::move(front)),
      front_(completed_by_ ? std::make_unique<Front>(*completed_by_) : nullptr),
      connection_(as_server(std::move(options)), now) {}

void Echo::receive(std::span<std::uint8_t> bytes) {
  if (abandoned_) return;
  if (!front_) return converse(bytes);
  const bool checking = front_->is_checking();
  const Front::Turn turn = front_->receive(bytes);
  if (!checking) follow(turn);
}

void Echo::follow(Front::Turn turn) {
  switch (turn) {
    case Front::Turn::more:
      return;
    case Front::Turn::check:
      check_waits_ = true;
      return;
    case Front::Turn::handshake: {
      Bytes received = front_->take_received();
      front_.reset();
      return converse(received);
    }
    case Front::Turn::answered:
      return leave_front();
  }
}

void Echo::leave_front() {
  answer_ = front_->take_answer();
  front_.reset();
  counters_.refused = abandoned_ = true;
}

std::optional<PasswordCheck> Echo::take_check() {
  if (!std::exchange(check_waits_, false) || !front_) return std::nullopt;
  return front_->check();
}

// The front may have been left meanwhile, for a deadline.
void Echo::checked(bool right) {
  if (front_) follow(front_->checked(right));
}

void Echo::dismiss(std::uint16_t code, std::string_view reason) {
  connection_.send_close(code, reason);
}

bool Echo::cuts_plain_request(int status, std::string_view reason) {
  if (!front_ || !front_->in_body()) return false;
  front_->cut_off(status, reason);
  leave_front();
  return true;
}

void Echo::converse(std::span<std::uint8_t> bytes) {
  while (const auto event = connection_.receive_next(bytes))
    std::visit(Application{connection_, counters_}, *event);
}

void Echo::receive_end() {
  if (front_ && front_->is_checking()) return;
  if (cuts_plain_request(400, "The body ended too early.")) return;
  if (const auto front = std::exchange(front_, nullptr)) {
    Bytes received = front->take_received();
    converse(received);
  }
  connection_.receive_end();
  serve();
}

void Echo::tick(Instant now) {
  connection_.tick(now);
  if (connection_.wants_close() && cuts_plain_request(408, "The body did not come in time."))
    return;
  serve();
}

std::optional<Instant> Echo::next_deadline() const {
  return connection_.next_deadline();
}

Bytes Echo::take_output() {
  if (abandoned_) return std::exchange(answer_, {});
  Bytes output = connection_.take_output();
  if (completed_by_ && !output.empty()) {
    completed_by_->site->complete(output, *completed_by_->visit);
    completed_by_.reset();
  }
  return output;
}

void Echo::shut_down() {
  if (connection_.state() == State::connecting)
    abandoned_ = true;
  else
    connection_.send_close(close_going_away, "the server goes away");
  serve();
}

void Echo::serve() {
  for (const Event& event : connection_.take_events())
    std::visit(Application{connection_, counters_}, event);
}

}  // namespace wsconform
