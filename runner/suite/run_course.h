// The course of a whole run, as a machine over the stage: the target is reached and asked what it
// is, then the cases side by side, those that need it for themselves, its limits, and at last
// whether it lives. Whatever ends the run early, each result that was reached is told, and the
// results say why there are no more.
#pragma once

#include <sys/types.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "reports/results/results.h"
#include "runner/suite/overlooked_fault.h"
#include "runner/suite/resource_watch.h"
#include "runner/suite/run_plan.h"
#include "runner/suite/stage.h"
#include "runner/suite/stop_sign.h"
#include "runner/suite/target_keeper.h"
#include "runner/suite/target_unreachable.h"
#include "runner/suite/task_runner.h"
#include "runner/target/target.h"

namespace wsconform {

struct Case;

struct RunOptions {
  std::size_t jobs = 32;  // connections at once; fewer where the target serves fewer
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

class RunCourse {
 public:
  struct Hooks {
    std::function<void(CaseResult&)> finished;  // may add what it was expected to be
    // What no result will come before, in a few words: "the target to listen". Empty: nobody wants
    // to know.
    std::function<void(std::string_view for_what)> waits{};
  };

  // `profile` is the stage's, and what is learnt of the target is set in it. All but options and
  // hooks outlive it. Preconditions: jobs and repeat are at least 1.
  RunCourse(Stage& stage, TargetProfile& profile, StopSign& stop, RunOptions options, Hooks hooks);

  // The target is there, and known. `spare`: so many connections may be open beside those of the
  // cases. Throws TargetUnreachable, but of a run that is stopped.
  void prepare(std::size_t spare);
  // Plays every case so often as `repeat` says. Once, after `prepare`. Throws nothing that the
  // stage throws of a fault of the machine: it ends the run with what it has.
  void run(const std::vector<Case>& cases);

  // What is known so far: of the target once it is prepared, of cases what was told.
  const Results& results() const { return results_; }
  // In the order of their ids, with the reason where the run ended early.
  Results take_results();

 private:
  void reach();
  void learn(std::size_t spare);
  bool watches() const { return stage_.process() != nullptr || options_.pid >= 0; }
  TaskRunner::Breadth breadth() const {
    return {options_.jobs, waiting_ - std::min(waiting_, runner_.waiting())};
  }
  void play(const RunPlan& plan);
  void run_side_by_side(const std::vector<Task>& tasks);
  void run_watched(const RunPlan& plan);
  void find_limits();
  void check_liveness();
  void wait_for(std::string_view what) const;
  void take(Finished ended);
  void record(CaseResult result);
  bool is_recorded(const CaseResult& result) const;
  std::string left_out() const;

  Stage& stage_;
  TargetProfile& profile_;
  StopSign& stop_;
  RunOptions options_;
  Hooks hooks_;
  TargetKeeper keeper_;
  TaskRunner runner_;
  std::size_t waiting_ = 0;
  std::size_t expected_ = 0;                     // results, of all cases
  std::optional<ResourceWatch> watch_;           // of a target whose process is known
  std::optional<std::vector<CaseResult>> held_;  // recorded, not told yet
  std::vector<CaseResult> left_;  // reached, and told in the end where no other result was
  std::optional<HeldByFault> held_by_fault_;  // while cases run beside each other
  Results results_;
};

}  // namespace wsconform
