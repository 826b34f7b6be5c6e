// How many cases a target can be played side by side: how many connections it serves at a time, and
// whether it tells the clients of others what one of them said.
#pragma once

#include <cstddef>
#include <vector>

#include "reports/results/target_facts.h"
#include "runner/suite/stage.h"
#include "runner/suite/target_keeper.h"

namespace wsconform {

// How many connections it serves side by side, of as many as `wanted`: others are held open,
// silent, while one is served. At least 1; between, a bound from below.
std::size_t served_at_once(Stage& stage, std::size_t wanted);

// Of an echo endpoint: whether what one of so many connections sends comes to others
// too, as in a chat.
bool tells_others(Stage& stage, std::size_t connections);

struct Width {
  std::size_t jobs = 1;        // at most as many as were asked for
  bool one_at_a_time = false;  // no connection is served while another is open, or none should be
  bool several = false;        // a case may have two open at once
  bool many = false;           // or sixteen
  std::size_t waiting = 0;     // so many more may be open, and wait
  std::vector<Fact> facts{};   // what of it is worth telling
};

// That many open connections only wait for the target at a time, if it serves others meanwhile.
inline constexpr std::size_t most_waiting = 256;

// A target that serves few connections at a time would keep the others waiting as long as those are
// silent. One that does not survive the question is started again. `waiting`: how many may wait at
// most, for a reason of ours.
Width find_width(Stage& stage, TargetKeeper& keeper, std::size_t jobs,
                 std::size_t waiting = most_waiting);

// What the cases need to know of it.
void adopt(const Width& width, TargetProfile& profile);

}  // namespace wsconform
