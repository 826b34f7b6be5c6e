// A Connection in role server with an application that sends every message back. It has no defects;
// EchoEndpoint is what drivers use.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/connection.h"
#include "server-under-test/echo_counters.h"
#include "server-under-test/site/front.h"

namespace wsconform {

class Echo {
 public:
  // The role is set here. A front answers plain requests and keeps the rules of its site; without one
  // every request is a Connection's.
  Echo(ConnectionOptions options, std::optional<FrontOptions> front, Instant now);

  void receive(std::span<std::uint8_t> bytes);
  void receive_end();
  void tick(Instant now);
  std::optional<Instant> next_deadline() const;
  Bytes take_output();
  bool wants_close() const { return abandoned_ || connection_.wants_close(); }
  void shut_down();
  // A password to be held against what is known, on any thread; `checked` is told what came of it.
  // Once for each.
  std::optional<PasswordCheck> take_check();
  void checked(bool right);
  // Starts the closing handshake, where the connection is open.
  void dismiss(std::uint16_t code, std::string_view reason);
  const EchoCounters& counters() const { return counters_; }

 private:
  void converse(std::span<std::uint8_t> bytes);
  // Leaves the front once it has decided.
  void follow(Front::Turn turn);
  void leave_front();
  // A plain request is under way that gets no further.
  bool cuts_plain_request(int status, std::string_view reason);
  void serve();

  std::optional<FrontOptions> completed_by_;  // the answer that is to come
  std::unique_ptr<Front> front_;              // until it has decided
  bool check_waits_ = false;                  // one of the front's, to be taken
  Bytes answer_;                              // the front's
  Connection connection_;
  EchoCounters counters_;
  bool abandoned_ = false;  // answered by the front, or shut down before the handshake was done
};

}  // namespace wsconform
