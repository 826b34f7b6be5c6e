// How a TcpDriver comes to its end: by a deadline, at once or once the target rests.
#include <chrono>

#include "runner/suite/tcp_driver.h"

namespace wsconform {

void TcpDriver::await_deadline() {
  const auto deadline = conversation_.next_deadline();
  if (!deadline || ended_ || timer_.expiry() == *deadline) return;
  timer_.expires_at(*deadline);
  timer_.async_wait([self = shared_from_this()](boost::system::error_code error) {
    if (error || self->ended_) return;
    self->timer_.expires_at(Instant::max());
    self->conversation_.tick(std::chrono::steady_clock::now());
    self->pump();
  });
}

void TcpDriver::conclude() {
  over_ = std::chrono::steady_clock::now();
  timer_.cancel();
  const bool waits = line_ && line_->awaits && line_->connected;
  was_held_back_ = holds_back_ && waits && conversation_.outcome().timed_out;
  if (!was_held_back_) end();
}

void TcpDriver::release(bool at_rest) {
  silence_stands_ = at_rest && is_read();
  end();
}

// Begun to, as far as can be seen: else the connection may still wait to be taken up.
bool TcpDriver::is_read() const {
  if (target_.sockets == nullptr) return false;
  boost::system::error_code gone;
  const auto ours = line_->socket.local_endpoint(gone);
  if (gone) return false;
  return target_.sockets->read_by_peer(ours, line_->socket.remote_endpoint(gone)).value_or(0) > 0;
}

void TcpDriver::end() {
  if (ended_) return;
  ended_ = true;
  if (!over_) over_ = std::chrono::steady_clock::now();
  boost::system::error_code ignored;
  timer_.cancel();
  if (logins_) logins_->give_up();
  for (const auto& each : lines_) each->socket.close(ignored);
  done_(*this);
}

}  // namespace wsconform
