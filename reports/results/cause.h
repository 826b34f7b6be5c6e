// What a finding goes back to: what was broken or asked, and what came instead. Many cases that
// fail have one cause; it is the same from run to run, and reports, the known-failing list and code
// scanning know a finding by it.
#pragma once

#include <string>
#include <string_view>

namespace wsconform {

// Both are names that never change, in lower case and without white space or a colon.
struct Cause {
  // The rule that what we sent breaks ("invalid-utf8"), or that the target broke of its own
  // ("unasked-pong"); else what was asked for ("tcp-end", "offer-server-max-window-bits"), at last
  // the id of a requirement.
  std::string asked;
  // "accepted", "status-400", "silence", "died"; "": `asked` says it all.
  std::string came;

  bool empty() const { return asked.empty(); }
  bool operator==(const Cause&) const = default;
  auto operator<=>(const Cause&) const = default;
};

// The whole target is gone.
inline constexpr std::string_view came_dead = "died";
inline constexpr std::string_view came_hung = "hung";

// "invalid-utf8:accepted", "unasked-pong"; "" of an empty one.
std::string key_of(const Cause& cause);
Cause cause_with_key(std::string_view key);

}  // namespace wsconform
