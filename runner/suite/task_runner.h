// Cases played until each has its verdict, whatever becomes of the target meanwhile. A death is named with the case that
// brought it and the target started again where it can be; what a deadline or a reset left in doubt is played once more.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "reports/results/case_result.h"
#include "runner/process/target_process.h"
#include "runner/suite/batch.h"
#include "runner/suite/target_keeper.h"
#include "runner/target/target.h"

namespace wsconform {

class TaskRunner {
 public:
  struct Hooks {
    std::function<void(CaseResult)> told;               // each result, once it stands
    std::function<bool(const CaseResult&)> ends_run{};  // --fail-fast; empty: nothing does
  };

  // `process` may be null: the target is somebody else's. `stopped` says why the run ends early, or is empty: it is read
  // and written. All arguments outlive the runner.
  TaskRunner(TargetAccess& access, TargetKeeper& keeper, TargetProcess* process,
             std::string& stopped, Hooks hooks);

  // Runs the loop until every task has its result, or the run is stopped.
  void run(std::vector<Task> tasks, std::size_t jobs);
  // From a handler on the loop: gives up what is under way.
  void cancel();

 private:
  void play(std::vector<Task> tasks, std::size_t jobs);
  void play_until_death(std::vector<Task>& tasks, std::size_t jobs, std::vector<Task>& suspects);
  void run(Batch& batch);
  bool is_death(const Finished& ended);
  bool is_hang(const Finished& ended) const;
  bool ended_unheard(Batch& batch) const;
  void find_killer(const std::vector<Task>& suspects, std::vector<Task>& tasks);
  void repeat_timed_out(std::size_t jobs);
  void repeat_torn();
  void repeat(std::vector<Finished> doubtful, std::size_t jobs);
  void tell(const Task& task, CaseResult result);
  void keep(Finished ended);
  void give_up(const std::vector<Task>& tasks, const std::string& reason);
  bool stopped() const { return !stopped_.empty(); }

  TargetAccess& access_;
  TargetKeeper& keeper_;
  TargetProcess* process_ = nullptr;
  std::string& stopped_;
  Hooks hooks_;
  Batch* current_ = nullptr;
  std::vector<Finished> timed_out_;  // judged by a deadline, and so to be judged again
  std::vector<Finished> torn_;       // judged by a reset, which may have destroyed an answer
  bool repeating_ = false;
  std::vector<Task> repeated_;  // that have a result since the latest repetition began
};

}  // namespace wsconform
