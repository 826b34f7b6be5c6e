// How a TcpDriver writes: one write after the other, those of a cut once what was before is read.
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>

#include "runner/suite/tcp_driver.h"

namespace wsconform {

void TcpDriver::carry_out(Write& write) {
  if (line_->deaf) return;
  busy_ = true;
  if (!write.apart) return write_now(std::move(write.bytes));
  held_ = true;
  line_->read_watch.await(line_->socket, line_->sent,
                          [weak = weak_from_this(), bytes = std::move(write.bytes)]() mutable {
                            const auto self = weak.lock();
                            if (!self || self->ended_) return;
                            self->held_ = false;
                            self->write_now(std::move(bytes));
                          });
}

void TcpDriver::write_now(Bytes bytes) {
  if (line_->tls) {
    line_->tls->send(bytes);
    bytes = line_->tls->take_output();
  }
  transmit(line_, std::move(bytes));
}

void TcpDriver::transmit(const std::shared_ptr<Line>& line, Bytes wire) {
  if (wire.empty()) return;
  line->outgoing.push_back(std::move(wire));
  if (line->outgoing.size() == 1) write_front(line);
}

void TcpDriver::write_front(const std::shared_ptr<Line>& line) {
  boost::asio::async_write(
      line->socket, boost::asio::buffer(line->outgoing.front()),
      [self = shared_from_this(), line](boost::system::error_code error, std::size_t size) {
        if (self->ended_) return;
        line->sent += size;
        self->moved();
        line->outgoing.pop_front();
        if (error) {  // the end that explains it is found by reading
          line->deaf = true;
          line->outgoing.clear();
        }
        if (!line->outgoing.empty()) return self->write_front(line);
        self->all_written(*line);
        self->pump();
      });
}

void TcpDriver::all_written(Line& line) {
  boost::system::error_code ignored;
  if (line.ends) line.socket.shutdown(Socket::shutdown_send, ignored);
  if (&line != line_.get() || !line.connected || !busy_ || held_) return;
  busy_ = false;
  if (!line.deaf) conversation_.written(std::chrono::steady_clock::now());
}

}  // namespace wsconform
