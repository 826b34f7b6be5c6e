#include "runner/suite/tcp_driver.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <cassert>
#include <chrono>
#include <span>
#include <utility>

#include "core/machine_fault.h"

namespace wsconform {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Of a connection that is being left: one with more to say is not taken up again.
constexpr std::size_t most_unheard = 16 * 1024 * 1024;

// Where whoever reads at the moment does: nothing stays in it.
std::span<std::uint8_t> reading_room() {
  constexpr std::size_t size = 64 * 1024;
  thread_local Bytes room(size);
  return room;
}

Instant now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

TcpDriver::TcpDriver(asio::io_context& loop, const TargetEndpoint& target, const Pace& pace,
                     std::shared_ptr<FreshLogins> logins, Conversation conversation, Done done)
    : loop_(loop),
      target_(target),
      pace_(pace),
      timer_(loop),
      logins_(std::move(logins)),
      conversation_(std::move(conversation)),
      done_(std::move(done)) {}

void TcpDriver::start() {
  moved();
  connect({});
  await_deadline();
}

void TcpDriver::abandon(AtFault at_fault, std::string_view why) {
  if (ended_) return;
  if (!over_) conversation_.abandon(at_fault, why, now());
  end();
}

// Connecting

void TcpDriver::connect(const OpenConnection& how) {
  leave();
  if (line_ && how.ends_earlier) {
    error_code ignored;
    line_->socket.close(ignored);
  }
  busy_ = true;
  if (!logins_) return dial(how);
  line_.reset();  // what it still says is nobody's
  // Sooner than the patience with TCP ends, so that the reason is told.
  logins_->renew(pace_.patience() * 3 / 4,
                 [weak = weak_from_this(), how](const std::optional<FreshLogins::Failed>& failed) {
                   const auto self = weak.lock();
                   if (!self || self->ended_) return;
                   if (failed) return self->not_logged_in(*failed);
                   self->dial(how);
                 });
}

// What the connection still says is nobody's until it is taken up again.
void TcpDriver::leave() {
  if (!line_) return;
  error_code ignored;
  line_->socket.cancel(ignored);
}

void TcpDriver::not_logged_in(const FreshLogins::Failed& how) {
  if (how.answered) {
    conversation_.abandon(AtFault::setup, how.sentence(), now(), how.late);
    return end();
  }
  busy_ = false;
  conversation_.connect_failed(how.why, now());
  pump();
}

void TcpDriver::dial(const OpenConnection& how) {
  line_ = std::make_shared<Line>(loop_, target_, pace_);
  lines_.push_back(line_);
  line_->socket.async_connect(
      target_.tcp, [self = shared_from_this(), line = line_, plain = how.plain](error_code error) {
        if (self->ended_) return;
        throw_if_machine_fault(error, "cannot open a connection to the target");
        if (error) {
          self->busy_ = false;
          self->conversation_.connect_failed(error.message(), now());
          return self->pump();
        }
        error_code ignored;
        line->socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        line->socket.non_blocking(true, ignored);
        if (self->target_.tls && !plain) {
          line->tls.emplace(*self->target_.tls, self->target_.host);
          self->transmit(line, line->tls->take_output());
        } else {
          self->connected();
        }
        self->read(line);
        self->pump();
      });
}

void TcpDriver::connected() {
  line_->connected = true;
  busy_ = false;
  conversation_.connected(now());
}

// TLS has the line for itself until its handshake is through.
void TcpDriver::secure(Line& line) {
  if (line.tls->failure()) {
    busy_ = false;
    conversation_.connect_failed("TLS: " + *line.tls->failure(), now());
  } else if (line.tls->established()) {
    connected();
  }
}

// Reading

// Nothing is read before it can be handed over, so that nothing is lost where the line is left.
void TcpDriver::read(const std::shared_ptr<Line>& line) {
  if (std::exchange(line->awaits, true)) return;
  line->socket.async_wait(Socket::wait_read, [self = shared_from_this(), line](error_code error) {
    line->awaits = false;
    if (self->ended_ || line != self->line_) return;
    if (self->over_) return self->end();                                   // it was late
    if (error == asio::error::operation_aborted) return self->read(line);  // taken up meanwhile
    self->read_now(line);
  });
}

void TcpDriver::read_now(const std::shared_ptr<Line>& line) {
  error_code error;
  const std::span<std::uint8_t> room = reading_room();
  const std::size_t size = line->socket.read_some(asio::buffer(room.data(), room.size()), error);
  if (error == asio::error::would_block) return read(line);
  received(line, error, room.first(size));
}

void TcpDriver::received(const std::shared_ptr<Line>& line, error_code error, ByteView bytes) {
  constexpr std::size_t drops = 64;  // bytes within so long: now and then one is no work
  constexpr Duration a_while = std::chrono::milliseconds(250);
  const Instant came = std::chrono::steady_clock::now();
  if (came > trickles_since_ + a_while) {
    trickles_since_ = came;
    trickled_ = 0;
  }
  trickled_ += bytes.size();
  if (error || trickled_ >= drops) moved();
  if (error) {
    take_in_end(*line, error == asio::error::eof ? StreamEnd::fin : StreamEnd::reset);
    return pump();
  }
  take_in(*line, bytes);
  pump();
  if (!ended_ && line == line_) read(line);
}

void TcpDriver::take_in(Line& line, ByteView bytes) {
  if (line.tls) {
    take_in_cipher(line, bytes);
  } else {
    hand_over(line, bytes);
  }
}

void TcpDriver::hand_over(Line& line, ByteView bytes) {
  const std::size_t taken = conversation_.receive(bytes, now());
  const ByteView rest = bytes.subspan(taken);
  append(line.unheard, rest.first(std::min(rest.size(), most_unheard - line.unheard.size())));
}

void TcpDriver::take_in_cipher(Line& line, ByteView wire) {
  const Bytes plain = line.tls->receive(wire);
  transmit(line_, line.tls->take_output());
  if (!line.connected) secure(line);
  if (!plain.empty()) hand_over(line, plain);
  if (!line.connected) return;
  if (line.tls->failure()) take_in_end(line, StreamEnd::reset);
  if (line.tls->peer_ended()) take_in_end(line, StreamEnd::fin);
}

void TcpDriver::take_in_end(Line& line, StreamEnd end) {
  if (line.end) return;
  line.end = end;
  if (line.connected) {
    line.told_end = conversation_.receive_end(end, now());
    return;
  }
  busy_ = false;
  conversation_.connect_failed("TLS: the target ended TCP during the handshake", now());
}

// Acting

// Carries out what the conversation asks for, one action at a time.
void TcpDriver::pump() {
  if (over_) return;
  act();
  if (conversation_.finished()) return conclude();
  await_deadline();
}

void TcpDriver::act() {
  while (!busy_) {
    for (Action& action : conversation_.take_actions()) actions_.push_back(std::move(action));
    if (actions_.empty()) return;
    const std::unique_ptr<Action> action = std::make_unique<Action>(std::move(actions_.front()));
    actions_.pop_front();
    std::visit([this](auto& each) { carry_out(each); }, *action);
  }
}

void TcpDriver::carry_out(const AwaitConnection&) {
  assert(false && "it dials: its targets are servers");
}

void TcpDriver::carry_out(const TakeUp& earlier) {
  leave();
  line_ = lines_.at(earlier.number);
  conversation_.taken_up(now());
  hand_over(*line_, std::exchange(line_->unheard, {}));
  if (!line_->end) return read(line_);
  if (!line_->told_end) line_->told_end = conversation_.receive_end(*line_->end, now());
}

void TcpDriver::carry_out(const AbortConnection&) {
  error_code ignored;
  line_->socket.set_option(asio::socket_base::linger(true, 0), ignored);
  line_->socket.close(ignored);
  line_->deaf = true;
}

void TcpDriver::carry_out(const EndSending&) {
  line_->ends = true;
  if (line_->tls) {
    line_->tls->end();
    transmit(line_, line_->tls->take_output());
  }
  if (line_->outgoing.empty()) all_written(*line_);
}

}  // namespace wsconform
