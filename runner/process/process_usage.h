// What a process and all that it started use of the machine, as Linux tells it (/proc).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "core/instant.h"

namespace wsconform {

struct ProcessUsage {
  std::vector<pid_t> processes;  // the root first
  Duration cpu{};                // user and system time of those, since each began
  // The same with the time that they waited for a CPU: what they would use of a machine that is all
  // theirs. Threads that ended do not count, nor does a wait that still goes on.
  Duration wanted{};
  bool runnable = false;       // one of their threads runs, or waits for a CPU
  bool blocked = false;        // one waits for a disk, or for what else cannot be interrupted
  std::uint64_t resident = 0;  // bytes; pages that processes share are counted for each
  std::uint64_t peak =
      0;  // bytes: the most that was resident since the start or the last forget_peak
};

// nullopt once the process is gone (or is one that nobody has waited for).
std::optional<ProcessUsage> usage_of(pid_t root);
// From now on, peak begins at what is resident now, where the system allows it.
void forget_peak(pid_t root);

}  // namespace wsconform
