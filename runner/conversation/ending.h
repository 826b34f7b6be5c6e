// How a connection ended, held against the endings that a case allows (cases/README.md; RFC 6455 §7.1.7, §7.1).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runner/casebook/case.h"
#include "runner/conversation/exchange.h"

namespace wsconform {

// What became of a connection.
struct Reaction {
  bool open = false;        // the ping barrier was answered
  bool all_echoed = false;  // every message sent came back
  bool upgraded = false;    // a 101 came
  std::optional<StreamEnd> end{};
  std::optional<SawClose> close{};
  std::optional<int> status{};   // of a response
  std::optional<int> interim{};  // of the latest interim response (RFC 9110 §15.2) before it
  bool assumed = false;          // `open` is what a while without an end was taken for
  bool silent = false;           // nothing of all that came for as long as a silence takes
};
Reaction reaction_of(const Exchange& exchange);

// The first ending that fits; nullptr: none does.
const Ending* fitting(const std::vector<Ending>& endings, const Reaction& reaction);
// What came, as a report says it: "Close 1002 (protocol error), then the end of TCP".
std::string words_for(const Reaction& reaction);

}  // namespace wsconform
