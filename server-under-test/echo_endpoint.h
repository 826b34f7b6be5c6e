// The reference server for one connection, sans-I/O: a Connection in role server and an application
// that sends every message back. Bytes and instants in, bytes out. With a defect planted it is
// wrong in exactly that one way.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <variant>

#include "core/connection.h"
#include "server-under-test/access.h"
#include "server-under-test/defective_echo.h"
#include "server-under-test/echo.h"

namespace wsconform {

struct EchoOptions {
  Limits limits;
  Deadlines deadlines;
  ServerPolicy policy;
  bool deflate = true;  // agrees to permessage-deflate, unless the policy decides on extensions
  // Shared with the server's other connections; null: all are let in.
  std::shared_ptr<Access> access;
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
  const EchoCounters& counters() const;

 private:
  std::variant<Echo, DefectiveEcho> echo_;
};

}  // namespace wsconform
