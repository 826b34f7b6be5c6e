// The receiving half of an endpoint once its connection is open: a stream of bytes in; messages,
// control frames and the first violation out (RFC 6455 §5).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "core/bytes.h"
#include "core/frame.h"
#include "core/frame_rules.h"
#include "core/message_assembler.h"
#include "core/payload_collector.h"
#include "core/role.h"
#include "core/violation.h"

namespace wsconform {

struct Received {
  enum class Kind { message, control, violation };

  Kind kind = Kind::message;
  Opcode opcode = Opcode::text;  // of the message or the control frame
  ByteView payload;              // unmasked; text is valid UTF-8 unless that is tolerated
  Violation violation = Violation::rsv1_without_extension;
};

class FrameReceiver {
 public:
  struct Rules {
    Role receiver = Role::server;
    std::uint64_t max_frame = UINT64_MAX;      // payload bytes
    std::uint64_t max_message = UINT64_MAX;    // payload bytes
    std::uint64_t max_fragments = UINT64_MAX;  // frames of one message
    ViolationSet tolerated = {};
  };

  explicit FrameReceiver(const Rules& rules);

  // permessage-deflate was agreed, and no frame is under way: RSV1 has a meaning on the first
  // frames of messages (RFC 7692 §6).
  void inflate_with(DeflateContext context);

  // Takes bytes from the front of `input` until something is complete, and gives it until the next
  // call; null: all are taken, and more are needed. Payloads are unmasked in place; a control frame
  // or a message not compressed that lies whole in `input` is viewed there. After a violation
  // nothing further may be asked. Frames tolerated: reserved data opcodes make messages of that
  // opcode, reserved control opcodes control frames.
  const Received* next(std::span<std::uint8_t>& input);
  // Ends the life of every payload that was not viewed in the input.
  void release();

  // Gives back memory that is of no use while nothing comes; releases.
  void rest();
  // Bytes of memory held, about.
  std::size_t held() const { return message_.held() + control_.held(); }

  // True between frames.
  bool at_boundary() const { return !in_frame_ && head_size_ == 0; }
  // True between messages: where nothing is compressed, it is like a new one then, but for
  // payloads that live.
  bool between_messages() const { return at_boundary() && !message_.under_way(); }

 private:
  const Received* take_short_message(std::span<std::uint8_t>& input);
  bool read_header(std::span<std::uint8_t>& input);
  std::optional<Violation> begin_frame();
  std::optional<Violation> take_payload(std::span<std::uint8_t>& input);
  std::optional<Violation> end_frame();
  const Received* broken(Violation violation);

  FrameContext context_;
  std::size_t short_below_ = 0;  // payloads of fewer bytes have a short length and break no limit
  MessageAssembler message_;
  PayloadCollector control_;
  std::array<std::uint8_t, max_header_size> head_ = {};  // of a header that is cut
  std::size_t head_size_ = 0;
  bool in_frame_ = false;
  FrameHeader header_;         // of the frame under way
  std::uint64_t missing_ = 0;  // payload bytes of it yet to come
  Received received_;
};

}  // namespace wsconform
