#include "fuzz/connection_property.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "core/close_code.h"
#include "core/close_payload.h"
#include "core/permessage_deflate.h"
#include "core/utf8.h"
#include "fuzz/cutting.h"
#include "fuzz/handshake_response_property.h"
#include "fuzz/http_head_property.h"
#include "fuzz/telling.h"

namespace wsconform {
namespace {

constexpr Instant life_begins = Instant(std::chrono::hours(1));
constexpr std::size_t most_of_a_life = 1024 * 1024;  // bytes: both contexts of permessage-deflate
constexpr Duration one_second = std::chrono::seconds(1);

std::string close_line(std::uint16_t code, std::string_view reason) {
  return line_of(Event(CloseReceived{code, beginning_of(reason, 123)}));
}

// Lives through a stream, and holds each event against those before it.
class Life {
 public:
  explicit Life(const ConnectionLife& life)
      : life_(life), connection_(life.options, life_begins), deflate_(life.options.deflate) {
    if (life.options.skip_handshake) phase_ = Phase::open;
  }

  Breach live() {
    for (const ByteView piece : cut(life_.bytes, life_.cut_choice)) {
      Bytes alone(piece.begin(), piece.end());
      connection_.receive(alone);
      observe();
      act(act_behind(life_, piece));
      if (breach_) return breach_;
    }
    connection_.receive_end();
    observe();
    if (!breach_ && phase_ != Phase::over) return "the stream ended, and the end was not told";
    return breach_ ? breach_ : breach_of_output();
  }

  // The events, in their order.
  void operator()(const Opened& event) {
    expect(phase_ == Phase::opening, "Opened came twice or late");
    deflate_ = event.handshake->deflate;
    phase_ = Phase::open;
  }
  void operator()(const Refused&) {
    expect(phase_ == Phase::opening, "Refused came late");
    refused_ = true;
    phase_ = Phase::over;
  }
  void operator()(const MessageReceived&) { expect_open(); }
  void operator()(const PongReceived&) { expect_open(); }
  void operator()(const PingReceived& event) {
    expect_open();
    // Behind our own Close a Pong may still go out, and nobody hears it.
    if (!close_sent_) hear(line_of(Event(PongReceived{event.payload})));
  }
  void operator()(const CloseReceived& event) {
    expect_open();
    phase_ = Phase::ended;
    peer_closed_ = true;
    const std::uint16_t code = code_of_answer(event.code, life_.options.role);
    if (!close_sent_)
      hear_close(code == 0 ? line_of(Event(CloseReceived{})) : close_line(code, ""));
  }
  void operator()(const Failed& event) {
    expect_open();
    phase_ = Phase::ended;
    failed_ = true;
    expect(event.code == 0 || !close_sent_, "a second Close is told");
    if (event.code != 0) hear_close(close_line(event.code, event.reason));
  }
  void operator()(const Closed& event) {
    expect(phase_ == Phase::ended, "Closed came without its reason, or twice");
    expect(event.clean == (peer_closed_ && !failed_), "the end is told clean and was not");
    phase_ = Phase::over;
  }

 private:
  enum class Phase { opening, open, ended, over };

  void expect(bool holds, const char* breach) {
    if (!holds && !breach_) breach_ = breach;
  }

  void observe() {
    for (const Event& event : connection_.take_events()) std::visit(*this, event);
    append(output_, ByteView(connection_.take_output()));
    const State state = connection_.state();
    expect((phase_ == Phase::over) == (state == State::closed), "closed, and the end was not told");
    expect((phase_ == Phase::over) == connection_.wants_close(), "TCP is to end at another time");
    expect((phase_ == Phase::opening) == (state == State::connecting),
           "Opened came at another time");
    expect(connection_.sent() == sent_, "what was sent is counted wrongly");
    expect(connection_.round_trip().value_or(Duration()) >= Duration(),
           "a Pong came before its Ping");
    expect(connection_.held() <= most_of_a_life + 4 * life_.bytes.size(),
           "memory is held for nothing");
    const auto deadline = connection_.next_deadline();
    expect(!deadline || *deadline > now_, "a deadline has passed and was not told");
  }

  void expect_open() {
    expect(phase_ == Phase::open, "an event came before Opened or behind the end");
  }

  void hear(std::string line) { heard_.push_back(std::move(line)); }
  void hear_close(std::string line) {
    hear(std::move(line));
    close_sent_ = true;
  }

  void act(OwnerAct act) {
    static const Bytes some(200, 'b');
    const bool open = connection_.state() == State::open;
    const auto send = [&](const Event& event, auto way) {
      way();
      if (!open) return;
      hear(line_of(event));
      if (const auto* message = std::get_if<MessageReceived>(&event))
        sent_.add(message->payload.size());
    };
    switch (act) {
      case OwnerAct::text:
        send(MessageReceived{Opcode::text, bytes_of("Hello")},
             [&] { connection_.send_message(Opcode::text, bytes_of("Hello")); });
        break;
      case OwnerAct::binary:
        send(MessageReceived{Opcode::binary, some},
             [&] { connection_.send_message(Opcode::binary, some); });
        break;
      case OwnerAct::ping:
        send(PingReceived{bytes_of("p")}, [&] { connection_.send_ping(bytes_of("p")); });
        break;
      case OwnerAct::pong:
        send(PongReceived{}, [&] { connection_.send_pong({}); });
        break;
      case OwnerAct::close:
        connection_.send_close(1000, "bye");
        if (open) hear_close(close_line(1000, "bye"));
        break;
      case OwnerAct::wait:
        pass_to(now_ + one_second);
        break;
      case OwnerAct::wait_for_deadline:
        pass_to(connection_.next_deadline().value_or(now_));
        break;
      case OwnerAct::in_steps:
        send(MessageReceived{Opcode::text, some},
             [&] { connection_.begin_message(Opcode::text, some); });
        send(PingReceived{bytes_of("s")}, [&] { connection_.send_ping(bytes_of("s")); });
        while (!connection_.proceed(1 + some.size() / 3)) {
        }
        break;
      case OwnerAct::rest:
        connection_.rest();
        break;
      case OwnerAct::fail:
        connection_.fail(close_internal_error, "owner");
        break;
      case OwnerAct::nothing:
        break;
    }
    observe();
  }

