// The course of a whole run: the target is reached and asked what it is, then its instances share
// out the cases. Whatever ends the run early, each result that was reached is told, and the results
// say why there are no more.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "reports/results/results.h"
#include "runner/suite/instance_run.h"
#include "runner/suite/overlooked_fault.h"
#include "runner/suite/run_options.h"
#include "runner/suite/stage.h"
#include "runner/suite/stop_sign.h"
#include "runner/suite/target_unreachable.h"
#include "runner/suite/work_list.h"
#include "runner/target/target.h"

namespace wsconform {

struct Case;

// An instance of the target: where it is played, and its profile, which is the stage's.
struct Instance {
  Stage* stage = nullptr;
  TargetProfile* profile = nullptr;
};

// Instances of the target beside the first one.
class FurtherInstances {
 public:
  virtual ~FurtherInstances() = default;
  // So many, none of them started. They outlive the course. Fewer where the machine has no room.
  virtual std::vector<Instance> make(std::size_t count) = 0;
  // One of them is what the first one is: more can be started.
  virtual void came_up() = 0;
  // Does all of them at a time, the first in this thread. Returns when all are done; none throws.
  virtual void do_all(std::vector<std::function<void()>> each) = 0;
};

class RunCourse {
 public:
  struct Hooks {
    std::function<void(CaseResult&)> finished;  // may add what it was expected to be
    // What no result will come before, in a few words: "the target to listen". Empty: nobody wants
    // to know.
    std::function<void(std::string_view for_what)> waits{};
  };

  // What is learnt of the target is set in its profile. All but options and hooks outlive it.
  // `further` may be null: there is one instance. Hooks are called by one thread at a time.
  // Preconditions: jobs, instances and repeat are at least 1.
  RunCourse(Instance first, FurtherInstances* further, StopSign& stop, RunOptions options,
            Hooks hooks);

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
  void start_further();
  std::size_t instances_at_once() const;
  // By their numbers: the first is 0.
  std::unique_ptr<InstanceRun> run_at(Instance instance, std::size_t number);
  InstanceRun& run_on(std::size_t instance) {
    return instance == 0 ? *first_ : *further_[instance - 1];
  }
  void work_on_further(std::size_t instance);
  void work(std::size_t instance);
  void play(const WorkList::Work& work, std::size_t instance);
  void guarded(const std::function<void()>& does);
  void tell_spent();
  void wait_for(std::string_view what);
  void add(Fact fact);
  void record(CaseResult result);
  bool is_recorded(const CaseResult& result) const;
  std::string left_out() const;

  FurtherInstances* more_ = nullptr;
  StopSign& stop_;
  RunOptions options_;
  Hooks hooks_;
  TargetProfile& profile_;
  SpreadFaults spread_;
  std::unique_ptr<InstanceRun> first_;
  std::vector<std::unique_ptr<InstanceRun>> further_;
  std::unique_ptr<WorkList> list_;      // while cases are played
  std::size_t expected_ = 0;            // results, of all cases
  std::atomic<std::size_t> began_ = 0;  // further ones that came up

  std::mutex mutex_;              // of what all instances tell
  std::vector<CaseResult> left_;  // reached, and told in the end where no other result was
  std::vector<Fact> limits_;
  std::exception_ptr fault_;  // of ours, not of the machine
  Results results_;
};

}  // namespace wsconform
