#include "server-under-test/session.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cassert>
#include <stdexcept>
#include <utility>

#include "core/close_code.h"

namespace wsconform {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

Instant now() {
  return std::chrono::steady_clock::now();
}

asio::awaitable<bool> run_check(PasswordCheck check) {
  co_return check.run();
}

}  // namespace

Session::Session(asio::ip::tcp::socket socket, EchoOptions options,
                 const Surroundings& surroundings)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      endpoint_(std::move(options), now()),
      surroundings_(&surroundings) {
  assert(!surroundings.buffer.empty());
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (surroundings.tls != nullptr) tls_.emplace(*surroundings.tls);
}

asio::awaitable<void> Session::run() {
  const auto self = shared_from_this();
  watch_deadline();
  co_await serve();
  co_await finish();
  abort();
}

asio::awaitable<void> Session::serve() {
  while (!broken_ && !endpoint_.wants_close()) {
    if (unsent() > surroundings_->high_water) {
      co_await ready(Wait::write);
      send();
      continue;
    }
    co_await ready(Wait::read);
    const std::span<std::uint8_t> bytes = read();
    if (tls_ && tls_->failure()) co_return send();
    if (bytes.empty() && !peer_ended_ && !tls_) continue;
    endpoint_.tick(now());
    if (!bytes.empty()) endpoint_.receive(bytes);
    co_await check_passwords();
    if (peer_ended_) endpoint_.receive_end();
    react();
  }
}

asio::awaitable<void> Session::check_passwords() {
  while (const auto check = endpoint_.take_check()) {
    bool right = false;
    try {
      right =
          co_await asio::co_spawn(*surroundings_->checkers, run_check(*check), asio::use_awaitable);
    } catch (const std::runtime_error&) {  // no memory to check it with
    }
    endpoint_.tick(now());
    endpoint_.checked(right);
  }
}

// Our end of TCP first (RFC 6455 §7.1.1). What the client still sends is read and thrown away:
// unread, it would make the kernel reset the connection, and the Close could be lost.
asio::awaitable<void> Session::finish() {
  finishing_ = true;
  if (tls_) {
    tls_->end();
    send();
  }
  while (!broken_ && unsent() > 0) {
    linger();
    co_await ready(Wait::write);
    send();
  }
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  linger();
  while (!broken_ && !peer_ended_) {
    co_await ready(Wait::read);
    read();
  }
}

asio::awaitable<void> Session::ready(Wait wait) {
  const auto what =
      wait == Wait::read ? asio::ip::tcp::socket::wait_read : asio::ip::tcp::socket::wait_write;
  error_code failed;
  co_await socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, failed));
}

std::span<std::uint8_t> Session::read() {
  if (broken_) return {};
  error_code failed;
  const auto buffer = asio::buffer(surroundings_->buffer.data(), surroundings_->buffer.size());
  const std::size_t size = socket_.read_some(buffer, failed);
  if (failed == asio::error::eof) {
    peer_ended_ = true;
  } else if (failed && failed != asio::error::would_block) {
    broken_ = true;
  }
  if (failed) return {};
  if (!tls_) return surroundings_->buffer.first(size);
  plain_ = tls_->receive(surroundings_->buffer.first(size));
  peer_ended_ = peer_ended_ || tls_->peer_ended();
  return plain_;
}

void Session::react() {
  send();
  watch_deadline();
}

void Session::send() {
  Bytes more = endpoint_.take_output();
  if (tls_) {
    if (tls_->established()) tls_->send(more);
    more = tls_->take_output();
  }
  if (unsent() == 0) {
    output_ = std::move(more);
    sent_ = 0;
  } else {
    append(output_, ByteView(more));
  }
  while (!broken_ && unsent() > 0) {
    error_code failed;
    sent_ += socket_.write_some(asio::buffer(output_.data() + sent_, unsent()), failed);
    if (failed == asio::error::would_block) return send_when_ready();
    if (failed) broken_ = true;
  }
}

void Session::send_when_ready() {
  if (std::exchange(awaits_write_, true)) return;
  socket_.async_wait(asio::ip::tcp::socket::wait_write,
                     [self = shared_from_this()](error_code failed) {
                       self->awaits_write_ = false;
                       if (self->broken_) return;
                       if (failed) return self->send_when_ready();
                       self->send();
                     });
}

void Session::linger() {
  timer_.expires_after(surroundings_->linger);
  timer_.async_wait([self = shared_from_this()](error_code failed) {
    if (!failed) self->abort();
  });
}

// The timer is left alone while it fires early enough: most deadlines move on before they pass.
void Session::watch_deadline() {
  const auto next = endpoint_.next_deadline();
  if (finishing_ || !next || *next >= watched_) return;
  watched_ = *next;
  timer_.expires_at(watched_);
  timer_.async_wait([self = shared_from_this()](error_code failed) {
    if (!failed) self->pass_deadline();
  });
}

void Session::pass_deadline() {
  watched_ = Instant::max();
  if (finishing_) return;
  endpoint_.tick(now());
  react();
  error_code ignored;
  if (endpoint_.wants_close()) socket_.cancel(ignored);
}

void Session::shut_down() {
  if (finishing_) return;
  endpoint_.shut_down();
  react();
  error_code ignored;
  if (endpoint_.wants_close()) socket_.cancel(ignored);
}

void Session::revoke(const std::string& session) {
  if (finishing_ || session != endpoint_.visit().session) return;
  endpoint_.dismiss(close_policy_violation, "the session is over");
  react();
}

void Session::abort() {
  broken_ = true;
  error_code ignored;
  timer_.cancel();
  socket_.close(ignored);
}

}  // namespace wsconform
