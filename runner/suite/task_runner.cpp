#include "runner/suite/task_runner.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "core/phrase.h"
#include "runner/suite/death_signs.h"
#include "runner/suite/task_list.h"

namespace wsconform {
namespace {

// Of those that began one by one, in this order, all but the last had been seen to wait.
void take_out_waited(const std::vector<Task>& one_by_one, std::vector<Finished>& ended,
                     std::vector<Task>& under_way, std::vector<Task>& waited) {
  const auto place = [&](const Task& task) { return std::ranges::find(one_by_one, task); };
  auto last = one_by_one.begin();
  for (const Task& each : under_way) last = std::max(last, place(each));
  for (const Finished& each : ended) last = std::max(last, place(each.task));
  if (last == one_by_one.end()) return;
  const auto take_out = [&](const Task& task) {
    if (task != *last) waited.push_back(task);
    return task != *last;
  };
  std::erase_if(under_way, take_out);
  std::erase_if(ended, [&](const Finished& each) { return take_out(each.task); });
}

}  // namespace

TaskRunner::TaskRunner(Stage& stage, TargetKeeper& keeper, StopSign& stop, Hooks hooks)
    : stage_(stage), keeper_(keeper), stop_(stop), hooks_(std::move(hooks)) {}

void TaskRunner::run(std::vector<Task> tasks, Breadth breadth) {
  TaskPool pool(tasks);
  try {
    play(pool, breadth);
    judge_again(breadth);
  } catch (...) {
    tell_all_that_stands();
    throw;
  }
}

// A pass ends with the tasks or with the target's death, and goes on behind that where it can.
void TaskRunner::play(TaskPool& pool, Breadth breadth) {
  while (!stop_.raised()) {
    std::vector<Task> tasks = take_from(pool);
    if (tasks.empty()) {
      if (waiting() > 0 && pool.variants_in_play()) return;  // a death would end their wait
      TaskPool::Variants variants = pool.take_variants();
      if (variants.tasks.empty()) return;
      play_variants(std::move(variants.tasks), pool, breadth);
      continue;
    }
    const bool alone = tasks.size() == 1 && pool.left() == 0;
    Pass pass = play_until_death(tasks, breadth, alone ? nullptr : &pool);
    pool.give_back(tasks);
    if (pass.suspects.empty()) continue;
    wait_for("the target to come back: it died, or hangs, with " +
             counted(pass.suspects.size(), "case") + " under way");
    const bool named = alone && pass.death && pass.death->seen && name_killer(pass, pool);
    const bool hung = stage_.process() != nullptr && !keeper_.exited();
    if (revive_behind(pass, named, pool) && !named)
      look_closer(std::move(pass), pool, breadth, hung);
  }
}

std::vector<Task> TaskRunner::take_from(TaskPool& pool) const {
  if (hooks_.takes) hooks_.takes();
  return pool.take();
}

// As an order asks for it; what is taken is added to `to_come`.
std::function<std::vector<Task>()> TaskRunner::more_from(TaskPool* pool,
                                                         std::size_t& to_come) const {
  if (pool == nullptr) return {};
  return [this, pool, &to_come] {
    std::vector<Task> some = take_from(*pool);
    to_come += some.size();
    return some;
  };
}

// False: it does not come back, and the run ends.
bool TaskRunner::revive_behind(const Pass& pass, bool named, TaskPool& pool) {
  if (stop_.raised()) return true;
  const bool is_back = keeper_.revive();
  if (waiting() > 0) take_back_left(pool);
  pool.put_last(pass.waited);
  if (is_back || stop_.raised()) return true;
  if (!named) give_up(pass.suspects, When::under_way);
  give_up_all(pool);
  stop_.raise({Stop::Kind::target_died, ids_of(pass.suspects), {}});
  return false;
}

void TaskRunner::give_up_all(TaskPool& pool) {
  while (!pool.empty()) {
    give_up(pool.take(), When::not_begun);
    give_up(pool.take_variants().tasks, When::variant_of_a_killer);
  }
}

// Ends early where the target died, or hangs and more are to come than wait beside each other.
// Leaves in `tasks` what is still to do.
TaskRunner::Pass TaskRunner::play_until_death(std::vector<Task>& tasks, Breadth breadth,
                                              TaskPool* pool) {
  bool died = false;
  bool hangs = false;
  std::size_t to_come = tasks.size();
  const auto more = more_from(pool, to_come);
  const auto left = [&] { return pool == nullptr ? 0 : pool->left(); };
  const std::size_t may_wait = breadth.waiting - std::min(breadth.waiting, waiting());
  const std::size_t side_by_side = breadth.jobs + (breadth.when_answered ? 0 : may_wait);
  const bool one_by_one = breadth.jobs == 1;
  const bool alone = tasks.size() == 1 && !more;
  const Task first = tasks.front();
  const std::vector<Task> in_order = one_by_one ? tasks : std::vector<Task>{};
  const TargetKeeper::Before before = keeper_.before_play();
  Played played = stage_.play(
      {.tasks = std::move(tasks),
       .more = more,
       .jobs = breadth.jobs,
       .ends =
           [&](std::vector<Finished>& finished) {
             const Finished& ended = finished.back();
             --to_come;
             died = is_death(ended) || (one_by_one && to_come > 0 && is_death_throe(ended));
             hangs = is_hang(ended, stage_.pace(), to_come + left() > side_by_side);
             if (died || hangs) return true;
             const bool last = ends_run(ended);
             keep_outlived(finished);
             return last;
           },
       .waiting = may_wait,
       .when_answered = breadth.when_answered,
       .awaits_rest = true,
       .leaves_waiting = may_leave_});
  tasks.clear();
  if (played.fault) {
    for (Finished& each : played.finished) keep(std::move(each));
    std::rethrow_exception(played.fault);
  }
  Pass pass;
  const bool hung_before = alone && hangers_.knows(first);
  const bool unheard = !played.waiting.empty() || ended_unheard(played.finished, stage_.pace());
  if ((hangs || unheard) && !died && !stop_.raised())
    pass.death = hung_before ? keeper_.death_again(before) : keeper_.death(before);
  // Nobody was left to ask after a death among the last.
  if (pass.death || (cut_off_at_last(played.finished) && keeper_.is_dying())) died = true;
  if (!played.waiting.empty() && !died) leave(played.waiting.size());
  if (died) {
    if (!played.waiting.empty()) take_back_waiting(played);
    tasks = sort_out(std::move(played), in_order, pass);
    return pass;
  }
  const bool last =
      std::ranges::any_of(played.finished, [this](const Finished& each) { return ends_run(each); });
  for (Finished& each : played.finished) keep(std::move(each));
  if (hangs && !last) {  // it does not
    tasks = std::move(played.given_up);
    std::ranges::move(played.not_begun, std::back_inserter(tasks));
  } else if (last || (hooks_.ends_run && !(played.given_up.empty() && played.not_begun.empty()))) {
    stop_.raise({Stop::Kind::unexpected_result});
  }
  return pass;
}

// So that results are told, and in a journal, while others are under way.
void TaskRunner::keep_outlived(std::vector<Finished>& finished) {
  for (Finished& each : taken_outlived(finished, stage_.pace())) keep(std::move(each));
}

// Of what was played when the target died: what may have been ended by its death, likely or hardly;
// the rest is kept. What ended last, or began last, is the likeliest. Hardly any of those that were
// seen to wait: until their deadline, or so that others began one by one. Returns what had not
// reached it.
std::vector<Task> TaskRunner::sort_out(Played played, const std::vector<Task>& one_by_one,
                                       Pass& pass) {
  const auto unreached = [](const Finished& each) {
    return each.result.at_fault == AtFault::target_unreachable;
  };
  // Else it had died before all of them.
  const bool some_reached =
      !played.given_up.empty() || !std::ranges::all_of(played.finished, unreached);
  const bool gone = keeper_.exited() && some_reached;
  std::vector<Finished> ended;
  std::vector<Task> left;
  for (Finished& each : played.finished) {
    if (keeper_.exited() && each.outcome.timed_out && !stands_unanswered(each))
      pass.waited.push_back(each.task);
    else if (outlived(each, stage_.pace()))
      keep(std::move(each));
    else if (gone && unreached(each))
      left.push_back(each.task);
    else
      ended.push_back(std::move(each));
  }
  std::vector<Task>& under_way = played.given_up;
  if (keeper_.exited()) take_out_waited(one_by_one, ended, under_way, pass.waited);
  std::vector<Task> unlikely(under_way.rbegin(), under_way.rend());
  for (const Finished& each : ended | std::views::reverse)
    (is_unlikely_killer(each) || unreached(each) ? unlikely : pass.suspects).push_back(each.task);
  pass.likely = pass.suspects.size();
  std::ranges::copy(unlikely, std::back_inserter(pass.suspects));
  const bool others = waiting() > 0 || !pass.waited.empty();
  if (pass.suspects.size() == 1 && ended.size() == 1 && !others)
    pass.sole = std::move(ended.front());
  std::ranges::copy(played.not_begun, std::back_inserter(left));
  return left;
}

// What a deadline judged is judged again before it ends anything.
bool TaskRunner::ends_run(const Finished& ended) const {
  const bool stands = !ended.outcome.timed_out || repeating_ || stands_unanswered(ended);
  return stands && hooks_.ends_run && hooks_.ends_run(ended.result);
}

bool TaskRunner::is_death(const Finished& ended) {
  return keeper_.exited() || ended.result.at_fault == AtFault::target_unreachable;
}

// So that no other case begins before a process is gone that is about to go. One that takes no
// connection any more has let go of all of them, and takes longer on a busy machine.
bool TaskRunner::is_death_throe(const Finished& ended) {
  constexpr Duration moment = std::chrono::milliseconds(10);
  constexpr Duration exit_time = std::chrono::seconds(1);
  if (stage_.process() == nullptr || !ended.outcome.cut_off()) return false;
  return keeper_.is_gone_within(moment) || (!stage_.listens() && keeper_.is_gone_within(exit_time));
}

}  // namespace wsconform
