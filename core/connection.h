// A WebSocket endpoint without sockets, clock or randomness of its own (RFC 6455): bytes and
// instants in, events and bytes out. The same class is server and client.
//
// Time: everything happens at the instant of the last tick, so the owner ticks before it hands bytes
// in or sends.
// Invariants: receive never throws; any cut of the input gives the same events and output; after
// failing, at most one Close is sent and nothing else; memory is bounded by the limits whatever the
// peer declares; the last event is either Refused or Closed, and it comes once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/deadline_clock.h"
#include "core/event.h"
#include "core/frame.h"
#include "core/handshake.h"
#include "core/instant.h"
#include "core/role.h"
#include "core/violation.h"

namespace wsconform {

struct Limits {
  std::size_t max_head = 16 * 1024;                 // bytes of an HTTP head
  std::uint64_t max_frame = 64 * 1024 * 1024;       // payload bytes
  std::uint64_t max_message = 64 * 1024 * 1024;     // payload bytes
  std::uint64_t max_fragments = 100'000;            // frames of one message
  std::uint64_t max_controls_per_second = 100'000;  // pings and pongs received
};

// RFC 6455 §4.1, §7.1.3, §7.1.4; the API's names.
enum class State { connecting, open, closing, closed };

struct ConnectionOptions {
  Role role = Role::server;
  Limits limits = {};
  Deadlines deadlines = {};
  ServerPolicy policy = {};     // role server
  std::string request = {};     // role client: the whole request head to send, built by the owner
  ClientOffer offer = {};       // role client: what that request offered
  bool skip_handshake = false;  // begin OPEN, without an Opened
  std::optional<DeflateAgreement> deflate = {};  // then: what was agreed
  bool answer_pings = true;                      // §5.5.2
  ViolationSet tolerated = {};  // rules that are not enforced (for planted defects)
  // With which to fail; absent: the rule's own code. 0 fails with an empty Close.
  std::function<std::uint16_t(Violation)> close_code = {};
  std::function<MaskingKey()> next_masking_key = {};  // role client: required
};

class Connection {
 public:
  Connection(ConnectionOptions options, Instant now);
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  // Takes all bytes; they are unmasked in place and payload views of events may point into them.
  // Once the connection is failed or the peer's Close came, all input is discarded (§7.1.7, §1.4).
  void receive(std::span<std::uint8_t> bytes);
  // The same, one event at a time: takes bytes from the front until they cause an event and gives
  // it; nullopt once all are taken. What the owner sends in answer stands before what later bytes
  // cause, an answering Close above all.
  std::optional<Event> receive_next(std::span<std::uint8_t>& bytes);
  // The peer ended its direction of the stream: without its Close before, the connection is failed.
  void receive_end();
  // Lets deadlines pass. `now` never goes back.
  void tick(Instant now);
  // The next instant at which tick would do something.
  std::optional<Instant> next_deadline() const;

  // Each does nothing unless the connection is open. Text is the owner's to validate, and control
  // payloads are at most 125 bytes (§5.5). They may view the payload of an event.
  // Text or binary, in one frame; compressed where permessage-deflate is agreed (RFC 7692 §6.1).
  void send_message(Opcode opcode, ByteView payload);
  void send_ping(ByteView payload);
  void send_pong(ByteView payload);
  // Starts the closing handshake; code 0 sends an empty payload. A reason is cut to 123
  // bytes, at a character.
  void send_close(std::uint16_t code, std::string_view reason = {});

  // Events since the last call, in order; their views die at the next receive, receive_end or tick,
  // taken or not.
  std::vector<Event> take_events();
  // Bytes to write, in order.
  Bytes take_output();
  // True, from Refused or Closed on, when the owner is to end the TCP connection once the output is
  // written. A server closes as soon as both Closes were exchanged or it failed the connection
  // (§7.1.1), a client after the server's end or its close deadline.
  bool wants_close() const;
  State state() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace wsconform
