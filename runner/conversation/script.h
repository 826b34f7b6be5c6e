// The cues that a conversation plays: the steps of its case, and what goes without saying there.
#pragma once

#include <concepts>
#include <string>
#include <variant>
#include <vector>

#include "core/role.h"
#include "runner/casebook/step.h"

namespace wsconform {

struct Case;

// A try of an ExpectProportion: ends the connection and opens another, without a handshake.
struct NextTry {};
// Any answer to it is awaited, and its time kept.
struct TakeTime {
  Trial trial = Trial::harmless;
};
// The case is over, and left the connection open: a Ping is answered.
struct StaysOpen {};
// The opening handshake of a client: its request is awaited, then answered with the 101
// that it deserves.
struct AwaitRequest {};
struct AcceptRequest {};

using Cue =
    std::variant<Act, Expectation, NextTry, TakeTime, StaysOpen, AwaitRequest, AcceptRequest>;

// Something to do, and nothing to wait for.
template <typename Kind>
concept ActKind = std::constructible_from<Act, Kind> || std::same_as<Kind, NextTry> ||
                  std::same_as<Kind, AcceptRequest>;

template <typename Visitor>
struct CueVisitor {
  const Visitor& visitor;

  auto operator()(const Act& act) const { return std::visit(visitor, act); }
  auto operator()(const Expectation& expected) const { return std::visit(visitor, expected); }
  auto operator()(const auto& own) const { return visitor(own); }
};
// Calls the visitor with the act, the expectation or the cue of our own itself.
template <typename Visitor>
auto visit_cue(const Visitor& visitor, const Cue& cue) {
  return std::visit(CueVisitor<Visitor>{visitor}, cue);
}

// What a cue is awaited for, as far as waiting depends on it.
struct CueTraits {
  bool reconnects = false;      // another connection is opened, or taken up
  bool is_ending = false;       // how the connection ends is awaited
  bool is_message = false;      // a text or binary message is
  bool times = false;           // the time to any answer is
  bool about_response = false;  // it is met by the answer to a request
  bool over_response = false;   // and ends with it: what a 101 opens is another matter
  bool asks = false;            // a Ping asks whether the connection is open
  bool silence_counts = false;  // it is an answer that nothing comes
};
CueTraits traits_of(const Cue& cue);
// What an expectation expects, in words; of an act "".
std::string words_for_awaited(const Cue& cue);
// The same of one that is judged by how the connection ends. Of a message: that a Ping is answered
// where the target does not echo.
std::string words_for_awaited_ending(const Cue& cue);

// With the opening handshakes, and with the trials of which an ExpectProportion is made.
std::vector<Cue> whole_script(const Case& each, Role under_test);
// Where the trials around `at` are judged: the place of the next ExpectProportion in the
// script, which has one.
std::size_t judgement_behind(const std::vector<Cue>& script, std::size_t at);
// The last word of a script is about a response, not about the connection that a 101 opens.
bool ends_with_response(const std::vector<Cue>& script);

}  // namespace wsconform
