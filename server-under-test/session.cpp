#include "server-under-test/session.h"

#include <algorithm>
#include <utility>

#include "core/close_code.h"
#include "server-under-test/password_run.h"

namespace wsconform {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

// In the units of EchoEndpoint::work: half a millisecond or so.
constexpr std::size_t slice_of_work = 256 * 1024;
// What is done as soon as bytes come, before the others that are ready: a fraction of that.
constexpr std::size_t work_at_once = 32 * 1024;
constexpr std::size_t worth_telling = 8 * 1024;  // bytes held more or less

Instant now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

Session::Session(std::uint64_t id, Outbox::Socket socket, EchoOptions options, Host& host)
    : id_(id),
      host_(&host),
      channel_(std::move(socket),
               host.tls() == nullptr ? nullptr : std::make_unique<TlsSession>(*host.tls())),
      endpoint_(std::move(options), now()) {}

void Session::await_read() {
  if (std::exchange(awaits_read_, true)) return;
  channel_.socket().async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code) {
    self->awaits_read_ = false;
    self->readable();
  });
}

void Session::await_write() {
  if (std::exchange(awaits_write_, true)) return;
  channel_.socket().async_wait(tcp::socket::wait_write, [self = shared_from_this()](error_code) {
    self->awaits_write_ = false;
    self->writable();
  });
}

// What comes next; called behind everything that happens.
void Session::go_on() {
  if (stage_ == Stage::over) return;
  if (!has_work() && endpoint_.wants_close() && stage_ == Stage::serving) finish();
  if (stage_ == Stage::flushing && unsent() == 0) {
    channel_.end();
    stage_ = Stage::draining;
    linger_ends_ = now() + host_->options().linger;
  }
  if (channel_.is_broken() || (stage_ == Stage::draining && peer_ended_)) return abort();
  if (unsent() > 0) await_write();
  if (stage_ == Stage::serving) {
    const bool free = !is_full() && !checking_;
    if (has_work() && free) hear();
    if (!has_work() && free && !peer_ended_) await_read();
  }
  if (stage_ == Stage::draining) await_read();
  watch_deadline();
}

// Our end of TCP first (RFC 6455 §7.1.1). What the client still sends is read and thrown away:
// unread, it would make the kernel reset the connection, and the Close could be lost.
void Session::finish() {
  stage_ = Stage::flushing;
  linger_ends_ = now() + host_->options().linger;
  endpoint_.rest();
  channel_.end_tls(endpoint_.deliveries(), now());
}

void Session::readable() {
  if (stage_ == Stage::over) return;
  std::span<std::uint8_t> buffer = host_->buffer();
  if (stage_ == Stage::serving)
    buffer = buffer.first(std::min(buffer.size(), endpoint_.appetite()));
  const std::span<std::uint8_t> bytes = channel_.read(buffer);
  peer_ended_ = peer_ended_ || channel_.peer_ended();
  if (!bytes.empty()) {
    received_ = now();
    rested_ = false;
  }
  if (stage_ == Stage::serving) take(bytes);
  go_on();
}

void Session::writable() {
  if (stage_ == Stage::over) return;
  write();
  account();
  go_on();
}

void Session::take(std::span<std::uint8_t> bytes) {
  TlsSession* const tls = channel_.tls();
  if (tls == nullptr)
    return heavy_ && !bytes.empty() ? rest_.assign(bytes.begin(), bytes.end())
                                    : work(bytes, work_at_once);
  rest_ = tls->receive(bytes);
  peer_ended_ = peer_ended_ || tls->peer_ended();
  if (tls->failure()) {
    host_->happened(id_, Incident::tls_failed, *tls->failure());
    send();
    return finish();
  }
  if (!heavy_ || rest_.empty()) work(rest_, work_at_once);
}

void Session::slice() {
  queued_ = false;
  if (stage_ != Stage::serving || channel_.is_broken()) return;
  work(std::span(rest_).subspan(taken_), slice_of_work);
  go_on();
}

// `bytes` are those of rest_ that are not taken, or came just now and nothing is in rest_.
void Session::work(std::span<std::uint8_t> bytes, std::size_t most) {
  endpoint_.tick(now());
  working_ = endpoint_.work(bytes, most);
  heavy_ = working_;
  if (bytes.empty()) {
    rest_ = Bytes();
    taken_ = 0;
  } else if (rest_.empty()) {
    rest_.assign(bytes.begin(), bytes.end());
  } else {
    taken_ = rest_.size() - bytes.size();
  }
  check_password();
  if (peer_ended_ && !has_work() && !checking_ && !std::exchange(end_told_, true))
    endpoint_.receive_end();
  react();
}

void Session::check_password() {
  const auto check = endpoint_.take_check();
  if (!check) return;
  checking_ = true;
  run_elsewhere(*check, host_->checkers(), channel_.socket().get_executor(),
                [self = shared_from_this()](bool right) { self->checked(right); });
}

