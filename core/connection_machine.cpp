#include "core/connection_machine.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "core/close_code.h"
#include "core/close_payload.h"

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

std::unique_ptr<ConnectionMachine::CloseCode> close_code_of(ConnectionOptions& options) {
  if (!options.close_code) return nullptr;
  return std::make_unique<ConnectionMachine::CloseCode>(std::move(options.close_code));
}

std::array<std::uint8_t, 4> payload_of_beat(std::uint32_t number) {
  return {static_cast<std::uint8_t>(number >> 24), static_cast<std::uint8_t>(number >> 16),
          static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

}  // namespace

template <typename Told>
void ConnectionMachine::tell(const Told& told_now) {
  constexpr std::size_t usual = 4;  // the end is told by two or three
  if (events.capacity() == 0) events.reserve(usual);
  events.emplace_back(std::in_place_type<Told>, told_now);
}

ConnectionMachine::ConnectionMachine(ConnectionOptions&& options, Instant now)
    : rules({options.role, options.limits.max_frame, options.limits.max_message,
             options.limits.max_fragments, options.tolerated}),
      close_code(close_code_of(options)),
      answer_pings(options.answer_pings),
      clock(options.deadlines, now),
      opening(opening_for(options)),
      writer(options.role, std::move(options.next_masking_key)),
      control_rate(options.limits.max_controls_per_second, now) {
  if (!opening) {
    open(options.deflate);
  } else if (rules.receiver == Role::client) {
    output = to_bytes(options.request);
  }
}

FrameReceiver& ConnectionMachine::receiver() {
  if (!frame_receiver) frame_receiver = std::make_unique<FrameReceiver>(rules);
  return *frame_receiver;
}

State ConnectionMachine::state() const {
  return phases[static_cast<std::size_t>(phase)].state;
}

void ConnectionMachine::enter(Phase next) {
  phase = next;
  clock.wait_for(phases[static_cast<std::size_t>(phase)].wait);
}

const Received* ConnectionMachine::receive(std::span<std::uint8_t>& bytes, Until until) {
  assert(!writer.under_way());
  release();
  if (!bytes.empty()) clock.received();
  if (phase == Phase::connecting)
    if (auto outcome = opening->next(bytes)) conclude(std::move(*outcome));
  while (takes_frames()) {
    if (until == Until::an_event && told < events.size()) return nullptr;
    if (bytes.empty()) return nullptr;
    const Received* received = receiver().next(bytes);
    if (!received) return nullptr;
    if (until == Until::an_event && received->kind == Received::Kind::message) return received;
    handle(*received);
  }
  bytes = {};
  return nullptr;
}

// Nothing views what was told before.
void ConnectionMachine::release() {
  if (frame_receiver) frame_receiver->release();
  opened.reset();
}

void ConnectionMachine::receive_end() {
  release();
  writer.drop_message();
  if (phase == Phase::connecting) {
    conclude(opening->cut_off());
  } else if (takes_frames()) {
    lose(!frame_receiver || frame_receiver->at_boundary() ? "The stream ended without a Close."
                                                          : "The stream ended inside a frame.");
  } else if (phase == Phase::ending) {
    close_now();
  }
}

void ConnectionMachine::tick(Instant now) {
  switch (clock.tick(now)) {
    case Wait::handshake:
      return conclude(opening->time_out());
    case Wait::idle:
      return send_beat();
    case Wait::pong:
      return fail(std::nullopt, close_internal_error, "Nothing came in time after a Ping.");
    case Wait::close:
      return phase == Phase::ending ? close_now() : lose("The peer's Close did not come in time.");
    case Wait::nothing:
      return;
  }
}

void ConnectionMachine::open(const std::optional<DeflateAgreement>& deflate) {
  if (deflate) {
    deflates = true;
    receiver().inflate_with(deflate->sent_by(peer_of(rules.receiver)));
    writer.deflate_with(deflate->sent_by(rules.receiver));
  }
  enter(Phase::open);
}

void ConnectionMachine::conclude(Opening::Outcome outcome) {
  opening.reset();
  append(output, ByteView(outcome.output));
  opened = std::make_unique<Opening::Outcome>(std::move(outcome));
  if (const auto* handshake = std::get_if<Handshake>(&opened->end)) {
    open(handshake->deflate);
    tell(Opened{handshake});
  } else {
    const auto& refusal = std::get<Opening::Refusal>(opened->end);
    tell(Refused{refusal.status, refusal.reason});
    enter(Phase::closed);
  }
}

void ConnectionMachine::handle(const Received& received) {
  if (received.kind == Received::Kind::violation) return fail(received.violation);
  if (received.kind == Received::Kind::control)
    return handle_control(received.opcode, received.payload);
  tell(MessageReceived{received.opcode, received.payload});
}

void ConnectionMachine::handle_control(Opcode opcode, ByteView payload) {
  if (opcode == Opcode::close) return handle_close(payload);
  if (!control_rate.allows_one_more(clock.now()) && enforced(Violation::control_flood))
    return fail(Violation::control_flood);
  if (opcode == Opcode::pong) {
    measure(payload);
    tell(PongReceived{payload});
  } else if (opcode == Opcode::ping) {
    tell(PingReceived{payload});
    // §5.5.2: a Ping is answered until the peer's Close came, so also while ours is on its way.
    if (answer_pings) send_frame(Opcode::pong, payload);
  }
}

void ConnectionMachine::handle_close(ByteView payload) {
  if (const auto violation = check_close_payload(payload, peer_of(rules.receiver), rules.tolerated))
    return fail(*violation);
  const ClosePayload close = decode_close_payload(payload);
  tell(CloseReceived{close.code, close.reason});
  if (phase == Phase::open) send_close(code_of_answer(close.code, rules.receiver), {});  // §5.5.1
  end_with({true, close.code.value_or(close_no_status_received)});
}

void ConnectionMachine::fail(Violation violation) {
  const Rule& rule = rule_of(violation);
  fail(violation, close_code ? (*close_code)(violation) : rule.close_code, rule.says);
}

// §7.1.7: a Close unless ours was sent before, then the end; the server ends TCP first (§7.1.1).
void ConnectionMachine::fail(std::optional<Violation> violation, std::uint16_t code,
                             std::string_view reason) {
  const bool tells = phase == Phase::open;
  if (tells) send_close(code, reason);
  tell(Failed{violation, tells ? code : std::uint16_t{0}, reason});
  end_with({false, close_abnormal});
}

// The peer is gone or does not answer: nothing further is sent.
void ConnectionMachine::lose(std::string_view reason) {
  tell(Failed{std::nullopt, 0, reason});
  close_now();
}

// A Ping with a payload of its own, so that its Pong is told from others.
void ConnectionMachine::send_beat() {
  ++beats;
  beaten = clock.now();
  send_frame(Opcode::ping, payload_of_beat(beats));
}

void ConnectionMachine::measure(ByteView pong) {
  if (!beaten || !std::ranges::equal(pong, payload_of_beat(beats))) return;
  round_trip = clock.now() - *std::exchange(beaten, std::nullopt);
}

void ConnectionMachine::end_with(Closed how) {
  end = how;
  if (rules.receiver == Role::server) return close_now();
  enter(Phase::ending);
}

void ConnectionMachine::close_now() {
  enter(Phase::closed);
  tell(end);
}

void ConnectionMachine::send_close(std::uint16_t code, std::string_view reason) {
  writer.write_close(code, reason, output);
  enter(Phase::close_sent);
}

void ConnectionMachine::rest() {
  if (writer.under_way()) return;
  opened.reset();
  if (frame_receiver) frame_receiver->rest();
  const bool is_over = !takes_frames();
  is_over ? writer.forget() : writer.rest();
  if (is_over || (!deflates && frame_receiver && frame_receiver->between_messages()))
    frame_receiver.reset();
  if (told < events.size()) return;
  told = 0;
  std::vector<Event>().swap(events);
}

}  // namespace wsconform
