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

Echo::Echo(ConnectionOptions options, Instant now)
    : connection_(as_server(std::move(options)), now) {}

void Echo::receive(std::span<std::uint8_t> bytes) {
  while (const auto event = connection_.receive_next(bytes))
    std::visit(Application{connection_, counters_}, *event);
}

void Echo::receive_end() {
  connection_.receive_end();
  serve();
}

void Echo::tick(Instant now) {
  connection_.tick(now);
  serve();
}

std::optional<Instant> Echo::next_deadline() const {
  return connection_.next_deadline();
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
