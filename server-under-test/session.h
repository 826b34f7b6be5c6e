// One TCP connection of the reference server: brings bytes and time to an EchoEndpoint, and
// its bytes back.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "server-under-test/server_options.h"

namespace wsconform {

class Session : public std::enable_shared_from_this<Session> {
 public:
  // What all sessions of a thread share, and outlives them.
  struct Surroundings {
    std::span<std::uint8_t> buffer;  // for what one read gives; not empty
    const TlsContext* tls = nullptr;
    std::size_t high_water = 0;  // bytes unsent
    Duration linger = Duration::zero();
    boost::asio::thread_pool* checkers = nullptr;  // where passwords are checked
  };

  Session(boost::asio::ip::tcp::socket socket, EchoOptions options,
          const Surroundings& surroundings);

  // The whole life of the connection; `*this` is owned by a shared_ptr.
  boost::asio::awaitable<void> run();
  // Close 1001 (RFC 6455 §7.4.1).
  void shut_down();
  // Drops the connection.
  void abort();
  // The session of that id is over: whoever came by it is shown out with 1008 (RFC 6455 §7.4.1).
  void revoke(const std::string& session);

 private:
  enum class Wait { read, write };

  boost::asio::awaitable<void> serve();
  boost::asio::awaitable<void> finish();
  // Until no password is to be checked; the loop goes on meanwhile.
  boost::asio::awaitable<void> check_passwords();
  // Until the socket is ready, or something else needs the coroutine's attention.
  boost::asio::awaitable<void> ready(Wait wait);
  // What the endpoint is to have of what came; valid until the next read.
  std::span<std::uint8_t> read();
  void react();
  void send();
  void send_when_ready();
  // Gives the client so long for what is still to be done.
  void linger();
  void watch_deadline();
  void pass_deadline();
  std::size_t unsent() const { return output_.size() - sent_; }

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer timer_;
  std::optional<TlsSession> tls_;
  Bytes plain_;  // of what TLS gave last
  EchoEndpoint endpoint_;
  const Surroundings* surroundings_ = nullptr;
  Bytes output_;
  std::size_t sent_ = 0;              // bytes of output_
  Instant watched_ = Instant::max();  // when the timer fires
  bool awaits_write_ = false;
  bool peer_ended_ = false;
  bool broken_ = false;  // the connection is no more
  bool finishing_ = false;
};

}  // namespace wsconform
