// How a run is to be, whatever the target.
#pragma once

#include <sys/types.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>

#include "core/instant.h"
#include "reports/results/case_result.h"
#include "runner/suite/target_keeper.h"

namespace wsconform {

struct RunOptions {
  std::size_t jobs = 32;      // connections at once; fewer where the target serves fewer
  std::size_t instances = 1;  // at most, of a target that we can start so often
  std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  int repeat = 1;
  bool shuffle = false;
  std::uint64_t seed = 0;
  // --fail-fast: the run ends at the first result of which this is true; empty: at none.
  std::function<bool(const CaseResult&)> ends_run = {};
  Duration patience = std::chrono::seconds(2);         // the least time that silence is given
  std::optional<Duration> max_time = {};               // of the whole run, its start included
  bool limits = false;                                 // what the target takes is searched for too
  bool full = false;                                   // intensity
  Duration until_spinning = std::chrono::seconds(10);  // of a core used with nothing to do
  Duration longest_work = TargetKeeper::usual_work;    // that a single request is worth
  pid_t pid = -1;                                      // of a target that is no process of ours
};

}  // namespace wsconform
