// What we do in a case, step by step: frames, bytes and requests to send, the end of our direction,
// further connections. Values only; cases/README.md tells how each is written, step_reader reads
// and act_writer writes it. Two acts are equal when they are written alike: made of the same parts,
// not merely of the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/deflate.h"
#include "core/frame.h"
#include "runner/casebook/payload.h"

namespace wsconform {

// Where the writes of a step are cut into separate TCP segments.
struct Cut {
  enum class Kind { whole, frames, chunks, positions };
  Kind kind = Kind::whole;
  std::uint64_t chunk = 0;               // chunks: bytes in each; 1 is every byte
  std::vector<std::uint64_t> positions;  // positions: offsets of the step's bytes, ascending

  bool operator==(const Cut&) const = default;
};

// How a frame is masked (RFC 6455 §5.3).
struct Masking {
  enum class Kind { fresh, none, fixed };  // fresh: as the side demands, a new key for each frame
  Kind kind = Kind::fresh;
  MaskingKey key{};  // fixed

  bool operator==(const Masking&) const = default;
};

// { "send": "text", ... }: one frame, or one message in fragments (RFC 6455 §5.2, §5.4).
struct SendFrame {
  Opcode opcode = Opcode::text;
  bool fin = true;
  std::uint8_t rsv = 0;  // bits 4, 2, 1: RSV1, RSV2, RSV3
  Masking masking;
  std::optional<LengthForm> length_form;         // else the shortest
  std::optional<std::uint64_t> declared_length;  // in bytes; else the payload's
  Payload payload;  // of a Close: its code in two bytes, then its reason
  // Payload bytes of each fragment; what is left is one more. Empty: one frame.
  std::vector<std::uint64_t> fragments;
  std::uint64_t fragment_size = 0;     // bytes of every fragment but the last; 0: not so
  std::uint64_t times = 1;             // the same frame or message so often in a row
  std::optional<DeflateForm> deflate;  // compressed, where permessage-deflate is agreed
  // The connections on which it comes back, counted from 1. Empty: the one that sends it.
  std::vector<std::uint64_t> heard_by;
  Cut cut;

  bool operator==(const SendFrame&) const = default;
};

// { "send": "bytes", ... }
struct SendBytes {
  Payload payload;
  Cut cut;

  bool operator==(const SendBytes&) const = default;
};

// One change to the default request.
struct RawLine {
  std::string line;  // without line end; {n} counts up from 1
  std::uint64_t times = 1;

  bool operator==(const RawLine&) const = default;
};
struct FieldEdit {
  std::string name;
  std::vector<std::string> values;  // each becomes a line "Name: value" in the field's place

  bool operator==(const FieldEdit&) const = default;
};

// { "request": { ... } }: an opening handshake's request (RFC 6455 §4.1). Placeholders stay in its
// texts until it is sent: {host} {port} {path} {open-path} {key} (this connection's), {policy.NAME}
// (the target's profile), {n} in repeated lines.
struct SendRequest {
  std::optional<std::string> bytes;  // the whole head, and all below is ignored but `cut`, `body`
  std::string method = "GET";
  std::string target = "{path}";
  std::string version = "HTTP/1.1";
  std::optional<std::string> line;  // the whole request line instead
  std::vector<FieldEdit> set;       // replaces the default lines of the name, or appends
  std::vector<std::string> drop;
  // Name, and the raw line that stands in its place.
  std::vector<std::pair<std::string, std::string>> spell;
  std::vector<RawLine> first;   // raw lines right after the request line
  std::vector<RawLine> append;  // raw lines at the end
  std::string line_end = "\r\n";
  bool finished = true;  // false: without the closing empty line
  Payload body;
  Cut cut;

  bool operator==(const SendRequest&) const = default;
};

// { "end": "send" }: TCP FIN, still reading.
struct EndStream {
  bool operator==(const EndStream&) const = default;
};
// { "end": "reset" }: TCP RST.
struct ResetStream {
  bool operator==(const ResetStream&) const = default;
};
// { "connect": "again" }: leaves the connection as it is and opens another.
struct Reconnect {
  bool handshake = true;  // with a normal opening handshake; false with { "connect": "bare" }
  bool plain = false;     // { "connect": "plain" }: bare, and without TLS

  bool operator==(const Reconnect&) const = default;
};

// { "turn-to": 1 }: leaves the connection as it is and goes on with an earlier one, counted from 1.
// What that said meanwhile is heard now.
struct TurnTo {
  std::uint64_t connection = 1;

  bool operator==(const TurnTo&) const = default;
};

using Act =
    std::variant<SendFrame, SendBytes, SendRequest, EndStream, ResetStream, Reconnect, TurnTo>;

}  // namespace wsconform
