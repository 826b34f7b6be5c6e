// Why a run ended before it had judged all that it was to judge, as a value; and the one place of
// its words.
#pragma once

#include <string>
#include <vector>

namespace wsconform {

struct Stop {
  enum class Kind {
    interrupted,        // by whoever started it
    unexpected_result,  // --fail-fast
    target_died,        // or hangs, and does not come back
    target_silent,      // after the last case
    out_of_time,        // --max-time
    machine_fault,      // our machine had no memory, descriptors or disk left for us
    killed,             // wsconform itself; the results are those of its journal
  };

  Kind kind = Kind::interrupted;
  std::vector<std::string> under_way{};  // target_died: ids of the cases
  // target_silent: one sentence; out_of_time: what was left out; machine_fault: what could not be
  // done
  std::string why{};

  bool operator==(const Stop&) const = default;
};

// "the target died or hangs; cases under way: a, b".
std::string words(const Stop& stop);

// "The run ended early: interrupted." One that only ended with a target that is silent
// did not end early.
std::string sentence_about(const Stop& stop);

}  // namespace wsconform
