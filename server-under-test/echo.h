// A Connection in role server with an application that sends every message back. It has no defects;
// EchoEndpoint is what drivers use.
#pragma once

#include <optional>
#include <span>

#include "core/connection.h"
#include "server-under-test/echo_counters.h"

namespace wsconform {

class Echo {
 public:
  // The role is set here.
  Echo(ConnectionOptions options, Instant now);

  void receive(std::span<std::uint8_t> bytes);
  void receive_end();
  void tick(Instant now);
  std::optional<Instant> next_deadline() const;
  Bytes take_output() { return connection_.take_output(); }
  bool wants_close() const { return abandoned_ || connection_.wants_close(); }
  void shut_down();
  const EchoCounters& counters() const { return counters_; }

 private:
  void serve();

  Connection connection_;
  EchoCounters counters_;
  bool abandoned_ = false;  // shut down before the handshake was done
};

}  // namespace wsconform
