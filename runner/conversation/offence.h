// What is wrong whatever a case is about: an offence with the rule that it breaks, and with what is
// needed to tell of it. Its sentence is made in verdict_words.h.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/bytes.h"
#include "core/deflate.h"
#include "core/frame.h"
#include "core/handshake_fault.h"
#include "core/role.h"
#include "core/violation.h"

namespace wsconform {

// A frame breaks a rule of the framing layer.
struct IllegalFrame {
  Violation violation = Violation::rsv1_without_extension;
  FrameHeader header{};
};
// A head of the opening breaks a rule of the handshake.
struct IllegalOpening {
  HandshakeFault fault = HandshakeFault::status_line_malformed;
  Role of = Role::server;  // whose head it is
};
struct HeadTooLong {
  std::size_t most = 0;  // bytes
  Role of = Role::server;
};
// The end of a response's body cannot be found (RFC 9112 §6, §7.1).
struct BodyWithoutEnd {};
// A client spoke on before its handshake was answered (RFC 6455 §4.1).
struct SpokeTooEarly {};
// RFC 6455 §5.5.1
struct DataBehindClose {};
// RFC 6455 §8.1, of a message whose frames are right.
struct TextNotUtf8 {};
// A compressed message is not what was agreed (RFC 7692 §7.2).
struct MalformedDeflate {
  DeflateContext context{};
  std::string why{};  // of the inflater; "": it inflates to more than `most`
  std::uint64_t most = 0;
};

// A message as it is told of: its beginning alone is kept.
struct MessageGlimpse {
  static constexpr std::size_t most_shown = 40;  // bytes

  Opcode opcode = Opcode::text;
  std::uint64_t size = 0;  // of all of it
  Bytes beginning{};       // up to one byte more than is shown

  static Bytes beginning_of(ByteView payload) {
    const ByteView kept = payload.first(std::min(payload.size(), most_shown + 1));
    return {kept.begin(), kept.end()};
  }
};
struct UnaskedMessage {
  MessageGlimpse message{};
};
struct AnswerToIllegalData {
  MessageGlimpse message{};
};
struct ChangedEcho {
  Opcode sent = Opcode::text;
  Opcode came = Opcode::text;
  std::uint64_t sent_size = 0;
  std::uint64_t came_size = 0;
  std::uint64_t differs_at = 0;  // where opcode and size are the same: the first byte that is not
};
// A Ping that stood in a request, or in its body, was answered.
struct PongToRequest {
  Bytes beginning{};  // as in MessageGlimpse
};
// It never stops talking: more came than anything asked for.
struct Endless {
  std::uint64_t most = 0;
  enum class Of { bytes, frames } of = Of::bytes;
};

using Offence =
    std::variant<IllegalFrame, IllegalOpening, HeadTooLong, BodyWithoutEnd, SpokeTooEarly,
                 DataBehindClose, TextNotUtf8, MalformedDeflate, UnaskedMessage,
                 AnswerToIllegalData, ChangedEcho, PongToRequest, Endless>;

// The rule that is broken, by a name that never changes: that of core's page of rules where it
// stands there, else one of this page: "unasked-message".
std::string_view name_of(const Offence& offence);

}  // namespace wsconform
