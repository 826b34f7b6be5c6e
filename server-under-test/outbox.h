// What a connection has yet to send.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>

#include "core/growing_bytes.h"
#include "core/instant.h"

namespace wsconform {

class Outbox {
 public:
  // Knows its executor by type: a third smaller than tcp::socket.
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp,
                                                  boost::asio::io_context::executor_type>;

  // Behind what waits: what the socket does not take now waits, too. False: the
  // connection is no more.
  bool send(Socket& socket, ByteView more, Instant now);
  // As much of what waits as the socket takes now; false: likewise.
  bool write(Socket& socket, Instant now);
  // As much of `bytes` as the socket takes now, from the front, where nothing waits; false:
  // likewise.
  bool write_front(Socket& socket, ByteView& bytes, Instant now);
  // Bytes.
  std::size_t unsent() const { return waiting_.size() - sent_; }
  // Bytes of memory.
  std::size_t held() const { return waiting_.capacity(); }
  // When bytes went last, or began to wait.
  Instant progressed() const { return progressed_; }
  void drop();

 private:
  GrowingBytes waiting_;
  std::size_t sent_ = 0;  // bytes of them
  Instant progressed_ = Instant::min();
};

}  // namespace wsconform
