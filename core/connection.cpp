#include "core/connection.h"

#include <array>
#include <cassert>
#include <utility>

#include "core/close_code.h"
#include "core/close_payload.h"
#include "core/frame_receiver.h"
#include "core/frame_writer.h"
#include "core/opening.h"
#include "core/rate_limit.h"

namespace wsconform {
namespace {

using Wait = DeadlineClock::Wait;

struct PhaseRow {                   // of each phase, in their order
  State state = State::connecting;  // the API's name for it
  Wait wait = Wait::nothing;
};
constexpr auto phases = std::to_array<PhaseRow>({{State::connecting, Wait::handshake},
                                                 {State::open, Wait::idle},
                                                 {State::closing, Wait::close},
                                                 {State::closing, Wait::close},
                                                 {State::closed, Wait::nothing}});

std::unique_ptr<Opening> opening_for(ConnectionOptions& options) {
  if (options.skip_handshake) return nullptr;
  if (options.role == Role::server)
    return std::make_unique<Opening>(std::move(options.policy), options.limits.max_head);
  return std::make_unique<Opening>(options.request, std::move(options.offer),
                                   options.limits.max_head);
}

}  // namespace

struct Connection::Machine {
  enum class Phase {
    connecting,
    open,
    close_sent,  // our Close went out, the peer's is awaited
    ending,      // a client that awaits the server's end of TCP; input is discarded
    closed,
  };

  Machine(ConnectionOptions options, Instant now);

  enum class Until { all_taken, an_event };
  void receive(std::span<std::uint8_t>& bytes, Until until);
  void receive_end();
  void tick(Instant now);
  void send_frame(Opcode opcode, ByteView payload) { writer.write(opcode, payload, output); }
  void send_close(std::uint16_t code, std::string_view reason);

  const PhaseRow& row() const { return phases[static_cast<std::size_t>(phase)]; }
  void enter(Phase next);
  bool enforced(Violation rule) const { return !tolerated[static_cast<std::size_t>(rule)]; }
  bool takes_frames() const { return phase == Phase::open || phase == Phase::close_sent; }
  void open(const std::optional<DeflateAgreement>& deflate);
  void conclude(Opening::Outcome outcome);
  void handle(const Received& received);
  void handle_control(Opcode opcode, ByteView payload);
  void handle_close(ByteView payload);
  void fail(Violation violation);
  void fail(std::optional<Violation> violation, std::uint16_t code, std::string_view reason);
  void lose(std::string_view reason);
  void end_with(Closed how);
  void close_now();

  Role role = Role::server;
  bool answer_pings = true;
  ViolationSet tolerated;
  std::function<std::uint16_t(Violation)> close_code;

