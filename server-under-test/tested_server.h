// A server in a thread of its own, and clients that do as they are told.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "server-under-test/battery_of_bytes.h"
#include "server-under-test/server.h"

namespace wsconform::tested {

// A client that does as it is told.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(context_) {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
  }

  boost::asio::ip::tcp::socket& socket() { return socket_; }
  void send(ByteView bytes) {
    boost::asio::write(socket_, boost::asio::buffer(bytes.data(), bytes.size()));
  }
  void end() { socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send); }
  // The status of the answer to a request; what follows its head is kept for later.
  int open(std::string_view request = good_request) {
    send(bytes_of(request));
    const std::size_t size =
        boost::asio::read_until(socket_, boost::asio::dynamic_buffer(received_), "\r\n\r\n");
    const HttpHead head = parse_head(received_.substr(0, size));
    received_.erase(0, size);
    return parse_status_line(head.start_line)->code;
  }
  // Frames, until so many bytes are there.
  Lines frames(std::size_t size) {
    if (received_.size() < size)
      boost::asio::read(socket_, boost::asio::dynamic_buffer(received_),
                        boost::asio::transfer_exactly(size - received_.size()));
    const Lines lines = lines_of_frames(bytes_of(received_.substr(0, size)));
    received_.erase(0, size);
    return lines;
  }
  // Everything until TCP ends; "reset" in the place of an end that is none.
  std::string rest() {
    boost::system::error_code failed;
    boost::asio::read(socket_, boost::asio::dynamic_buffer(received_), failed);
    return failed == boost::asio::error::eof ? std::exchange(received_, {}) : "reset";
  }
  Lines frames_to_end() {
    const std::string wire = rest();
    return lines_of_frames(bytes_of(wire));
  }

 private:
  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_;
  std::string received_;
};

// A server in a thread of its own.
class ServerTest : public testing::Test {
 protected:
  void TearDown() override {
    if (!thread_.joinable()) return;
    context_.stop();
    thread_.join();
  }
  std::uint16_t start(ServerOptions options = {}) {
    server_.emplace(context_, std::move(options));
    server_->start();
    thread_ = std::thread([this] { context_.run(); });
    return server_->port();
  }
  template <typename Ask>
  auto in_its_thread(Ask ask) {
    std::packaged_task<decltype(ask(*server_))()> task([&] { return ask(*server_); });
    auto answer = task.get_future();
    boost::asio::post(context_, [&] { task(); });
    return answer.get();
  }
  void shut_down() {
    in_its_thread([this](Server& server) { server.shut_down([this] { gone_ = true; }); });
  }
  std::size_t connections() {
    return in_its_thread([](Server& server) { return server.connections(); });
  }
  void wait_for_its_end() {
    thread_.join();
    EXPECT_TRUE(gone_);
  }

 private:
  boost::asio::io_context context_{1};
  std::optional<Server> server_;
  std::thread thread_;
  bool gone_ = false;
};

}  // namespace wsconform::tested
