// What the target is entitled to answer: the bytes sent to it go through a reference Connection in
// its role, whose events are the messages it may echo and the Pings it may answer. After the first
// fault it is entitled to nothing more.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "core/bytes.h"
#include "core/connection.h"
#include "core/frame_decoder.h"
#include "core/opcode.h"
#include "core/violation.h"

namespace wsconform {

class Entitlement {
 public:
  struct Message {
    Opcode opcode = Opcode::text;
    Bytes payload;
  };

  Entitlement(Role target, Instant now);

  // permessage-deflate was agreed. Whatever window and context we use, a target may follow: no rule
  // makes it notice. Precondition: nothing was sent.
  void agreed();
  // Bytes of frames, right or wrong, in the order they are written.
  void sent(ByteView wire);

  // Said on another connection, and to be heard on this one.
  void owe(const Message& message);

  std::deque<Message>& echoes() { return echoes_; }
  const std::deque<Message>& echoes() const { return echoes_; }
  std::deque<Bytes>& pings() { return pings_; }
  // The rule that what was sent broke first, or may have broken.
  std::optional<Violation> violation() const { return violation_; }
  // What was sent broke a rule.
  bool faulty() const { return violation_ && !malformed_deflate(); }
  // What broke it was a Close: the code that it carries, or 0.
  const std::optional<std::uint16_t>& illegal_close() const { return illegal_close_; }
  // A compressed message was sent that does not inflate to an end. RFC 7692 does not say who has to
  // notice, so what the target makes of it is the case's to judge.
  bool malformed_deflate() const { return violation_ == Violation::malformed_deflate; }
  // A Close went out: an answer to anything after it is not to be had.
  bool closing() const { return closing_; }
  // What was sent ends between two frames, so that a Ping can follow.
  bool at_boundary() const { return frames_.at_boundary(); }
  // The largest message sent, in bytes.
  std::size_t largest() const { return largest_; }

 private:
  Role role_ = Role::server;
  Instant began_;
  Connection target_;
  FrameDecoder frames_{2};  // a Close's code
  std::deque<Message> echoes_;
  std::deque<Bytes> pings_;
  std::size_t largest_ = 0;
  std::optional<Violation> violation_;
  std::optional<std::uint16_t> illegal_close_;
  bool closing_ = false;
  bool sent_ = false;
};

}  // namespace wsconform
