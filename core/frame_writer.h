// The sending half of an endpoint: frames as its role has to send them (RFC 6455 §5).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "core/bytes.h"
#include "core/deflate.h"
#include "core/frame.h"
#include "core/role.h"

namespace wsconform {

class FrameWriter {
 public:
  // A server writes unmasked; a client asks `next_masking_key` for the key of each frame
  // (§5.1, §5.3).
  FrameWriter(Role sender, std::function<MaskingKey()> next_masking_key);

  // permessage-deflate was agreed: messages are compressed from now on.
  void deflate_with(DeflateContext context) { deflater_ = std::make_unique<Deflater>(context); }

  // Appends a text or binary message to `out`, in one frame.
  void write_message(Opcode opcode, ByteView payload, Bytes& out);
  // The same in steps: `payload` stays where it is until the message is written.
  void begin_message(Opcode opcode, ByteView payload);
  // Deflates or appends about `most` bytes more of the message under way, if there is one. True
  // once it is written, and what was to stand behind it too.
  bool proceed(std::size_t most, Bytes& out);
  bool under_way() const { return message_ != nullptr; }
  // The message under way is not written to its end, nor what was to stand behind it.
  void drop_message() { message_.reset(); }

  // Appends one unfragmented frame to `out`, as it is; behind a message under way once that is
  // written.
  void write(Opcode opcode, ByteView payload, Bytes& out);
  // Appends a Close, likewise; code 0 stands for an empty payload. The reason is cut, at a
  // character, to what a control frame holds.
  void write_close(std::uint16_t code, std::string_view reason, Bytes& out);

  // Gives back memory that is of no use while nothing is sent.
  void rest();
  // No message follows: nothing is kept for any to refer back to.
  void forget() { deflater_.reset(); }
  // Bytes of memory held, about.
  std::size_t held() const;

 private:
  struct Message {
    Opcode opcode = Opcode::text;
    ByteView payload;  // what is still to be deflated or written
    Bytes deflated;
    bool deflates = false;
    std::optional<MaskingKey> key;
    std::uint64_t written = 0;  // payload bytes
    bool begun = false;         // its header is out
    Bytes behind;               // frames that wait for its end
  };

  void write(FrameHeader header, ByteView payload, Bytes& out) const;
  MaskingKey next_key() const;
  void deflate_some(std::size_t most);
  void begin_frame(Bytes& out);
  void write_some(std::size_t most, Bytes& out);

  Role sender_ = Role::server;
  // Each null where it is not needed: many writers write nothing for long.
  std::unique_ptr<std::function<MaskingKey()>> next_masking_key_;
  std::unique_ptr<Deflater> deflater_;
  std::unique_ptr<Message> message_;  // under way
};

}  // namespace wsconform
