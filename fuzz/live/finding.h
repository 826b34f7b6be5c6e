// What the live fuzzer found: by its cause two findings are one, and by its case it can be played
// again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/live/live_session.h"
#include "fuzz/live/reading.h"
#include "runner/suite/stage.h"

namespace wsconform {

// What was broken or asked, where the connection was then, and what came instead of what is
// allowed.
struct FindingCause {
  Place place = Place::open;
  std::string subject;  // subject_of a reading; of a demanded answer the requirement
  std::string instead;  // "open", "close-1011", "unasked-pong", "died", "silence", ...
  std::string there{};  // what came at another endpoint, where the two differ and both may

  bool operator==(const FindingCause&) const = default;
  auto operator<=>(const FindingCause&) const = default;
};
// "reserved-data-opcode/in-message-open", "legal/open-echo-there-open": fits the id of a case.
std::string name_of(const FindingCause& cause);

// The reactions of two endpoints to a session.
struct Difference {
  std::string here;
  std::string there;
};
FindingCause cause_of(const Reading& reading, const Difference& difference);
// One sentence.
std::string words_for_difference(const FindingCause& cause);

// nullopt: what came is allowed, or nothing was found out. `strict`: what is lenient counts too.
std::optional<FindingCause> cause_of(const LiveSession& session, const Reading& reading,
                                     const Finished& ended, bool strict);

// What a reaction is held to be new by: "open", "close-1002/unasked-pong".
std::string reaction_of(const Finished& ended);

// The target died, or hung, by it.
bool is_death(const Finished& ended);
bool is_death(const FindingCause& cause);

struct Finding {
  FindingCause cause;
  std::vector<LiveSession> sessions;  // minimised; more than one where they show it only together
  bool side_by_side = false;          // and open at the same time
  std::string reason;                 // one sentence: what was wrong with what came
  std::string last_words;             // where the target died: of its error output
  std::uint64_t after = 0;            // sessions, when it was found
  double seconds = 0;                 // since the run began
  std::uint64_t times = 1;            // so often its cause was met
  std::string file;                   // that holds its case
};

}  // namespace wsconform
