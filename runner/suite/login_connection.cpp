#include "runner/suite/login_connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "core/machine_fault.h"

namespace wsconform {

namespace asio = boost::asio;
using boost::system::error_code;

LoginConnection::LoginConnection(asio::io_context& loop, const TargetEndpoint& endpoint,
                                 LoginExchange exchange, Done done)
    : endpoint_(endpoint), exchange_(std::move(exchange)), done_(std::move(done)), socket_(loop) {}

void LoginConnection::start() {
  socket_.async_connect(endpoint_.tcp, [self = shared_from_this()](error_code error) {
    if (!self->done_) return;
    throw_if_machine_fault(error, "cannot open a connection to the target");
    if (error) return self->finish(std::unexpected(error.message()));
    self->connected();
  });
}

void LoginConnection::give_up() {
  done_ = nullptr;
  error_code ignored;
  socket_.close(ignored);
}

void LoginConnection::connected() {
  if (endpoint_.tls) {
    tls_.emplace(*endpoint_.tls, endpoint_.host);
    write(tls_->take_output());
  } else {
    write(to_bytes(exchange_.request()));
  }
  read();
}

void LoginConnection::write(Bytes bytes) {
  outgoing_.insert(outgoing_.end(), bytes.begin(), bytes.end());
  if (writing_ || outgoing_.empty()) return;
  writing_ = true;
  auto front = std::make_unique<Bytes>(std::exchange(outgoing_, {}));
  const auto buffer = asio::buffer(*front);
  asio::async_write(
      socket_, buffer,
      [self = shared_from_this(), front = std::move(front)](error_code error, std::size_t) {
        self->writing_ = false;
        if (!error && self->done_) self->write({});  // the end that explains an error is read
      });
}

void LoginConnection::read() {
  socket_.async_read_some(
      asio::buffer(buffer_), [self = shared_from_this()](error_code error, std::size_t size) {
        if (!self->done_) return;
        if (error == asio::error::eof) return self->finish(self->exchange_.feed_end());
        if (error) return self->finish(std::unexpected("TCP was cut before the answer was whole"));
        self->received(ByteView(self->buffer_).first(size));
        if (self->done_) self->read();
      });
}

void LoginConnection::received(ByteView wire) {
  answered_ = true;
  Bytes plain;
  if (tls_) {
    plain = tls_->receive(wire);
    wire = plain;
    if (tls_->established() && !std::exchange(asked_, true))
      tls_->send(bytes_of(exchange_.request()));
    write(tls_->take_output());
  }
  if (!wire.empty())
    if (auto found = exchange_.feed(wire)) return finish(*std::move(found));
  if (!tls_) return;
  if (tls_->failure()) return finish(std::unexpected("TLS: " + *tls_->failure()));
  if (tls_->peer_ended()) finish(exchange_.feed_end());
}

void LoginConnection::finish(LoginExchange::Found found) {
  const Done done = std::move(done_);
  give_up();
  done(std::move(found));
}

}  // namespace wsconform
