// Looks at the processes of a target from beside it: what they use before and after a stretch of
// cases, and whether they come to rest. A machine over the stage's looks and its clock.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "reports/results/target_facts.h"
#include "runner/process/idleness.h"
#include "runner/suite/spent.h"
#include "runner/suite/stage.h"

namespace wsconform {

class ResourceWatch {
 public:
  // The stage outlives it, and ends every wait when the run is stopped.
  // `until_spinning` as in Idleness.
  ResourceWatch(Stage& stage, Duration until_spinning)
      : stage_(stage), until_spinning_(until_spinning) {}

  // Before the first case: a target that is busy by itself is not told from one that spins.
  void begin_run();
  // After the last; before `used`.
  void end_run();

  // A stretch begins. end_stretch waits until the target rests or is found to spin; nullopt where
  // the process is not the same any more.
  void begin_stretch();
  std::optional<Spent> end_stretch();

  // What the target spends on this does not count.
  void leave_out(const std::function<void()>& does);

  // From now on no stretch waits for the target's rest, and none finds it to spin.
  void expect_no_rest() { rests_ = false; }

  // A fact: the target went on using a whole core after the cases before.
  void tell_unrest() { unrest_ = true; }

  // Of one instance of the target, in a whole run.
  struct Used {
    std::optional<std::uint64_t> before{};  // bytes of memory
    std::optional<std::uint64_t> after{};
    std::uint64_t peak = 0;
    Duration cpu{};                 // of the run, or only
    bool since_last_start = false;  // where it was started again
    bool busy_by_itself = false;
    bool unrest = false;
  };
  Used used() const;

 private:
  std::optional<ProcessLook> look();
  std::optional<ProcessLook> await_rest(Idleness& idleness, ProcessLook seen);

  Stage& stage_;
  std::optional<ProcessLook> before_run_;
  std::optional<ProcessLook> after_run_;
  std::optional<ProcessLook> before_;
  std::uint64_t peak_ = 0;  // bytes
  Duration left_out_{};     // CPU time ...
  pid_t left_out_of_ = -1;  // ... of this process
  Duration until_spinning_{};
  bool busy_by_itself_ = false;
  bool rests_ = true;
  bool unrest_ = false;
};

// What all instances used together; memory is told of the first, and the most of any.
std::vector<Fact> facts_of(const std::vector<ResourceWatch::Used>& instances);

}  // namespace wsconform
