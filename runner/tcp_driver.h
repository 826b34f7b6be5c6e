// Carries a Conversation over TCP on an Asio loop. All of one loop's drivers run on one thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "runner/conversation.h"

namespace wsconform {

class TcpDriver : public std::enable_shared_from_this<TcpDriver> {
 public:
  // `done` is called once, after every socket of the conversation is closed.
  using Done = std::function<void(TcpDriver&)>;

  TcpDriver(boost::asio::io_context& loop, boost::asio::ip::tcp::endpoint target,
            Conversation conversation, Done done);

  void start();
  // Ends the conversation with an error; `done` is called.
  void abandon(AtFault at_fault, std::string_view why);
  Conversation& conversation() { return conversation_; }

 private:
  using Socket = boost::asio::ip::tcp::socket;

  void connect();
  void read(std::shared_ptr<Socket> socket);
  void received(const std::shared_ptr<Socket>& socket, boost::system::error_code error,
                std::size_t size);
  void pump();
  void act();
  void write(Bytes bytes);
  void await_deadline();
  bool leaving() const;  // another connection is asked for
  void end();

  boost::asio::io_context& loop_;
  boost::asio::ip::tcp::endpoint target_;
  boost::asio::steady_timer timer_;
  Conversation conversation_;
  Done done_;
  std::shared_ptr<Socket> socket_;
  std::vector<std::shared_ptr<Socket>> parked_;  // earlier connections, left as they are
  std::deque<Action> actions_;
  Bytes buffer_;
  bool busy_ = false;  // a connect or a write is under way
  bool deaf_ = false;  // the target takes no more bytes on this connection
  bool ended_ = false;
};

}  // namespace wsconform
