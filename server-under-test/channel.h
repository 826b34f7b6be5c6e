// The two directions of a session's TCP, with TLS or without: it sends the session's own bytes and
// what waits for it in a room, in their order.
#pragma once

#include <memory>
#include <span>

#include "core/tls_session.h"
#include "server-under-test/chat/chat_rooms.h"
#include "server-under-test/outbox.h"

namespace wsconform {

// `member` is that of the session's endpoint, null where it is in no room.
class Channel {
 public:
  // A socket that blocks no longer. `tls`: null without.
  Channel(Outbox::Socket socket, std::unique_ptr<TlsSession> tls);

  Outbox::Socket& socket() { return socket_; }
  // Null: without.
  TlsSession* tls() const { return tls_.get(); }

  // What there is now, at the front of the buffer, as it came: of TLS, still to be decrypted.
  std::span<std::uint8_t> read(std::span<std::uint8_t> buffer);
  // The peer has ended TCP.
  bool peer_ended() const { return peer_ended_; }

  // Behind what waits; what the socket does not take now waits, too.
  void send(Bytes own, ChatMember* member, Instant now);
  // As much of what waits as the socket takes now.
  void write(ChatMember* member, Instant now);
  // Ends TLS, once, if nothing waits in the room.
  void end_tls(const ChatMember* member, Instant now);
  // The connection is no more.
  bool is_broken() const { return broken_; }
  // Ends our direction of TCP.
  void end();
  // Ends it at once, and forgets what waits.
  void close();

  // Bytes.
  std::size_t unsent(const ChatMember* member) const {
    return outbox_.unsent() + undelivered(member);
  }
  // Bytes of memory.
  std::size_t held() const { return outbox_.held(); }
  // When bytes went last, or began to wait.
  Instant progressed() const { return outbox_.progressed(); }

 private:
  static std::size_t undelivered(const ChatMember* member) {
    return member == nullptr ? 0 : member->waiting().unsent();
  }
  void send(ByteView bytes, Instant now);
  void deliver(ChatMember* member, Instant now);

  Outbox::Socket socket_;
  std::unique_ptr<TlsSession> tls_;
  Outbox outbox_;
  bool peer_ended_ = false;
  bool tls_ended_ = false;
  bool broken_ = false;
};

}  // namespace wsconform
