// For tests: the reference server on a thread of its own, as long as it lives.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>

#include "server-under-test/server.h"

namespace wsconform::tested {

class RunningServer {
 public:
  explicit RunningServer(ServerOptions options = {}) : server_(context_, std::move(options)) {
    server_.start();
    thread_ = std::thread([this] { context_.run(); });
  }
  ~RunningServer() {
    boost::asio::post(context_, [this] { server_.shut_down(); });
    thread_.join();
  }
  std::string url() const { return server_.url(); }
  std::uint16_t port() const { return server_.port(); }

 private:
  boost::asio::io_context context_;
  Server server_;
  std::thread thread_;
};

}  // namespace wsconform::tested
