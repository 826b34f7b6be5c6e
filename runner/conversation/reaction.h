// What became of a connection, as values: what a case is judged by, and what a run learns of its target.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "core/bytes.h"
#include "runner/conversation/target_stream.h"

namespace wsconform {

struct Reaction {
  bool open = false;        // the ping barrier was answered
  bool all_echoed = false;  // every message sent came back
  bool upgraded = false;    // a 101 came
  std::optional<StreamEnd> end{};
  std::optional<SawClose> close{};
  std::optional<int> status{};   // of `response`
  std::optional<int> interim{};  // of the latest interim response (RFC 9110 §15.2) before it
  bool assumed = false;          // `open` is what a while without an end was taken for
  bool silent = false;           // nothing of all that came for as long as a silence takes

  std::optional<SawResponse> response{};  // the latest that is whole
  bool response_begun = false;            // bytes of a response came, and it is not whole
  std::uint64_t stray = 0;                // bytes behind a response that is no 101
  std::uint64_t received = 0;             // bytes of all kinds
  Bytes beginning{};                      // the first of them: at most `most_beginning`

  static constexpr std::size_t most_beginning = 256;  // bytes
};

// What came, as a report says it: "Close 1002 (protocol error), then the end of TCP".
std::string words_for(const Reaction& reaction);

}  // namespace wsconform