  Phase phase = Phase::connecting;
  DeadlineClock clock;
  std::unique_ptr<Opening> opening;
  FrameReceiver receiver;
  FrameWriter writer;
  Closed end = {false, close_abnormal};  // told once TCP is to end
  RateLimit control_rate;
  std::vector<Event> events;
  Bytes output;
};

Connection::Machine::Machine(ConnectionOptions options, Instant now)
    : role(options.role),
      answer_pings(options.answer_pings),
      tolerated(options.tolerated),
      close_code(std::move(options.close_code)),
      clock(options.deadlines, now),
      opening(opening_for(options)),
      receiver({role, options.limits.max_frame, options.limits.max_message,
                options.limits.max_fragments, tolerated}),
      writer(role, std::move(options.next_masking_key)),
      control_rate(options.limits.max_controls_per_second, now) {
  if (!opening) {
    open(options.deflate);
  } else if (role == Role::client) {
    output = to_bytes(options.request);
  }
}

void Connection::Machine::enter(Phase next) {
  phase = next;
  clock.wait_for(row().wait);
}

void Connection::Machine::receive(std::span<std::uint8_t>& bytes, Until until) {
  receiver.release();
  if (!bytes.empty()) clock.received();
  if (phase == Phase::connecting)
    if (auto outcome = opening->next(bytes)) conclude(std::move(*outcome));
  while (takes_frames()) {
    if (until == Until::an_event && !events.empty()) return;
    const Received* received = receiver.next(bytes);
    if (!received) return;
    handle(*received);
  }
  bytes = {};
}

void Connection::Machine::receive_end() {
  receiver.release();
  if (phase == Phase::connecting) {
    conclude(opening->cut_off());
  } else if (takes_frames()) {
    lose(receiver.at_boundary() ? "The stream ended without a Close."
                                : "The stream ended inside a frame.");
  } else if (phase == Phase::ending) {
    close_now();
  }
}

void Connection::Machine::tick(Instant now) {
  switch (clock.tick(now)) {
    case Wait::handshake:
      return conclude(opening->time_out());
    case Wait::idle:
      return send_frame(Opcode::ping, {});
    case Wait::pong:
      return fail(std::nullopt, close_internal_error, "Nothing came in time after a Ping.");
    case Wait::close:
      return phase == Phase::ending ? close_now() : lose("The peer's Close did not come in time.");
    case Wait::nothing:
      return;
  }
}

void Connection::Machine::open(const std::optional<DeflateAgreement>& deflate) {
  if (deflate) {
    receiver.inflate_with(deflate->sent_by(peer_of(role)));
    writer.deflate_with(deflate->sent_by(role));
  }
  enter(Phase::open);
}

void Connection::Machine::conclude(Opening::Outcome outcome) {
  opening.reset();
  append(output, ByteView(outcome.output));
  if (auto* opened = std::get_if<Opened>(&outcome.event)) {
    open(opened->deflate);
    events.push_back(std::move(*opened));
  } else {
    events.push_back(std::get<Refused>(std::move(outcome.event)));
    enter(Phase::closed);
  }
}

void Connection::Machine::handle(const Received& received) {
  if (received.kind == Received::Kind::violation) return fail(received.violation);
  if (received.kind == Received::Kind::control)
    return handle_control(received.opcode, received.payload);
  events.push_back(MessageReceived{received.opcode, received.payload});
}

void Connection::Machine::handle_control(Opcode opcode, ByteView payload) {
  if (opcode == Opcode::close) return handle_close(payload);
  if (!control_rate.allows_one_more(clock.now()) && enforced(Violation::control_flood))
    return fail(Violation::control_flood);
  if (opcode == Opcode::pong) {
    events.push_back(PongReceived{payload});
  } else if (opcode == Opcode::ping) {
    events.push_back(PingReceived{payload});
    // §5.5.2: a Ping is answered until the peer's Close came, so also while ours is on its way.
    if (answer_pings) send_frame(Opcode::pong, payload);
  }
}

void Connection::Machine::handle_close(ByteView payload) {
  if (const auto violation = check_close_payload(payload, peer_of(role), tolerated))
    return fail(*violation);
  const ClosePayload close = decode_close_payload(payload);
  events.push_back(CloseReceived{close.code, std::string(close.reason)});
  if (phase == Phase::open) send_close(code_of_answer(close.code, role), {});  // §5.5.1
  end_with({true, close.code.value_or(close_no_status_received)});
}

void Connection::Machine::fail(Violation violation) {
  const Rule& rule = rule_of(violation);
  fail(violation, close_code ? close_code(violation) : rule.close_code, rule.says);
}

// §7.1.7: a Close unless ours was sent before, then the end; the server ends TCP first (§7.1.1).
void Connection::Machine::fail(std::optional<Violation> violation, std::uint16_t code,
                               std::string_view reason) {
  const bool tells = phase == Phase::open;
  if (tells) send_close(code, reason);
  events.push_back(Failed{violation, tells ? code : std::uint16_t{0}, std::string(reason)});
  end_with({false, close_abnormal});
}

// The peer is gone or does not answer: nothing further is sent.
void Connection::Machine::lose(std::string_view reason) {
  events.push_back(Failed{std::nullopt, 0, std::string(reason)});
  close_now();
}

void Connection::Machine::end_with(Closed how) {
  end = how;
  if (role == Role::server) return close_now();
  enter(Phase::ending);
}

void Connection::Machine::close_now() {
  enter(Phase::closed);
  events.push_back(end);
}

void Connection::Machine::send_close(std::uint16_t code, std::string_view reason) {
  writer.write_close(code, reason, output);
  enter(Phase::close_sent);
}

Connection::Connection(ConnectionOptions options, Instant now)
    : machine_(std::make_unique<Machine>(std::move(options), now)) {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

void Connection::receive(std::span<std::uint8_t> bytes) {
  machine_->receive(bytes, Machine::Until::all_taken);
}

std::optional<Event> Connection::receive_next(std::span<std::uint8_t>& bytes) {
  if (machine_->events.empty()) machine_->receive(bytes, Machine::Until::an_event);
  if (machine_->events.empty()) return std::nullopt;
  Event event = std::move(machine_->events.front());
  machine_->events.erase(machine_->events.begin());
  return event;
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
  if (state() == State::open) machine_->writer.write_message(opcode, payload, machine_->output);
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

std::vector<Event> Connection::take_events() {
  return std::exchange(machine_->events, {});
}

Bytes Connection::take_output() {
  return std::exchange(machine_->output, {});
}

bool Connection::wants_close() const {
  return state() == State::closed;
}

State Connection::state() const {
  return machine_->row().state;
}

}  // namespace wsconform
