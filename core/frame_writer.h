// The sending half of an endpoint: frames as its role has to send them (RFC 6455 §5).
#pragma once

#include <cstdint>
#include <functional>
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
  void deflate_with(DeflateContext context) { deflater_.emplace(context); }

  // Appends a text or binary message to `out`, in one frame.
  void write_message(Opcode opcode, ByteView payload, Bytes& out);
  // Appends one unfragmented frame to `out`, as it is.
  void write(Opcode opcode, ByteView payload, Bytes& out) const;
  // Appends a Close; code 0 stands for an empty payload. The reason is cut, at a character, to what
  // a control frame holds.
  void write_close(std::uint16_t code, std::string_view reason, Bytes& out) const;

 private:
  void write(FrameHeader header, ByteView payload, Bytes& out) const;

  Role sender_ = Role::server;
  std::function<MaskingKey()> next_masking_key_;
  std::optional<Deflater> deflater_;
};

}  // namespace wsconform
