#include "runner/tcp_driver.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>

namespace wsconform {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t buffer_size = 64 * 1024;

Instant now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

TcpDriver::TcpDriver(asio::io_context& loop, asio::ip::tcp::endpoint target,
                     Conversation conversation, Done done)
    : loop_(loop),
      target_(std::move(target)),
      timer_(loop),
      conversation_(std::move(conversation)),
      done_(std::move(done)) {
  buffer_.resize(buffer_size);
}

void TcpDriver::start() {
  connect();
  await_deadline();
}

void TcpDriver::abandon(AtFault at_fault, std::string_view why) {
  if (ended_) return;
  conversation_.abandon(at_fault, why, now());
  end();
}

void TcpDriver::connect() {
  if (socket_) {
    boost::system::error_code ignored;
    socket_->cancel(ignored);
    parked_.push_back(socket_);
  }
  socket_ = std::make_shared<Socket>(loop_);
  busy_ = true;
  deaf_ = false;
  socket_->async_connect(target_, [self = shared_from_this(), socket = socket_](error_code error) {
    if (self->ended_) return;
    self->busy_ = false;
    if (error) {
      self->conversation_.connect_failed(error.message(), now());
    } else {
      error_code ignored;
      socket->set_option(asio::ip::tcp::no_delay(true), ignored);
      self->conversation_.connected(now());
      self->read(socket);
    }
    self->pump();
  });
}

void TcpDriver::read(std::shared_ptr<Socket> socket) {
  Socket& from = *socket;
  from.async_read_some(
      asio::buffer(buffer_),
      [self = shared_from_this(), socket = std::move(socket)](error_code error, std::size_t size) {
        self->received(socket, error, size);
      });
}

void TcpDriver::received(const std::shared_ptr<Socket>& socket, error_code error,
                         std::size_t size) {
  if (ended_ || socket != socket_) return;
  if (leaving()) {  // what a connection left behind still says is nobody's
    if (!error) read(socket);
    return;
  }
  if (error) {
    conversation_.receive_end(error == asio::error::eof ? StreamEnd::fin : StreamEnd::reset, now());
    return pump();
  }
  conversation_.receive(ByteView(buffer_).first(size), now());
  pump();
  if (!ended_ && socket == socket_) read(socket);
}

// Carries out what the conversation asks for, one action at a time.
void TcpDriver::pump() {
  if (ended_) return;
  for (Action& action : conversation_.take_actions()) actions_.push_back(std::move(action));
  act();
  if (conversation_.finished()) return end();
  await_deadline();
}

void TcpDriver::act() {
  while (!busy_ && !actions_.empty()) {
    const std::unique_ptr<Action> action = std::make_unique<Action>(std::move(actions_.front()));
    actions_.pop_front();
    error_code ignored;
    if (auto* bytes = std::get_if<Write>(action.get())) {
      if (!deaf_) write(std::move(bytes->bytes));
    } else if (std::holds_alternative<OpenConnection>(*action)) {
      connect();
    } else if (std::holds_alternative<EndSending>(*action)) {
      socket_->shutdown(Socket::shutdown_send, ignored);
    } else {
      socket_->set_option(asio::socket_base::linger(true, 0), ignored);
      socket_->close(ignored);
      deaf_ = true;
    }
  }
}

void TcpDriver::write(Bytes bytes) {
  busy_ = true;
  auto kept = std::make_shared<Bytes>(std::move(bytes));
  asio::async_write(
      *socket_, asio::buffer(*kept),
      [self = shared_from_this(), kept, socket = socket_](error_code error, std::size_t) {
        if (self->ended_) return;
        self->busy_ = false;
        // The end that explains it is found by reading.
        if (error && socket == self->socket_) self->deaf_ = true;
        if (!error) self->conversation_.written(now());
        self->pump();
      });
}

void TcpDriver::await_deadline() {
  const auto deadline = conversation_.next_deadline();
  if (!deadline || ended_ || timer_.expiry() == *deadline) return;
  timer_.expires_at(*deadline);
  timer_.async_wait([self = shared_from_this()](error_code error) {
    if (error || self->ended_) return;
    self->timer_.expires_at(Instant::max());
    self->conversation_.tick(now());
    self->pump();
  });
}

bool TcpDriver::leaving() const {
  return std::ranges::any_of(
      actions_, [](const Action& each) { return std::holds_alternative<OpenConnection>(each); });
}

void TcpDriver::end() {
  if (ended_) return;
  ended_ = true;
  error_code ignored;
  timer_.cancel();
  if (socket_) socket_->close(ignored);
  for (const auto& each : parked_) each->close(ignored);
  done_(*this);
}

}  // namespace wsconform
