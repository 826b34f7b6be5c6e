// Compressed messages read by zlib alone, joined to the one DEFLATE stream that they are (RFC 7692
// §7.2.2): the second opinion on Inflater. Its windows are always the largest.
#pragma once

#include <cstddef>
#include <memory>

#include "core/bytes.h"

struct z_stream_s;

namespace wsconform {

class JoinedInflater {
 public:
  // `takes_over`: the window reaches back over earlier messages. Stops where a message grows past
  // `max_message` bytes.
  explicit JoinedInflater(bool takes_over, std::size_t max_message);
  ~JoinedInflater();

  // The next bytes of the message. What comes of it is appended to `message`.
  void feed(ByteView compressed, Bytes& message);
  // The message is complete: the octets that its sender dropped are put back. False where it does
  // not end with a block.
  bool end(Bytes& message);
  // No DEFLATE stream begins so; stays.
  bool broken() const { return broken_; }

  // Bytes of the heap that this thread's have, and keep for the next when they are gone.
  static std::size_t kept_memory();

 private:
  struct Delete {
    void operator()(z_stream_s* stream) const;
  };

  std::unique_ptr<z_stream_s, Delete> stream_;
  bool takes_over_ = true;
  std::size_t max_message_ = 0;
  bool broken_ = false;
  bool idle_ = true;  // at the start of a message, or behind a final block
};

}  // namespace wsconform
