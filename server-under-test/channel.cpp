#include "server-under-test/channel.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <utility>

namespace wsconform {

using boost::system::error_code;

Channel::Channel(Outbox::Socket socket, std::unique_ptr<TlsSession> tls)
    : socket_(std::move(socket)), tls_(std::move(tls)) {
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
}

std::span<std::uint8_t> Channel::read(std::span<std::uint8_t> buffer) {
  if (broken_) return {};
  error_code failed;
  const std::size_t size =
      socket_.read_some(boost::asio::buffer(buffer.data(), buffer.size()), failed);
  if (failed == boost::asio::error::eof)
    peer_ended_ = true;
  else if (failed && failed != boost::asio::error::would_block)
    broken_ = true;
  return buffer.first(failed ? 0 : size);
}

void Channel::end() {
  error_code ignored;
  socket_.shutdown(Outbox::Socket::shutdown_send, ignored);
}

void Channel::close() {
  broken_ = true;
  error_code ignored;
  socket_.close(ignored);
  outbox_.drop();
}

void Channel::send(Bytes own, ChatMember* member, Instant now) {
  if (undelivered(member) > 0)
    member->waiting().push_own(std::move(own));
  else
    send(own, now);
  deliver(member, now);
}

void Channel::send(ByteView bytes, Instant now) {
  Bytes encrypted;
  if (tls_) {
    if (tls_->established()) tls_->send(bytes);
    encrypted = tls_->take_output();
    bytes = encrypted;
  }
  if (!bytes.empty() && !broken_) broken_ = !outbox_.send(socket_, bytes, now);
}

// A shared frame is copied only where it is small, or encrypted.
void Channel::deliver(ChatMember* member, Instant now) {
  std::array<std::uint8_t, 16 * 1024> gathered;
  while (!broken_ && outbox_.unsent() == 0 && undelivered(member) > 0) {
    ByteView piece = member->waiting().front();
    if (tls_ || piece.size() < gathered.size())
      piece = ByteView(gathered).first(member->waiting().copy_front(gathered));
    ByteView rest = piece;
    if (tls_)
      send(std::exchange(rest, {}), now);
    else
      broken_ = !outbox_.write_front(socket_, rest, now);
    member->take(piece.size() - rest.size());
    if (!rest.empty()) return;
  }
}

void Channel::write(ChatMember* member, Instant now) {
  if (broken_) return;
  broken_ = !outbox_.write(socket_, now);
  deliver(member, now);
}

void Channel::end_tls(const ChatMember* member, Instant now) {
  if (!tls_ || undelivered(member) > 0 || std::exchange(tls_ended_, true)) return;
  tls_->end();
  send(ByteView(), now);
}

}  // namespace wsconform