void Session::checked(bool right) {
  checking_ = false;
  if (stage_ != Stage::serving) return;
  endpoint_.tick(now());
  endpoint_.checked(right);
  work(std::span(rest_).subspan(taken_), slice_of_work);
  go_on();
}

void Session::react() {
  tell_request();
  tell_of_falling_behind();
  send();
  account();
}

void Session::hear() {
  if (stage_ == Stage::serving && !std::exchange(queued_, true))
    host_->work_later(shared_from_this());
}

void Session::tell_request() {
  const auto request = endpoint_.take_request();
  if (!request) return;
  if (endpoint_.counters().opened) opened_at_ = now();
  host_->answered(id_, *request);
}

// Once: behind its Close it is in no room.
void Session::tell_of_falling_behind() {
  if (!endpoint_.counters().fell_behind || std::exchange(behind_told_, true)) return;
  host_->happened(id_, Incident::too_slow, "It read too slowly for its room.");
}

void Session::send() {
  channel_.send(endpoint_.take_output(), endpoint_.deliveries(), now());
  host_->delivered();
}

// Nothing more is to be read from it for the present.
bool Session::is_full() const {
  return unsent() > host_->options().high_water || endpoint_.is_held_up();
}

void Session::write() {
  const std::size_t before = unsent();
  channel_.write(endpoint_.deliveries(), now());
  host_->delivered();
  if (stage_ == Stage::flushing) channel_.end_tls(endpoint_.deliveries(), now());
  if (stage_ == Stage::flushing && unsent() < before)
    linger_ends_ = now() + host_->options().linger;
}

void Session::account() {
  const std::size_t held = endpoint_.held() + channel_.held() + rest_.capacity();
  const std::size_t difference = held > held_ ? held - held_ : held_ - held;
  if (difference < worth_telling && !(held == 0 && held_ != 0)) return;
  held_ = held;
  host_->hold(id_, held);
}

std::optional<Instant> Session::next_deadline() const {
  if (stage_ != Stage::serving) return linger_ends_;
  Instant next = endpoint_.next_deadline().value_or(Instant::max());
  if (unsent() > 0) next = std::min(next, channel_.progressed() + host_->options().stall);
  if (!rested_ && !has_work()) next = std::min(next, received_ + host_->options().rest);
  return next == Instant::max() ? std::nullopt : std::optional(next);
}

// An alarm is left alone while it comes early enough: most deadlines move on before they pass.
void Session::watch_deadline() {
  const auto next = next_deadline();
  if (!next || *next >= alarm_) return;
  alarm_ = *next;
  host_->wake_at(id_, alarm_);
}

void Session::wake() {
  const Instant present = now();
  if (alarm_ <= present) alarm_ = Instant::max();
  if (stage_ == Stage::over) return;
  if (stage_ != Stage::serving && present >= linger_ends_) return abort();
  if (stage_ == Stage::serving && unsent() > 0 &&
      present >= channel_.progressed() + host_->options().stall) {
    host_->happened(id_, Incident::stalled, "It took nothing of what was to be sent.");
    return abort();
  }
  if (stage_ == Stage::serving) {
    endpoint_.tick(present);
    if (!rested_ && !has_work() && present >= received_ + host_->options().rest) {
      rested_ = true;
      endpoint_.rest();
    }
    react();
  }
  go_on();
}

void Session::shut_down() {
  if (stage_ != Stage::serving) return;
  endpoint_.shut_down();
  react();
  go_on();
}

void Session::refuse() {
  host_->happened(id_, Incident::no_memory, "It held most when too much was held.");
  const bool does_not_read = unsent() > 0;
  const bool has_message = endpoint_.held() >= held_ / 2;
  rest_ = Bytes();
  if (does_not_read || working_ || stage_ != Stage::serving) return abort();
  if (has_message)
    endpoint_.refuse(close_message_too_big, "The server has no memory for this message now.");
  else
    endpoint_.refuse(close_try_again_later, "The server has no memory left.");
  endpoint_.rest();
  send();
  held_ = 0;
  go_on();
}

void Session::refuse_room() {
  host_->happened(id_, Incident::no_memory,
                  "Most waited for it in its room when too much was held.");
  if (stage_ != Stage::serving) return abort();
  endpoint_.dismiss(close_try_again_later, "The server has no memory left.");
  react();
  go_on();
}

void Session::show_out(std::string_view reason) {
  if (stage_ != Stage::serving) return;
  endpoint_.dismiss(close_policy_violation, reason);
  react();
  go_on();
}

void Session::abort() {
  if (std::exchange(stage_, Stage::over) == Stage::over) return;
  const auto self = shared_from_this();
  channel_.close();
  host_->forget(id_);
  // At once: a slice that waits for its turn keeps the session alive for a while.
  rest_ = Bytes();
  taken_ = 0;
  endpoint_ = EchoEndpoint(EchoOptions(), now());
}

}  // namespace wsconform
