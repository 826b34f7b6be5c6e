// The sending half of an endpoint: frames as its role has to send them (RFC 6455 §5).
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "core/bytes.h"
#include "core/frame.h"
#include "core/role.h"

namespace wsconform {

class FrameWriter {
 public:
  // A server writes unmasked; a client asks `next_masking_key` for the key of each frame (§5.1, §5.3).
  FrameWriter(Role sender, std::function<MaskingKey()> next_masking_key);

  // Appends one unfragmented frame to `out`.
  void write(Opcode opcode, ByteView payload, Bytes& out) const;
  // Appends a Close; code 0 stands for an empty payload. The reason is cut, at a character, to what a control frame holds.
  void write_close(std::uint16_t code, std::string_view reason, Bytes& out) const;

 private:
  Role sender_ = Role::server;
  std::function<MaskingKey()> next_masking_key_;
};

}  // namespace wsconform
