// A whole run against one target: the sanity check first, the cases side by side, those that need the target alone after
// them, the liveness check last. A target that dies is found, named with the case that killed it, and started again where
// it is a process of ours.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "reports/results/results.h"
#include "runner/process/target_process.h"
#include "runner/suite/resource_watch.h"
#include "runner/suite/run_plan.h"
#include "runner/suite/stop_sign.h"
#include "runner/suite/target_keeper.h"
#include "runner/suite/target_unreachable.h"
#include "runner/suite/task_runner.h"
#include "runner/suite/tcp_stage.h"
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
  pid_t pid = -1;                                      // of a target that is no process of ours
};

class SuiteRun {
 public:
  struct Observer {
    // What is known before the first case, and how many will be told to `finished`.
    std::function<void(const Results&, std::size_t cases)> begun;
    std::function<void(CaseResult&)> finished;  // may add what it was expected to be
    // What no result will come before, in a few words: "the target to listen". Empty: nobody wants to know.
    std::function<void(std::string_view for_what)> waits{};
  };

  // `process` may be null: the target is somebody else's. Loop and process outlive the run. Preconditions: jobs and repeat
  // are at least 1.
  SuiteRun(boost::asio::io_context& loop, TargetProfile profile, RunOptions options,
           TargetProcess* process, Observer observer);

  // Runs every case so often as `repeat` says. Once. Throws TargetUnreachable, MachineFault and std::bad_alloc before the
  // first case; where the machine gives out later, the run ends with what it has.
  Results run(const std::vector<Case>& cases);
  // From a handler on the loop: the run ends with what it has.
  void interrupt();

 private:
  void wait_for(std::string_view what) const;
  void end_by(Instant then);
  void prepare();
  void reach();
  void learn();
  TaskRunner::Breadth breadth() const { return {options_.jobs, waiting_}; }
  bool watches() const { return process_ != nullptr || options_.pid >= 0; }
  void play(const RunPlan& plan);
  void run_watched(const RunPlan& plan);
  void find_limits();
  void check_liveness();
  void record(CaseResult result);
  std::string left_out(std::size_t cases) const;
  Results finished(Instant began, std::size_t cases);

  boost::asio::io_context& loop_;
  TargetProfile profile_;
  RunOptions options_;
  TargetProcess* process_ = nullptr;
  Observer observer_;
  Pace pace_;
  boost::asio::steady_timer time_;  // --max-time
  std::size_t waiting_ = 0;
  StopSign stop_;
  std::optional<TcpStage> stage_;
  std::optional<TargetKeeper> keeper_;
  std::optional<TaskRunner> runner_;
  std::optional<ResourceWatch> watch_;           // of a target whose process is known
  std::optional<std::vector<CaseResult>> held_;  // recorded, not told yet
  Results results_;
};

}  // namespace wsconform
