// A WebSocket endpoint without sockets, clock or randomness of its own (RFC 6455): bytes and
// instants in, events and bytes out. The same class is server and client.
//
// Time: everything happens at the instant of the last tick, so the owner ticks before it hands
// bytes in or sends. Invariants: receive never throws; any cut of the input gives the same events
// and output; after failing, at most one Close is sent and nothing else; memory is bounded by the
// limits whatever the peer declares; the last event is either Refused or Closed, and it comes once.
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
#include "core/connection_options.h"
#include "core/deadline_clock.h"
#include "core/event.h"
#include "core/frame.h"
#include "core/handshake.h"
#include "core/instant.h"
#include "core/role.h"
#include "core/traffic.h"
#include "core/violation.h"

namespace wsconform {

struct ConnectionMachine;  // what it is made of

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
  // send_message in steps, for one that is large: nothing is received until it is written, and
  // `payload` stays as it is so long.
  void begin_message(Opcode opcode, ByteView payload);
  // Deflates or writes about `most` bytes more of the message under way; true where there is none.
  bool proceed(std::size_t most);
  // Starts the closing handshake; code 0 sends an empty payload. A reason is cut to 123
  // bytes, at a character.
  void send_close(std::uint16_t code, std::string_view reason = {});
  // Fails the connection for a reason of the owner's (§7.1.7): a Close, unless one was sent, then
  // the end. The event views `reason`.
  void fail(std::uint16_t code, std::string_view reason);

  // Events since the last call, in order; their views die at the next receive, receive_end or tick,
  // taken or not.
  std::vector<Event> take_events();
  // The same, in place of what `events` holds, whose memory serves the next ones.
  void take_events(std::vector<Event>& events);
  // Bytes to write, in order.
  Bytes take_output();
  // The same, appended to `out`.
  void take_output(Bytes& out);
  // True, from Refused or Closed on, when the owner is to end the TCP connection once the output is
  // written. A server closes as soon as both Closes were exchanged or it failed the connection
  // (§7.1.1), a client after the server's end or its close deadline.
  bool wants_close() const;
  State state() const;

  // Gives back memory that is of use only while bytes come; views of events end. Nothing that
  // follows is different for it.
  void rest();
  // Bytes of memory held for what came and what is to be sent, about.
  std::size_t held() const;
  // Messages that were handed in and went to the output.
  const Traffic& sent() const;
  // Of the last Ping that a deadline sent and whose Pong came; as exact as the ticks are.
  std::optional<Duration> round_trip() const;

 private:
  std::unique_ptr<ConnectionMachine> machine_;
};

}  // namespace wsconform
