// A case as the runner executes it: one variant of one entry of a case file, its `each` values put in, every
// payload ready to be built. cases/README.md tells how it is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/deflate.h"
#include "core/frame.h"
#include "core/role.h"
#include "reports/results.h"
#include "runner/payload.h"
#include "runner/proportion.h"

namespace wsconform {

// Where the writes of a step are cut into separate TCP segments.
struct Cut {
  enum class Kind { whole, frames, chunks, positions };
  Kind kind = Kind::whole;
  std::uint64_t chunk = 0;               // chunks: bytes in each; 1 is every byte
  std::vector<std::uint64_t> positions;  // positions: offsets of the step's bytes, ascending
};

// How a frame is masked.
struct Masking {
  enum class Kind { fresh, none, fixed };  // fresh: as the side demands, a new key for each frame
  Kind kind = Kind::fresh;
  MaskingKey key{};
};

// { "send": "text", ... }: one frame, or one message in fragments.
struct SendFrame {
  Opcode opcode = Opcode::text;
  bool fin = true;
  std::uint8_t rsv = 0;  // bits 4, 2, 1: RSV1, RSV2, RSV3
  Masking masking;
  std::optional<LengthForm> length_form;         // else the shortest
  std::optional<std::uint64_t> declared_length;  // else the payload's
  Payload payload;
  std::vector<std::uint64_t>
      fragments;  // payload bytes of each; what is left is one more. Empty: one frame
  std::uint64_t fragment_size = 0;     // every fragment but the last has this size; 0: not so
  std::uint64_t times = 1;             // the same frame or message so often in a row
  std::optional<DeflateForm> deflate;  // compressed, where permessage-deflate is agreed
  Cut cut;
};

// { "send": "bytes", ... }
struct SendBytes {
  Payload payload;
  Cut cut;
};

// One change to the default request.
struct RawLine {
  std::string line;  // without line end; {n} counts up from 1
  std::uint64_t times = 1;
};
struct FieldEdit {
  std::string name;
  std::vector<std::string> values;  // each becomes a line "Name: value" in the field's place
};

// { "request": { ... } }: an opening handshake's request. Placeholders that stay in its texts until it is sent:
// {host} {port} {path} {key} (this connection's), {n} in repeated lines.
struct SendRequest {
  std::optional<std::string> bytes;  // the whole head, and all below is ignored but `cut`, `body`
  std::string method = "GET";
  std::string target = "{path}";
  std::string version = "HTTP/1.1";
  std::optional<std::string> line;  // the whole request line instead
  std::vector<FieldEdit> set;       // replaces the default lines of the name, or appends
  std::vector<std::string> drop;
  std::vector<std::pair<std::string, std::string>>
      spell;                    // name, raw line that stands in its place
  std::vector<RawLine> first;   // raw lines right after the request line
  std::vector<RawLine> append;  // raw lines at the end
  std::string line_end = "\r\n";
  bool finished = true;  // false: without the closing empty line
  Payload body;
  Cut cut;
};

struct EndStream {};    // { "end": "send" }: TCP FIN, still reading
struct ResetStream {};  // { "end": "reset" }: TCP RST
struct Reconnect {      // { "connect": "again" }: leaves the connection as it is and opens another
  bool handshake = true;      // with a normal opening handshake; false with { "connect": "bare" }
  bool plain = false;         // { "connect": "plain" }: bare, and without TLS
  bool ends_earlier = false;  // ends the connection before it first
};

// A set of HTTP status codes.
struct StatusSet {
  std::vector<std::pair<int, int>> ranges;  // inclusive
  bool has(int status) const;
  bool empty() const { return ranges.empty(); }
};

struct FieldCheck {
  enum class Kind {
    present,
    absent,
    equals,   // without regard to case
    lists,    // the value is an element of the list, without regard to case
    elements  // a list of one element or more, none empty, each what the value names: see is_element
  };
  std::string name;
  Kind kind = Kind::present;
  std::string value;
};

// { "expect": "response", ... }: an HTTP response of the status; 101 is judged whole by §4.1 and opens the connection.
struct ExpectResponse {
  StatusSet status;
  std::vector<FieldCheck> fields;
  std::optional<std::string> subprotocol;  // "" : none selected
};

// { "expect": "refusal", ... }: a request that must not be answered with 101.
struct ExpectRefusal {
  StatusSet status;     // pass
  StatusSet tolerated;  // lenient
  Verdict end_without_response = Verdict::lenient;
  bool silence_passes = false;     // as in EndingKind: more of the request may be waited for
  std::vector<FieldCheck> fields;  // lenient where one is not met
};

// { "expect": "text" | "binary" | "ping" | "pong", ... }
struct ExpectFrame {
  Opcode opcode = Opcode::text;
  bool same =
      true;  // text, binary: the earliest message sent and not yet answered; pong: the latest Ping
  Payload payload;          // where not same
  bool compressed = false;  // text, binary: and comes compressed
};

// How an expectation ends a conversation, defined once for all cases (cases/README.md).
enum class EndingKind {
  open,               // the ping barrier is answered and nothing else comes
  failed_connection,  // RFC 6455 §7.1.7: at most one Close, then the end of TCP
  closed,             // §7.1: a Close answers ours, then the target ends TCP
  end,                // TCP ends, with or without Close, nothing else
  echo,               // every message sent comes back, and the connection is open
  response,           // (before 101) a response with a status of `status`
  silence,            // (before 101) nothing comes for half of the patience, and TCP is open
};
struct Ending {
  EndingKind kind = EndingKind::open;
  std::vector<std::uint16_t>
      codes;                 // failed_connection, closed: codes that fit; empty: any, or none
  bool code_absent = false;  // "code": "none": no Close frame, or one without a code
  StatusSet status;          // response
  Verdict verdict = Verdict::pass;
  std::string because;
};
// A graded list: the first that fits gives the verdict; none: fail. Behind one that has a silence, the steps up to the next
// Reconnect are played only where the silence fits: what else fits ends the connection's part.
// A plain { "expect": "failed-connection", "code": 1002 } is read as its graded list (1002: pass; any other code or none:
// lenient).
struct ExpectEnding {
  std::vector<Ending> endings;
  std::string expected;  // in words
  bool asks = true;      // where silence lasts, a Ping asks whether the connection is open
};

// { "expect": "proportion", ... }: three requests, each on connections of its own and several times in turn. Whatever they
// are answered with, the time to it does not leap (runner/proportion.h).
struct ExpectProportion {
  std::vector<SendRequest> trials;  // by Trial: harmless, quarter, whole
};
// Made of it when the case is played, and never written: any answer is awaited and its time kept.
struct TakeTime {
  Trial trial = Trial::harmless;
};

using Step = std::variant<SendFrame, SendBytes, SendRequest, EndStream, ResetStream, Reconnect,
                          ExpectResponse, ExpectRefusal, ExpectFrame, ExpectEnding,
                          ExpectProportion, TakeTime>;

// What a case is about, of the parameters of permessage-deflate.
struct DeflateWanted {
  std::optional<bool> server_takes_over;
  std::optional<bool> client_takes_over;
  std::optional<int> server_window_bits;
  std::optional<int> client_window_bits;
};

// Where a case was written.
struct CaseOrigin {
  std::string file;
  std::size_t line = 0;
  std::string pointer;  // JSON pointer
};

struct Case {
  std::string id;       // full: section, slug, variant
  std::string section;  // "rfc6455/5.5-control-frames"
  std::string says;
  std::string level;  // must, should, may, observe
  std::string because;
  std::vector<Role> sides;  // whom it can test
  std::vector<std::string> needs;
  std::vector<std::string> requirements;
  std::vector<std::string> autobahn;
  bool alone = false;       // runs with no other case beside it
  bool full_only = false;   // only with --intensity full
  double patience = 1;      // factor on the deadline of a step that is heavy for the target
  DeflateWanted agreement;  // where the target agrees to anything else the case is skipped
  SendRequest handshake;    // the implied opening handshake, when no step sends a request
  bool opens = true;        // that handshake comes first
  std::vector<Step> steps;
  CaseOrigin origin;
};

}  // namespace wsconform
