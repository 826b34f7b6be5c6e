// What is played on one instance of the target: the target is reached and asked what it is, then
// come cases side by side, those that are watched, those that need it for themselves, its limits,
// and at last whether it lives. A machine over that instance's stage; RunCourse says what is next.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/results/case_result.h"
#include "reports/results/target_facts.h"
#include "runner/suite/overlooked_fault.h"
#include "runner/suite/resource_watch.h"
#include "runner/suite/run_options.h"
#include "runner/suite/stage.h"
#include "runner/suite/stop_sign.h"
#include "runner/suite/target_keeper.h"
#include "runner/suite/task_runner.h"
#include "runner/suite/watched_run.h"
#include "runner/suite/width.h"

namespace wsconform {

class InstanceRun {
 public:
  struct Hooks {
    std::function<void(CaseResult)> told;  // each result, once it stands
    // A result that was reached, and stands where no other of that case is told.
    std::function<void(CaseResult)> left;
    // Of those that run side by side: to be played once more, by whoever takes them.
    std::function<void(std::vector<Task>)> again;
    std::function<void(Fact)> found;  // of the target, while cases run; may be told twice
    std::function<void(std::string_view for_what)> waits;
    std::function<void()> held_up;  // it waits for its target, not for cases
    std::function<void()> takes;    // it takes more cases
  };

  // `profile` is the stage's, and what is learnt of the target is set in it. All but options and
  // hooks outlive it.
  InstanceRun(Stage& stage, TargetProfile& profile, StopSign& stop, SpreadFaults& spread,
              RunOptions options, Hooks hooks);

  // Why it did not come up; nullopt where it can be reached.
  std::optional<TargetKeeper::NotReached> reach() { return keeper_.start(); }
  // What the target is, by asking it. Throws TargetUnreachable, but of a run that is stopped.
  struct Learnt {
    Target target{};
    Width width{};
  };
  Learnt learn(std::size_t spare);
  // Begins to start a further process of ours, where the machine has room for it.
  void begin_to_start();
  // What another instance of the same target was found to be.
  void learn_from(const InstanceRun& other);
  // It comes up, and is what the other one was found to be. False, too, whatever else keeps it from
  // that: the machine has no room for it, the run is stopped.
  bool comes_up_alike();
  void take_breadth(const Width& width);
  // Before the first case.
  void begin();

  // Each plays until all have their results or the run is stopped, but for those that only wait:
  // they may go on beside what is watched. Throw MachineFault and std::bad_alloc: see `end`.
  void play_beside(TaskPool& pool);
  void play_watched(const std::vector<Task>& tasks);
  void play_alone(const std::vector<Task>& tasks);
  std::vector<Fact> find_limits();
  // Until those that only waited have their results.
  void finish();
  // A moment, with nothing to do but to hear of the end of the run.
  void pause();
  void check_liveness();
  // The last word, however it came to it: what was reached is told, or left.
  void end();

  // Of its processes since their start; zero where they cannot be looked at.
  Duration cpu_time() const;
  bool is_ours() const { return stage_.process() != nullptr; }
  bool watches() const { return stage_.process() != nullptr || options_.pid >= 0; }
  // Of its processes; nullopt where they cannot be looked at.
  std::optional<ResourceWatch::Used> used() const;

 private:
  TaskRunner::Breadth breadth() const { return {options_.jobs, waiting_}; }
  // Who was answered, or makes work for a target that shows none, holds up no others.
  TaskRunner::Breadth breadth_alone() const { return {1, waiting_, !profile_.mute()}; }
  std::vector<CaseResult> play_looked_at(std::vector<Task> tasks, bool alone);
  void overlook(HandshakeFault fault);
  void end_watch();
  void take(Finished ended);
  void record(CaseResult result);

  Stage& stage_;
  TargetProfile& profile_;
  StopSign& stop_;
  SpreadFaults& spread_;
  RunOptions options_;
  Hooks hooks_;
  TargetKeeper keeper_;
  TaskRunner runner_;
  std::size_t waiting_ = 0;
  std::optional<ResourceWatch> watch_;                  // of a target whose process is known
  std::optional<WatchedRun> watched_;                   // likewise
  bool starts_ = true;                                  // it may come up
  bool played_ = false;                                 // cases, since the watch ended
  bool unsettled_ = false;                              // cases were played that nobody looked at
  std::optional<std::vector<CaseResult>> held_;         // recorded, not told yet
  std::optional<std::vector<Finished>> held_by_fault_;  // while cases run beside each other
};

}  // namespace wsconform
