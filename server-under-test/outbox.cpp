#include "server-under-test/outbox.h"

#include <boost/asio/buffer.hpp>

namespace wsconform {

bool Outbox::send(Socket& socket, ByteView more, Instant now) {
  bool alive = true;
  if (unsent() == 0) {
    progressed_ = now;
    alive = write_front(socket, more, now);
  }
  waiting_.append(more);
  return alive;
}

bool Outbox::write(Socket& socket, Instant now) {
  ByteView rest = waiting_.view().subspan(sent_);
  const bool alive = write_front(socket, rest, now);
  sent_ = waiting_.size() - rest.size();
  if (unsent() == 0) {
    drop();
  } else if (sent_ > waiting_.size() / 2) {
    waiting_.drop_front(sent_);
    sent_ = 0;
  }
  return alive;
}

bool Outbox::write_front(Socket& socket, ByteView& bytes, Instant now) {
  while (!bytes.empty()) {
    boost::system::error_code failed;
    const std::size_t size =
        socket.write_some(boost::asio::buffer(bytes.data(), bytes.size()), failed);
    bytes = bytes.subspan(size);
    if (size > 0) progressed_ = now;
    if (failed) return failed == boost::asio::error::would_block;
  }
  return true;
}

void Outbox::drop() {
  waiting_ = GrowingBytes();
  sent_ = 0;
}

}  // namespace wsconform
