// Cases played until each has its verdict, whatever becomes of the target meanwhile. A death is
// named with the case that brought it and the target started again where it can be; what a deadline
// or a reset left in doubt is played once more.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "reports/results/case_result.h"
#include "runner/suite/deadline_kinds.h"
#include "runner/suite/killers.h"
#include "runner/suite/stage.h"
#include "runner/suite/stop_sign.h"
#include "runner/suite/target_keeper.h"
#include "runner/suite/task_pool.h"

namespace wsconform {

class TaskRunner {
 public:
  struct Hooks {
    std::function<void(Finished)> told;                 // each result, once it stands
    std::function<bool(const CaseResult&)> ends_run{};  // --fail-fast; empty: nothing does
    std::function<void(std::string_view for_what)>
        waits{};                    // told before what may take long; empty: nobody
    std::function<void()> takes{};  // told whenever it takes more from a pool; empty: nobody
  };

  // `stop` is asked before whatever comes next, and raised where the run ends here. All but the
  // hooks outlive the runner.
  TaskRunner(Stage& stage, TargetKeeper& keeper, StopSign& stop, Hooks hooks);

  // So many cases at a time, and so many more as only wait, those of earlier runs among them;
  // `when_answered` as in Order.
  struct Breadth {
    std::size_t jobs = 1;
    std::size_t waiting = 0;
    bool when_answered = false;
  };

  // Plays until every task has its result, or the run is stopped: what had not begun by then has
  // none.
  void run(std::vector<Task> tasks, Breadth breadth);

  // The same, but others may take from the pool as well, and those that in the end only wait for
  // what does not come may go on beside later runs. They, and what is to be judged again, have
  // their results behind `finish`, or with a later run that the target dies in.
  void begin(TaskPool& pool, Breadth breadth);
  void finish(Breadth breadth);
  // So many wait.
  std::size_t waiting() const { return left_ ? left_->waiting : 0; }
  // The run ends here: those that wait have no results, and what is to be judged again stands.
  void drop_waiting();

 private:
  using When = ground::NotJudged::When;

  void play(TaskPool& pool, Breadth breadth);
  void judge_again(Breadth breadth);
  void tell_all_that_stands();
  void leave(std::size_t waiting);
  void take_back_waiting(Played& played);
  void take_back_left(TaskPool& pool);
  std::optional<pid_t> root_of_target() const;
  // How a play of tasks ended that the target may have died in.
  struct Pass {
    // What was under way then, or may have been ended by it: first what ended with it, then what
    // began last, then what waited for nothing. So many are there for the first reason.
    std::vector<Task> suspects{};
    std::size_t likely = 0;
    std::vector<Task> waited{};                  // and were seen to: hardly any of them
    std::optional<Finished> sole{};              // the only one of them, where it ended
    std::optional<TargetKeeper::Death> death{};  // where it was asked for
  };
  // `pool`: more comes from there; nullptr: none.
  Pass play_until_death(std::vector<Task>& tasks, Breadth breadth, TaskPool* pool);
  std::vector<Task> take_from(TaskPool& pool) const;
  std::function<std::vector<Task>()> more_from(TaskPool* pool, std::size_t& to_come) const;
  bool revive_behind(const Pass& pass, bool named, TaskPool& pool);
  void give_up_all(TaskPool& pool);
  void look_closer(Pass pass, TaskPool& pool, Breadth breadth, bool hung);
  bool name_killer(Pass& pass, TaskPool& pool);
  bool is_death(const Finished& ended);
  bool is_death_throe(const Finished& ended);
  void keep_outlived(std::vector<Finished>& finished);
  bool ends_run(const Finished& ended) const;
  bool stands_unanswered(const Finished& ended) const {
    return ended.silence_stands || settled_.settled(ended);
  }
  std::vector<Task> sort_out(Played played, const std::vector<Task>& one_by_one, Pass& pass);
  void find_killer(const std::vector<Task>& suspects, std::size_t likely, TaskPool& pool,
                   bool hung);
  void play_variants(std::vector<Task> variants, TaskPool& pool, Breadth breadth);
  void repeat_timed_out(Breadth breadth);
  void repeat_doubtful();
  void repeat(std::vector<Finished> doubtful, Breadth breadth);
  void tell_first_results();
  void wait_for(const std::string& what) const {
    if (hooks_.waits) hooks_.waits(what);
  }
  void tell(Finished ended);
  void tell_last(Finished ended);
  void keep(Finished ended);
  void give_up(const std::vector<Task>& tasks, When when);

  Stage& stage_;
  TargetKeeper& keeper_;
  StopSign& stop_;
  Hooks hooks_;
  std::vector<Finished> timed_out_;  // judged by a deadline, and so to be judged again
  SettledKinds settled_;             // of an earlier run
  std::vector<Finished> doubtful_;  // by a reset, which may have destroyed an answer, or by a clock
  Killers hangers_;  // in which the target hung: their variants are likely to hang it, too
  std::vector<Finished> asked_again_;  // by the latest repetition: their first results
  bool repeating_ = false;
  bool timed_alone_ = false;    // repeating, with nothing beside what is timed
  std::vector<Task> repeated_;  // that have a result since the latest repetition began
  std::vector<Task> silent_;    // of them, those that a deadline judged again

  // What `begin` left.
  struct Left {
    std::size_t waiting = 0;
    std::optional<pid_t> root{};  // of the target's processes
    std::vector<Finished> timed_out{};
    std::vector<Finished> doubtful{};
  };
  std::optional<Left> left_;
  bool may_leave_ = false;
};

}  // namespace wsconform
