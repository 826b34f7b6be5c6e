#include "core/connection.h"

#include <cassert>
#include <utility>

#include "core/connection_machine.h"

namespace wsconform {

Connection::Connection(ConnectionOptions options, Instant now)
    : machine_(std::make_unique<ConnectionMachine>(std::move(options), now)) {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

void Connection::receive(std::span<std::uint8_t> bytes) {
  machine_->receive(bytes, ConnectionMachine::Until::all_taken);
}

std::optional<Event> Connection::receive_next(std::span<std::uint8_t>& bytes) {
  ConnectionMachine& machine = *machine_;
  if (machine.told == machine.events.size()) {
    machine.told = 0;
    machine.events.clear();
    const Received* const message = machine.receive(bytes, ConnectionMachine::Until::an_event);
    if (message) return MessageReceived{message->opcode, message->payload};
    if (machine.events.empty()) return std::nullopt;
  }
  return machine.events[machine.told++];
}

void Connection::receive_end() {
  machine_->receive_end();
}

void Connection::tick(Instant now) {
  machine_->tick(now);
}

std::optional<Instant> Connection::next_deadline() const {
  return machine_->clock.next();
}

void Connection::send_message(Opcode opcode, ByteView payload) {
  assert(!is_control(opcode));
  if (state() != State::open) return;
  machine_->sent.add(payload.size());
  machine_->writer.write_message(opcode, payload, machine_->output);
}

void Connection::begin_message(Opcode opcode, ByteView payload) {
  assert(!is_control(opcode));
  if (state() != State::open) return;
  machine_->sent.add(payload.size());
  machine_->writer.begin_message(opcode, payload);
}

bool Connection::proceed(std::size_t most) {
  return machine_->writer.proceed(most, machine_->output);
}

void Connection::send_ping(ByteView payload) {
  if (state() == State::open) machine_->send_frame(Opcode::ping, payload);
}

void Connection::send_pong(ByteView payload) {
  if (state() == State::open) machine_->send_frame(Opcode::pong, payload);
}

void Connection::send_close(std::uint16_t code, std::string_view reason) {
  if (state() == State::open) machine_->send_close(code, reason);
}

void Connection::fail(std::uint16_t code, std::string_view reason) {
  if (machine_->takes_frames()) machine_->fail(std::nullopt, code, reason);
}

std::vector<Event> Connection::take_events() {
  std::vector<Event> events;
  take_events(events);
  return events;
}

void Connection::take_events(std::vector<Event>& events) {
  events.clear();
  if (machine_->events.empty()) return;
  events.swap(machine_->events);
  const std::uint32_t told = std::exchange(machine_->told, 0);
  if (told > 0) events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(told));
}

Bytes Connection::take_output() {
  return std::exchange(machine_->output, {});
}

void Connection::take_output(Bytes& out) {
  Bytes& output = machine_->output;
  if (output.empty()) return;
  append(out, ByteView(output));
  output.clear();
}

bool Connection::wants_close() const {
  return state() == State::closed;
}

State Connection::state() const {
  return machine_->state();
}

void Connection::rest() {
  machine_->rest();
}

std::size_t Connection::held() const {
  const auto& receiver = machine_->frame_receiver;
  return (receiver ? receiver->held() : 0) + machine_->writer.held() + machine_->output.capacity();
}

const Traffic& Connection::sent() const {
  return machine_->sent;
}

std::optional<Duration> Connection::round_trip() const {
  return machine_->round_trip;
}

}  // namespace wsconform
