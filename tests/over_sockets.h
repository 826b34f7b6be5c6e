// Runs of the suite over real sockets on 127.0.0.1.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "runner/suite/suite_run.h"
#include "server-under-test/server.h"

namespace wsconform {

// The reference server on a thread of its own.
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
  std::uint16_t port() const { return server_.port(); }

 private:
  boost::asio::io_context context_;
  Server server_;
  std::thread thread_;
};

TargetProfile profile_at(std::uint16_t port);

// Judges it by the cases, and tells nobody meanwhile.
Results judge(const TargetProfile& profile, const std::vector<Case>& cases,
              TargetProcess* process = nullptr, RunOptions options = {});
Results judge(std::uint16_t port, const std::vector<Case>& cases, TargetProcess* process = nullptr,
              RunOptions options = {});

// Returns once the target answers; a failed expectation where it does not.
void start(TargetProcess& process, std::uint16_t port);

// The command of npm ws with the options of tests/peers/ws_echo.mjs.
std::string ws_echo(const std::string& options = "");

}  // namespace wsconform
