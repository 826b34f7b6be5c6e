// What a case expects of its target: responses, frames, and how a connection ends. Values only;
// cases/README.md tells how each is written and judged, expectation_reader reads and
// expectation_writer writes it, ending_words says it in English.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/opcode.h"
#include "reports/results/verdict.h"
#include "runner/casebook/act.h"
#include "runner/casebook/payload.h"

namespace wsconform {

// A set of HTTP status codes.
struct StatusSet {
  std::vector<std::pair<int, int>> ranges;  // inclusive: one code, or a class such as 400 to 499
  bool has(int status) const;
  bool empty() const { return ranges.empty(); }

  bool operator==(const StatusSet&) const = default;
};

struct FieldCheck {
  enum class Kind {
    present,
    absent,
    equals,   // without regard to case
    lists,    // the value is an element of the list, without regard to case
    elements  // a list of one element or more, none empty, each of the form that the value names
  };
  std::string name;
  Kind kind = Kind::present;
  std::string value;

  bool operator==(const FieldCheck&) const = default;
};

// { "expect": "response", ... }: an HTTP response of the status; 101 is judged whole by RFC 6455
// §4.1 and opens the connection.
struct ExpectResponse {
  StatusSet status;
  std::vector<FieldCheck> fields;
  std::optional<std::string> subprotocol;  // "" : none selected

  bool operator==(const ExpectResponse&) const = default;
};

// { "expect": "refusal", ... }: a request that must not be answered with 101.
struct ExpectRefusal {
  StatusSet status{{{400, 400}}};                 // pass
  StatusSet tolerated{{{400, 499}, {502, 502}}};  // lenient: a gateway's 502 is honest
  Verdict end_without_response = Verdict::lenient;
  bool silence_passes = false;  // as in EndingKind: more of the request may be waited for
  std::vector<FieldCheck> fields;
  // One of `fields` may be missing, and is only noted. False: the case is about them; without
  // `fields`, about the field that HTTP demands beside the status.
  bool may_be_missing = true;

  bool operator==(const ExpectRefusal&) const = default;
};

// { "expect": "text" | "binary" | "ping" | "pong", ... }
struct ExpectFrame {
  Opcode opcode = Opcode::text;
  // text, binary: the earliest message sent and not yet answered; pong: the latest Ping's payload.
  bool same = true;
  Payload payload;          // where not same
  bool compressed = false;  // text, binary: and comes compressed

  bool operator==(const ExpectFrame&) const = default;
};

// How an expectation ends a conversation, defined once for all cases (cases/README.md).
enum class EndingKind {
  open,               // the ping barrier is answered and nothing else comes
  failed_connection,  // RFC 6455 §7.1.7: at most one Close, then the end of TCP
  closed,             // §7.1: a Close answers ours, then the target ends TCP
  end,                // TCP ends, with or without Close, nothing else
  echo,               // every message sent comes back, and the connection is open
  response,           // (before 101) a response with a status of `status`
  silence,            // no response, or behind a 101 no message and no Close, comes for half of the
                      // patience, and TCP is open
};
std::string_view name_of(EndingKind kind);  // "failed-connection"
std::optional<EndingKind> ending_kind_named(std::string_view name);
// Of these, a Close's code is judged.
bool takes_code(EndingKind kind);

struct Ending {
  EndingKind kind = EndingKind::open;
  // failed_connection, closed: codes that fit; empty: any, or none.
  std::vector<std::uint16_t> codes;
  bool code_absent = false;  // "code": "none": no Close frame, or one without a code
  StatusSet status;          // response
  Verdict verdict = Verdict::pass;
  std::string because;

  bool operator==(const Ending&) const = default;
};

// A graded list, never empty: the first that fits gives the verdict; none: fail. Behind one that
// has a silence, the steps up to the next Reconnect are played only where the silence fits: what
// else fits ends the connection's part.
struct ExpectEnding {
  std::vector<Ending> endings;
  // A plain { "expect": "failed-connection", "code": 1002 } is read as its graded list (1002: pass;
  // any other code or none: lenient). Its first ending is the one that was written.
  bool plain = false;
  bool asks = true;  // where silence lasts, a Ping asks whether the connection is open

  bool operator==(const ExpectEnding&) const = default;
};

// Of a proportion: which of its requests.
enum class Trial { harmless, quarter, whole };

// { "expect": "proportion", ... }: three requests, each on connections of its own and several times
// in turn. Whatever they are answered with, the time to it does not leap.
struct ExpectProportion {
  std::vector<SendRequest> trials;  // three, by Trial: harmless, quarter, whole

  bool operator==(const ExpectProportion&) const = default;
};

using Expectation =
    std::variant<ExpectResponse, ExpectRefusal, ExpectFrame, ExpectEnding, ExpectProportion>;

// What a list of endings can be decided by.
bool any_of_kind(const std::vector<Ending>& endings, EndingKind kind);
bool allows_status(const std::vector<Ending>& endings, int status);
// It is an answer that nothing comes.
bool takes_silence(const Expectation& expectation);
// The connection may end: it is not asked by a barrier before the target had time to react.
bool may_end(const std::vector<Ending>& endings);

}  // namespace wsconform
