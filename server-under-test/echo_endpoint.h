// The reference server for one connection, sans-I/O: a Connection in role server and an application
// that sends every message back. Bytes and instants in, bytes out. With a defect planted it is
// wrong in exactly that one way.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <variant>

#include "core/connection.h"
#include "server-under-test/chat/chat_rooms.h"
#include "server-under-test/defective_echo.h"
#include "server-under-test/echo.h"
#include "server-under-test/site/access.h"
#include "server-under-test/site/site.h"

namespace wsconform {

struct EchoOptions {
  Limits limits;
  Deadlines deadlines;
  ServerPolicy policy;
  bool deflate = true;  // agrees to permessage-deflate, unless the policy decides on extensions
  // Shared with the server's other connections. Null: there are no resources, an echo is served at
  // every path, and a plain request is refused as a handshake that is none.
  std::shared_ptr<Site> site;
  // Likewise, asked before the site's own guards; null: all are let in. It needs a site.
  std::shared_ptr<Access> access;
  Client client;  // of this connection
  // Takes a place for a WebSocket that is to be opened; false: there is none (503). Null: always.
  std::function<bool()> takes_place;
  // Of the chats that the site serves, and shared likewise; not null where there are any.
  std::shared_ptr<ChatRooms> rooms;
  const Defect* defect = nullptr;  // outlives the endpoint
};

class EchoEndpoint {
 public:
  EchoEndpoint(EchoOptions options, Instant now);

  // Takes all bytes and may change them in place. Whatever the cuts, answers come in the order of
  // what they answer.
  void receive(std::span<std::uint8_t> bytes);
  // The same in slices: takes bytes from the front until about `most` of work is done (see Echo).
  // True: there is more to do, and nothing else is received before.
  bool work(std::span<std::uint8_t>& bytes, std::size_t most);
  // How many bytes a read is to give `work` at most.
  std::size_t appetite() const;
  // The peer ended its direction of the stream.
  void receive_end();
  // Lets deadlines pass. `now` never goes back.
  void tick(Instant now);
  // The next instant at which tick would do something.
  std::optional<Instant> next_deadline() const;
  // Bytes to write, in order; behind what waits in `deliveries` then.
  Bytes take_output();
  // What a room has for it; null where it is in none and nothing waits.
  ChatMember* deliveries() const;
  // Its room waits for somebody who is behind: `work` gets no further, and nothing more
  // is to be received.
  bool is_held_up() const;
  // True when TCP is to be ended once the output is written; what still comes is to be thrown away.
  bool wants_close() const;
  // The server goes away: Close 1001 (RFC 6455 §7.4.1); before the handshake is done, just the end.
  void shut_down();
  // A password to be held against what is known, on any thread; `checked` is told what came of it.
  // Once for each; meanwhile nothing of this connection goes on.
  std::optional<PasswordCheck> take_check();
  void checked(bool right);
  // Starts the closing handshake, where the connection is open. Messages of its room that
  // wait are not sent.
  void dismiss(std::uint16_t code, std::string_view reason);
  // Fails the connection with this code (§7.1.7); `reason` lives as long as the endpoint.
  void refuse(std::uint16_t code, std::string_view reason);
  // Nothing came for a while: gives memory back.
  void rest();
  // Bytes of memory held for what comes and goes, about.
  std::size_t held() const;
  // Of the last Ping that was sent for silence and answered.
  std::optional<Duration> round_trip() const;
  // Who opened it, as far as that was asked.
  const Visit& visit() const { return *visit_; }
  // The request, once it is answered; once.
  std::optional<RequestRecord> take_request();
  // Messages that it has sent.
  const Traffic& sent() const;
  const EchoCounters& counters() const;

 private:
  std::shared_ptr<Visit> visit_;
  std::variant<Echo, std::unique_ptr<DefectiveEcho>> echo_;
};

}  // namespace wsconform
