// Carries one login over a connection of its own, with TLS where the target has it.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/tls_session.h"
#include "runner/suite/login_exchange.h"
#include "runner/suite/target_endpoint.h"

namespace wsconform {

class LoginConnection : public std::enable_shared_from_this<LoginConnection> {
 public:
  // Called once, on the loop, unless `give_up` was.
  using Done = std::function<void(LoginExchange::Found)>;

  // `endpoint` outlives it.
  LoginConnection(boost::asio::io_context& loop, const TargetEndpoint& endpoint,
                  LoginExchange exchange, Done done);

  // Throws, from the loop, MachineFault where the machine has no descriptor left.
  void start();
  // Ends it; `done` is not called.
  void give_up();
  // Something came.
  bool answered() const { return answered_; }

 private:
  void connected();
  void write(Bytes bytes);
  void read();
  void received(ByteView wire);
  void finish(LoginExchange::Found found);

  const TargetEndpoint& endpoint_;
  LoginExchange exchange_;
  Done done_;  // null once it ended
  boost::asio::ip::tcp::socket socket_;
  std::optional<TlsSession> tls_;
  bool asked_ = false;
  bool answered_ = false;
  bool writing_ = false;
  Bytes outgoing_;  // behind what is being written
  std::array<std::uint8_t, 16 * 1024> buffer_{};
};

}  // namespace wsconform
