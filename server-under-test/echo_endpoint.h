// The reference server for one connection, sans-I/O: a Connection in role server and an application
// that sends every message back. Bytes and instants in, bytes out. With a defect planted it is
// wrong in exactly that one way.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <variant>

#include "core/connection.h"
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
  Client client;                   // of this connection
  bool full = false;               // no more WebSockets are opened: 503
  const Defect* defect = nullptr;  // outlives the endpoint
};

class EchoEndpoint {
 public:
  EchoEndpoint(EchoOptions options, Instant now);

  // Takes all bytes and may change them in place. Whatever the cuts, answers come in the order of
  // what they answer.
  void receive(std::span<std::uint8_t> bytes);
  // The peer ended its direction of the stream.
  void receive_end();
  // Lets deadlines pass. `now` never goes back.
  void tick(Instant now);
  // The next instant at which tick would do something.
  std::optional<Instant> next_deadline() const;
  // Bytes to write, in order.
  Bytes take_output();
  // True when TCP is to be ended once the output is written; what still comes is to be thrown away.
  bool wants_close() const;
  // The server goes away: Close 1001 (RFC 6455 §7.4.1); before the handshake is done, just the end.
  void shut_down();
  // A password to be held against what is known, on any thread; `checked` is told what came of it.
  // Once for each; meanwhile nothing of this connection goes on.
  std::optional<PasswordCheck> take_check();
  void checked(bool right);
  // Starts the closing handshake, where the connection is open.
  void dismiss(std::uint16_t code, std::string_view reason);
  // Who opened it, as far as that was asked.
  const Visit& visit() const { return *visit_; }
  const EchoCounters& counters() const;

 private:
  std::shared_ptr<Visit> visit_;
  std::variant<Echo, DefectiveEcho> echo_;
};

}  // namespace wsconform
