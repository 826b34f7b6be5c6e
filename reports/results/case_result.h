// What came of one case: what it asks, as the case says it; the verdict and its ground; what was
// seen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/results/cause.h"
#include "reports/results/verdict.h"
#include "reports/results/wire_entry.h"

namespace wsconform {

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
  std::string ground;    // the kind of the reason, by a name that never changes: "hung"; or ""
  std::string came;      // what ended it, likewise: "close-1002"; "": nothing decided so
  Cause cause;           // of a verdict that tells against the target, or of an error
  std::string reason;    // one sentence
  std::string expected;  // where the reason turns on a step: what was awaited
  std::string received;  // and what came instead
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

// What stands before the variant in an id; the whole id where that is not of the section.
std::string_view without_variant(std::string_view id, std::string_view section);

}  // namespace wsconform
