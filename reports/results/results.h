// What a run found, as data: the one thing every report is made from. Its JSON form is described by
// reports/results/results.schema.json and read and written by results_json.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/results/verdict.h"

namespace wsconform {

// One thing that went over the wire, or happened to it, in the order it happened.
struct WireEntry {
  enum class Direction { sent, received, event };  // event: connects, ends, resets, deadlines
  enum class Kind { head, body, frame, bytes, event };

  double at_ms = 0;    // since the case began
  int connection = 0;  // 0 for the case's first TCP connection, 1 for its second ...
  Direction direction = Direction::event;
  Kind kind = Kind::event;
  std::string says;  // decoded, one line: "Ping, 126 bytes, masked 0x1a2b3c4d"
  std::vector<std::string>
      details;  // further decoded lines: field lines of a head, close code and reason
  std::vector<std::uint8_t> bytes;  // as on the wire; at most the first few hundred
  std::uint64_t size = 0;           // of the whole on the wire
  std::string violation;            // name of the framing rule that a received frame breaks, or ""

  bool operator==(const WireEntry&) const = default;
};

struct CaseResult {
  std::string id;       // full id: "rfc6455/5.5-control-frames/ping-126"
  std::string section;  // "rfc6455/5.5-control-frames"
  std::string says;
  Level level = Level::must;
  std::string because;  // why the case judges as it does, where that was close; or ""
  std::vector<std::string> requirements;
  std::vector<std::string> autobahn;
  std::vector<std::string> script;  // its steps in words

  Verdict verdict = Verdict::error;
  AtFault at_fault = AtFault::nobody;
  std::string reason;              // one sentence
  std::string expected;            // where the reason turns on a step: what was awaited
  std::string received;            // and what came instead
  std::vector<std::string> notes;  // observed on the way, without weight in the verdict

  double handshake_ms = 0;
  double total_ms = 0;
  int repetition = 1;  // with --repeat: 1, 2 ...
  std::vector<WireEntry> wire;
  std::uint64_t wire_left_out = 0;  // entries past the bound of the log

  std::string known_failing;  // the reason given in the known-failing list, or ""
  bool unexpected = false;    // counts against exit code 0

  bool operator==(const CaseResult&) const = default;
};

struct Fact {          // found out about the target, not judged
  std::string name;    // "largest text message"; the same thing has the same name in every run
  std::string value;   // in words: "1048576 bytes; beyond: Close 1009, then the end of TCP"
  double amount = 0;   // where there is a unit: the number alone
  std::string unit{};  // "bytes", "ms", ...; "": the fact is no number

  bool operator==(const Fact&) const = default;
};

struct Target {
  std::string name;  // as the user calls it, or the URL
  std::string url;
  std::string server;  // the Server field of its handshake response, or ""
  bool echoes = false;
  double round_trip_ms = 0;
  std::vector<Fact> facts;

  bool operator==(const Target&) const = default;
};

struct Requirement {
  std::string id;        // "rfc6455/5.5-control-payload-125"
  std::string standard;  // "rfc6455"
  std::string section;   // "5.5"
  Level level = Level::must;
  std::string says;
  std::vector<std::string> binds;
  bool testable = true;
  std::string because;  // why not testable

  bool operator==(const Requirement&) const = default;
};

struct Results {
  int version = 1;              // of the format
  std::string wsconform;        // version of the program
  std::string side = "server";  // whom the run judged
  std::string started;          // RFC 3339, UTC
  double duration_ms = 0;
  std::uint64_t seed = 0;
  bool shuffled = false;
  int jobs = 0;
  Target target;
  std::vector<CaseResult> cases;          // in the order of their ids
  std::vector<Requirement> requirements;  // the whole catalogue
  std::vector<std::string>
      dead_known_failing;  // entries of the list that match no case: unexpected
  std::string stopped;     // why the run ended early ("interrupted", "the target died"), or ""
  int exit_code = 0;

  bool operator==(const Results&) const = default;
};

using Counts = std::map<Verdict, std::size_t>;  // holds every verdict
Counts count_verdicts(const std::vector<CaseResult>& cases);
// Cases that count against exit code 0.
std::size_t count_unexpected(const Results& results);

}  // namespace wsconform