  // An open connection that is idle sends a Ping (Deadlines::idle).
  void pass_to(Instant then) {
    now_ = std::max(now_, then);
    const bool was_open = connection_.state() == State::open;
    connection_.tick(now_);
    Bytes written = connection_.take_output();
    append(output_, ByteView(written));
    if (was_open && connection_.state() == State::open && !written.empty()) {
      const auto beat = static_cast<std::uint8_t>(++beats_);
      hear(line_of(Event(PingReceived{Bytes{0, 0, static_cast<std::uint8_t>(beats_ >> 8), beat}})));
    }
  }

  // Frames behind the head that opens a connection.
  ByteView frames() const {
    if (life_.options.skip_handshake) return output_;
    return ByteView(output_).subspan(size_of_head(text_of(output_)).value_or(output_.size()));
  }

  Breach breach_of_output() const {
    if (refused_) return std::nullopt;  // what a refusal is: handshake_request_property.h
    const auto lines = lines_of_output(life_.options.role, frames(), {deflate_.has_value(), true});
    if (!lines) return lines.error();
    ConnectionOptions peer;
    peer.role = peer_of(life_.options.role);
    peer.skip_handshake = true;
    peer.deflate = deflate_;
    peer.answer_pings = false;
    peer.next_masking_key = [] { return MaskingKey{}; };
    Connection listener(peer, life_begins);
    Bytes written(frames().begin(), frames().end());
    listener.receive(written);
    std::vector<std::string> told;
    for (const Event& event : listener.take_events()) {
      if (!std::holds_alternative<Closed>(event)) told.push_back(line_of(event));
    }
    if (told != heard_) {
      const auto [one, other] = std::ranges::mismatch(heard_, told);
      const std::string nothing = "nothing";
      return "the other role hears '" + (other == told.end() ? nothing : *other) +
             "' in place of '" + (one == heard_.end() ? nothing : *one) + "'";
    }
    return std::nullopt;
  }

  const ConnectionLife& life_;
  Connection connection_;
  std::optional<DeflateAgreement> deflate_{};
  Instant now_ = life_begins;
  Phase phase_ = Phase::opening;
  bool refused_ = false;
  bool peer_closed_ = false;
  bool failed_ = false;
  bool close_sent_ = false;
  Traffic sent_{};
  unsigned beats_ = 0;  // Pings that a deadline sent: their payload is their number
  Bytes output_{};
  std::vector<std::string> heard_{};  // what an endpoint of the other role is to be told
  Breach breach_{};
};

}  // namespace

ConnectionLife read_connection_life(Role role, ByteView input) {
  ConnectionLife life;
  const std::uint8_t choices = take_choice(input);
  life.cut_choice = take_choice(input);
  life.acts = take_choice(input);
  life.bytes = input;
  const bool subprotocols = (choices & life_subprotocols) != 0;
  const bool deflate = (choices & life_deflate) != 0;
  HandshakeResponse asked;
  asked.max_head = Limits{}.max_head;
  asked.offer.key = offered_key;
  if (subprotocols) asked.offer.subprotocols = {"chat", "superchat"};
  if (deflate) asked.offer.extensions = {{std::string(permessage_deflate), {}}};
  ConnectionOptions& options = life.options;
  options = client_for(asked);
  options.role = role;
  options.policy.subprotocols = asked.offer.subprotocols;
  if (deflate) options.policy.accept_extension = accept_deflate;
  if ((choices & life_narrow) != 0) {
    options.limits.max_head = 400;
    options.limits.max_frame = 64;
    options.limits.max_message = 100;
    options.limits.max_fragments = 4;
    options.limits.max_controls_per_second = 3;
  }
  options.skip_handshake = (choices & life_open) != 0;
  if (options.skip_handshake && deflate) options.deflate.emplace();
  if ((choices & life_deadlines) != 0) {
    options.deadlines = {one_second, one_second, one_second, one_second};
  }
  return life;
}

OwnerAct act_behind(const ConnectionLife& life, ByteView piece) {
  if (life.acts == 0) return OwnerAct::nothing;
  // Most of the time it does nothing that ends the connection.
  constexpr auto acts = std::to_array<OwnerAct>(
      {OwnerAct::text, OwnerAct::binary, OwnerAct::ping, OwnerAct::pong, OwnerAct::close,
       OwnerAct::wait, OwnerAct::wait_for_deadline, OwnerAct::nothing, OwnerAct::in_steps,
       OwnerAct::rest, OwnerAct::fail, OwnerAct::in_steps, OwnerAct::rest, OwnerAct::nothing,
       OwnerAct::rest, OwnerAct::nothing});
  return acts[(piece.front() ^ life.acts) % acts.size()];
}

Breach breach_of_connection(const ConnectionLife& life) {
  return Life(life).live();
}

Breach breach_of_connection_server(ByteView input) {
  return breach_of_connection(read_connection_life(Role::server, input));
}

Breach breach_of_connection_client(ByteView input) {
  return breach_of_connection(read_connection_life(Role::client, input));
}

}  // namespace wsconform
