// The reference server over TCP: an EchoEndpoint behind every connection that is accepted.
// All of it lives in one io_context that one thread runs; every member function is called
// there or before it runs.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server-under-test/descriptor_limit.h"
#include "server-under-test/listening.h"
#include "server-under-test/server_options.h"

namespace wsconform {

class Server {
 public:
  // Binds and listens. Throws ListenError.
  Server(boost::asio::io_context& context, ServerOptions options);
  // Drops what is left of the connections.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port that clients reach, also where any was asked for.
  std::uint16_t port() const;
  // "ws://127.0.0.1:9001"
  std::string url() const;
  // Accepts connections from now on.
  void start();
  // Connections to come are served by these; those that are open keep theirs, but who came
  // as a user that has no password any more is shown out. Limits hold at once. Address,
  // port and sockets stay.
  void use(ServerOptions options);
  // Accepts no more, sends a Close 1001 to every client and gives them the grace of the
  // options. When the last connection is gone, `gone` is called, and the server keeps the
  // io_context busy no more.
  void shut_down(std::function<void()> gone = nullptr);
  std::size_t connections() const;

 private:
  class Body;
  std::shared_ptr<Body> body_;
};

}  // namespace wsconform
