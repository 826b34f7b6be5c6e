// Runs cases while the target's processes are looked at: those that may stand side by side first,
// then those that run alone. Where the first spent suspiciously much, each of them runs again
// alone, on a target that was started afresh where it is ours, so that the one is named. A few are
// named: each costs time or a start. A process that collects garbage grows when it likes: memory is
// laid at the door of a case that takes it each time.
#pragma once

#include <functional>
#include <vector>

#include "reports/results/case_result.h"
#include "runner/suite/resource_watch.h"
#include "runner/suite/stage.h"

namespace wsconform {

class WatchedRun {
 public:
  struct Suite {
    std::function<std::vector<CaseResult>(std::vector<Task>, bool alone)> play;
    std::function<void(CaseResult)> record;
    std::function<bool()> revive;  // absent: the target is somebody else's
    std::function<bool()> stopped;
  };

  // The watch outlives the run.
  WatchedRun(ResourceWatch& watch, Suite suite) : watch_(watch), suite_(std::move(suite)) {}

  // First; also where there is none to run. Each records every case once, also where a repetition
  // is stopped or the machine gives out in it: then what came of the case before stands.
  void run_side_by_side(const std::vector<Task>& tasks) { run_group(tasks, false); }
  // Of a target that shows no work: one that only waits holds up no other.
  void run_in_a_row(const std::vector<Task>& tasks) { run_group(tasks, true); }
  void run_alone(const std::vector<Task>& tasks);
  // Behind others that were not looked at; run_side_by_side does so by itself.
  void settle();

 private:
  void run_group(const std::vector<Task>& tasks, bool alone);
  bool made_anew(const Spent& spent);
  void name_among(const std::vector<Task>& tasks, std::vector<CaseResult>& results);
  void run_one(const Task& task, std::vector<CaseResult> before);
  void judge_alone(const Task& task, std::vector<CaseResult>& results);
  bool asks_again(const Spent& spent, int plays);

  ResourceWatch& watch_;
  Suite suite_;
  int named_ = 0;
};

}  // namespace wsconform
