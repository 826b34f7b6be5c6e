// What a Connection tells its owner. Events are small and view what they tell of: views live until
// its next receive, receive_end or tick.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "core/bytes.h"
#include "core/http_head.h"
#include "core/opcode.h"
#include "core/permessage_deflate.h"
#include "core/violation.h"

namespace wsconform {

// What an opening handshake agreed on.
struct Handshake {
  HttpHead request;
  HttpHead response;
  std::string subprotocol;
  std::optional<DeflateAgreement> deflate = std::nullopt;  // permessage-deflate, where it is agreed
};
struct Opened {  // the handshake is done; the connection is OPEN (RFC 6455 §4.2.2, §4.1)
  const Handshake* handshake = nullptr;
};
struct Refused {   // the handshake failed: a server refused it, or a client got no valid 101
  int status = 0;  // of the response; 0 where there was none
  std::string_view reason;
};
struct MessageReceived {  // whole, all fragments joined; text is valid UTF-8
  Opcode opcode = Opcode::text;
  ByteView payload;
};
struct PingReceived {
  ByteView payload;
};
struct PongReceived {
  ByteView payload;
};
struct CloseReceived {  // (§7.1.5) code is absent where the payload was empty
  std::optional<std::uint16_t> code;
  std::string_view reason;
};
// The connection is failed (§7.1.7), by the peer's violation or by a deadline or an end
// of the stream.
struct Failed {
  std::optional<Violation> violation;
  // That the Close sent for it carried; 0 where none was sent, or an empty one.
  std::uint16_t code = 0;
  std::string_view reason;
};
// The connection is over for its owner, who is to end TCP (§7.1.4, §7.1.5): a server was failed or
// both Closes were exchanged, the stream ended, or a client's close deadline passed.
struct Closed {
  bool clean = false;      // both Closes were exchanged
  std::uint16_t code = 0;  // 1005 where none came, 1006 where no Close came
};

using Event = std::variant<Opened, Refused, MessageReceived, PingReceived, PongReceived,
                           CloseReceived, Failed, Closed>;
static_assert(std::is_trivially_copyable_v<Event> && sizeof(Event) <= 32);

}  // namespace wsconform
