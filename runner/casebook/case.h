// A case as the runner executes it: one variant of one entry of a case file, its `each` values put
// in, every payload ready to be built. A value, which depends on nothing else once it is loaded.
// cases/README.md tells how it is written; case_loader reads, case_writer writes it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/handshake_fault.h"
#include "core/role.h"
#include "reports/results/verdict.h"
#include "runner/casebook/act.h"
#include "runner/casebook/step.h"

namespace wsconform {

// What a case is about, of the parameters of permessage-deflate (RFC 7692 §7.1).
struct DeflateWanted {
  std::optional<bool> server_takes_over;
  std::optional<bool> client_takes_over;
  std::optional<int> server_window_bits;
  std::optional<int> client_window_bits;

  bool operator==(const DeflateWanted&) const = default;
};

// Where a case was written.
struct CaseOrigin {
  std::string file;
  std::size_t line = 0;
  std::string pointer;  // JSON pointer

  bool operator==(const CaseOrigin&) const = default;
};

struct Case {
  std::string id;       // full: section, slug, variant
  std::string section;  // "rfc6455/5.5-control-frames"
  std::string says;     // one sentence
  Level level = Level::must;
  std::string because;      // why it judges so; "" where that is plain
  std::vector<Role> sides;  // whom it can test
  std::vector<std::string> needs;
  std::vector<std::string> requirements;
  std::vector<std::string> autobahn;
  bool alone = false;      // runs with no other case beside it
  bool full_only = false;  // only with --intensity full
  double patience = 1;     // factor on the deadline of a step that is heavy for the target
  // Faults of a 101 that the case is about: nowhere overlooked by it.
  std::vector<HandshakeFault> about;
  DeflateWanted agreement;  // where the target agrees to anything else the case is skipped
  SendRequest handshake;    // the implied opening handshake, when no step sends a request
  bool opens = true;        // that handshake comes first: no step sends a request
  std::vector<Step> steps;  // the last is an expectation
  CaseOrigin origin;

  bool operator==(const Case&) const = default;
};

}  // namespace wsconform
