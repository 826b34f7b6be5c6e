#include "runner/suite/task_runner.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "core/phrase.h"
#include "runner/casebook/case.h"
#include "runner/suite/death_signs.h"
#include "runner/suite/lone_play.h"
#include "runner/suite/task_list.h"

namespace wsconform {
namespace {

constexpr std::size_t few_suspects = 5;  // to be played alone, each till its end
constexpr std::size_t few_variants = 5;  // in a row that do no harm

// Of tasks that began in the order of `begun`: whatever kills seldom waits before it does.
void put_last_begun_first(std::vector<Task>& some, const std::vector<Task>& begun) {
  std::ranges::sort(some, std::ranges::greater(), [&](const Task& each) {
    return std::ranges::find(begun, each) - begun.begin();
  });
}

}  // namespace

TaskRunner::TaskRunner(Stage& stage, TargetKeeper& keeper, StopSign& stop, Hooks hooks)
    : stage_(stage), keeper_(keeper), stop_(stop), hooks_(std::move(hooks)) {}

void TaskRunner::run(std::vector<Task> tasks, Breadth breadth) {
  try {
    play(std::move(tasks), breadth);
    judge_again(breadth);
  } catch (...) {
    tell_all_that_stands();
    throw;
  }
}

// A pass ends with the tasks or with the target's death, and goes on behind that where it can.
void TaskRunner::play(std::vector<Task> tasks, Breadth breadth) {
  while (!stop_.raised()) {
    killers_.set_variants_aside(tasks, aside_);
    if (tasks.empty()) tasks = take_some();
    if (tasks.empty() && aside_.empty()) return;
    if (tasks.empty()) {
      play_variants_of_killers(std::exchange(aside_, {}), tasks, breadth);
      continue;
    }
    const bool alone = tasks.size() == 1 && !supply_.take;
    Pass pass = play_until_death(tasks, breadth, true);
    if (pass.suspects.empty()) continue;
    wait_for("the target to come back: it died, or hangs, with " +
             counted(pass.suspects.size(), "case") + " under way");
    const bool named = alone && pass.death && pass.death->seen && name_killer(pass);
    const bool hung = stage_.process() != nullptr && !keeper_.exited();
    if (revive_behind(pass, named, tasks) && !named)
      look_closer(std::move(pass), tasks, breadth, hung);
  }
}

// False: it does not come back, and the run ends.
bool TaskRunner::revive_behind(const Pass& pass, bool named, std::vector<Task>& tasks) {
  if (stop_.raised()) return true;
  const bool is_back = keeper_.revive();
  if (waiting() > 0) take_back_left(tasks);
  if (is_back) return true;
  if (!named) give_up(pass.suspects, When::under_way);
  give_up(tasks, When::not_begun);
  for (tasks = take_some(); !tasks.empty(); tasks = take_some()) give_up(tasks, When::not_begun);
  give_up(std::exchange(aside_, {}), When::variant_of_a_killer);
  stop_.raise({Stop::Kind::target_died, ids_of(pass.suspects), {}});
  return false;
}

// Plays several suspects one behind another, those that only wait beside each other: most of them
// get their verdicts, and one that the target dies in with no other under way is named. Of those
// that may have waited long, no more than were at work go with them. A hang is found by a deadline
// again and again: there a few go on alone.
void TaskRunner::look_closer(Pass pass, std::vector<Task>& tasks, Breadth breadth, bool hung) {
  const std::size_t few = hung && pass.likely > 0 ? few_suspects : 1;
  if (pass.suspects.size() > few) {
    std::vector<Task> rest = std::move(pass.suspects);
    const std::size_t closer = std::min(rest.size(), pass.likely + breadth.jobs);
    const auto waited = rest.begin() + static_cast<std::ptrdiff_t>(closer);
    tasks.insert(tasks.end(), waited, rest.end());
    rest.erase(waited, rest.end());
    const std::vector<Task> begun = rest;
    pass = play_until_death(rest, {.jobs = 1, .waiting = breadth.waiting});
    tasks.insert(tasks.begin(), rest.begin(), rest.end());
    if (pass.suspects.empty()) return;
    const bool named = name_killer(pass);
    if (!revive_behind(pass, named, tasks) || named) return;
    pass.likely = pass.suspects.size();
    put_last_begun_first(pass.suspects, begun);
  }
  find_killer(pass.suspects, pass.likely, tasks, hung);
}

// Where only one is suspected, and the target did it again.
bool TaskRunner::name_killer(Pass& pass) {
  if (!pass.sole) return false;
  const auto death = pass.death ? pass.death : keeper_.death();
  if (!death || (death->hangs && !death->seen)) return false;
  (death->hangs ? hangers_ : killers_).add(pass.sole->task);
  blame(*pass.sole, *death, keeper_);
  tell_last(std::move(*pass.sole));
  return true;
}

// Ends early where the target died, or hangs and more are to come than wait beside each other.
// Leaves in `tasks` what is still to do.
TaskRunner::Pass TaskRunner::play_until_death(std::vector<Task>& tasks, Breadth breadth,
                                              bool supplied) {
  bool died = false;
  bool hangs = false;
  std::size_t to_come = tasks.size();
  const std::function<std::vector<Task>()> more = supplied ? more_of_supply(to_come) : nullptr;
  const std::size_t side_by_side = breadth.jobs + breadth.waiting;
  const bool one_by_one = breadth.jobs == 1;
  const bool alone = tasks.size() == 1 && !more;
  const Task first = tasks.front();
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
             hangs = is_hang(ended, stage_.pace(), to_come + left_to_take() > side_by_side);
             if (died || hangs) return true;
             const bool last = ends_run(ended);
             keep_outlived(finished);
             return last;
           },
       .waiting = breadth.waiting,
       .awaits_rest = true,
       .leaves_waiting = may_leave_ && !left_ && !one_by_one});
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
  if (!played.waiting.empty() && !died)
    left_.emplace(Left{.waiting = played.waiting.size(), .root = root_of_target()});
  if (died) {
    if (!played.waiting.empty()) take_back_waiting(played);
    tasks = sort_out(std::move(played), pass);
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
// the rest is kept. What ended last, or began last, is the likeliest. Returns what had not reached
// it.
std::vector<Task> TaskRunner::sort_out(Played played, Pass& pass) {
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
    if (outlived(each, stage_.pace()))
      keep(std::move(each));
    else if (gone && unreached(each))
      left.push_back(each.task);
    else
      ended.push_back(std::move(each));
  }
  std::vector<Task> unlikely(played.given_up.rbegin(), played.given_up.rend());
  for (const Finished& each : ended | std::views::reverse)
    (is_unlikely_killer(each) || unreached(each) ? unlikely : pass.suspects).push_back(each.task);
  pass.likely = pass.suspects.size();
  std::ranges::copy(unlikely, std::back_inserter(pass.suspects));
  if (pass.suspects.size() == 1 && ended.size() == 1 && waiting() == 0)
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

// One by one, each on a target that lives. Behind the likely ones, or one of them that ended the
// process, the others go back to `tasks`: seldom is there another killer among them, and many may
// wait for a deadline. A hang is found by a deadline again and again: there all go on alone.
void TaskRunner::find_killer(const std::vector<Task>& suspects, std::size_t likely,
                             std::vector<Task>& tasks, bool hung) {
  for (std::size_t i = 0; i < suspects.size() && !stop_.raised(); ++i) {
    if (i == likely && i > 0 && i + 1 < suspects.size() && !hung) {
      tasks.insert(tasks.begin(), suspects.begin() + static_cast<std::ptrdiff_t>(i),
                   suspects.end());
      return;
    }
    std::optional<LonePlayed> alone =
        play_alone(stage_, keeper_, suspects[i], hung || hangers_.knows(suspects[i]));
    if (!alone) return;
    tell_last(std::move(alone->ended));
    if (alone->target == LonePlayed::Target::lives || stop_.raised()) continue;
    const std::vector<Task> rest(suspects.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                 suspects.end());
    if (!keeper_.revive()) return give_up(rest, When::to_be_played_alone);
    if (alone->target == LonePlayed::Target::hangs) {
      hangers_.add(suspects[i]);
      continue;
    }
    tasks.insert(tasks.begin(), rest.begin(), rest.end());
    killers_.add(suspects[i]);
    return;
  }
}

// One behind another, those that only wait beside each other, and the target started again behind
// each that kills it. Where a few do it no harm, the others are played as any.
void TaskRunner::play_variants_of_killers(std::vector<Task> variants, std::vector<Task>& tasks,
                                          Breadth breadth) {
  bool harmless = false;
  while (!variants.empty() && !harmless && !stop_.raised()) {
    const auto some =
        variants.begin() + static_cast<std::ptrdiff_t>(std::min(few_variants, variants.size()));
    std::vector<Task> next(variants.begin(), some);
    variants.erase(variants.begin(), some);
    Pass pass = play_until_death(next, {.jobs = 1, .waiting = breadth.waiting});
    variants.insert(variants.begin(), next.begin(), next.end());
    harmless = pass.suspects.empty();
    if (harmless) continue;
    const bool named = name_killer(pass);
    const bool is_back = stop_.raised() || keeper_.revive();
    if (waiting() > 0) take_back_left(tasks);
    if (is_back) {
      if (!named) find_killer(pass.suspects, pass.likely, tasks, pass.death && pass.death->hangs);
      continue;
    }
    if (!named) give_up(pass.suspects, When::under_way);
    give_up(std::exchange(variants, {}), When::variant_of_a_killer);
    stop_.raise({Stop::Kind::target_died, ids_of(pass.suspects), {}});
  }
  if (harmless) killers_.forget();
  std::ranges::move(variants, std::back_inserter(tasks));
}

}  // namespace wsconform
