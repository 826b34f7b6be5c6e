// A case as the runner executes it: one variant of one entry of a case file, its `each` values put in, every
// payload ready to be built. cases/README.md tells how it is written.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/role.h"
#include "reports/results/verdict.h"
#include "runner/casebook/act.h"
#include "runner/casebook/expectation.h"

namespace wsconform {

using Step = std::variant<Act, Expectation>;

// The act, or the expectation, that a step is; nullptr: it is another.
template <typename Kind>
const Kind* as(const Step& step) {
  if constexpr (std::constructible_from<Act, Kind>) {
    const auto* act = std::get_if<Act>(&step);
    return act == nullptr ? nullptr : std::get_if<Kind>(act);
  } else {
    const auto* expectation = std::get_if<Expectation>(&step);
    return expectation == nullptr ? nullptr : std::get_if<Kind>(expectation);
  }
}

// Calls the visitor with the act, or with the expectation, itself.
template <typename Visitor>
decltype(auto) visit_step(Visitor&& visitor, const Step& step) {
  return std::visit([&](const auto& kind) { return std::visit(visitor, kind); }, step);
}

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
  Level level = Level::must;
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
