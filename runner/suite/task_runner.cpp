#include "runner/suite/task_runner.h"

#include <algorithm>
#include <iterator>
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

}  // namespace

TaskRunner::TaskRunner(Stage& stage, TargetKeeper& keeper, StopSign& stop, Hooks hooks)
    : stage_(stage), keeper_(keeper), stop_(stop), hooks_(std::move(hooks)) {}

void TaskRunner::run(std::vector<Task> tasks, Breadth breadth) {
  try {
    play(std::move(tasks), breadth);
    repeat_timed_out(breadth);
    repeat_doubtful();
  } catch (...) {  // what a fault of the machine leaves to be asked again stands as it is
    tell_first_results();
    for (Finished& each : std::exchange(timed_out_, {})) hooks_.told(std::move(each));
    for (Finished& each : std::exchange(doubtful_, {})) hooks_.told(std::move(each));
    throw;
  }
}

// A pass ends with the tasks or with the target's death, and goes on behind that where it can.
void TaskRunner::play(std::vector<Task> tasks, Breadth breadth) {
  std::vector<Task> aside;
  while (!stop_.raised()) {
    killers_.set_variants_aside(tasks, aside);
    if (tasks.empty() && aside.empty()) return;
    if (tasks.empty()) {
      play_variants_of_killers(std::exchange(aside, {}), tasks);
      continue;
    }
    std::vector<Task> suspects;
    std::size_t likely = play_until_death(tasks, breadth, suspects);
    if (suspects.empty()) continue;
    wait_for("the target to come back: it died, or hangs, with " +
             counted(suspects.size(), "case") + " under way");
    const bool hung = stage_.process() != nullptr && !keeper_.exited();
    bool lives = keeper_.revive();
    if (lives && suspects.size() > (likely == 0 ? 1 : few_suspects)) {
      lives = narrow_down(suspects, tasks, breadth);
      likely = suspects.size();
    }
    if (lives) {
      find_killer(suspects, likely, tasks, hung);
    } else {
      give_up(suspects, When::under_way);
      give_up(tasks, When::not_begun);
      tasks.clear();
      stop_.raise({Stop::Kind::target_died, ids_of(suspects), {}});
    }
  }
}

// Plays the suspects one behind another, those that only wait beside each other: most of them get
// their verdicts, and where the target dies again, they are few now. Whether it lives.
bool TaskRunner::narrow_down(std::vector<Task>& suspects, std::vector<Task>& tasks,
                             Breadth breadth) {
  std::vector<Task> closer;
  play_until_death(suspects, {.jobs = 1, .waiting = breadth.waiting}, closer);
  tasks.insert(tasks.begin(), suspects.begin(), suspects.end());
  suspects = std::move(closer);
  return suspects.empty() || keeper_.revive();
}

// Ends early where the target died, or hangs and more are to come than wait beside each other.
// Leaves in `tasks` what is still to do, in `suspects` what was under way when the target died or
// may have been ended by its death: first what ended with it, then what began last, then what
// waited for nothing. Returns how many are there for the first reason.
std::size_t TaskRunner::play_until_death(std::vector<Task>& tasks, Breadth breadth,
                                         std::vector<Task>& suspects) {
  bool died = false;
  bool hangs = false;
  std::size_t to_come = tasks.size();
  const std::size_t side_by_side = breadth.jobs + breadth.waiting;
  Played played =
      stage_.play({.tasks = std::move(tasks),
                   .jobs = breadth.jobs,
                   .ends =
                       [&](std::vector<Finished>& finished) {
                         died = is_death(finished.back());
                         hangs = is_hang(finished.back(), stage_.pace(), --to_come > side_by_side);
                         if (died || hangs) return true;
                         const bool last = ends_run(finished.back());
                         keep_outlived(finished);
                         return last;
                       },
                   .waiting = breadth.waiting});
  tasks.clear();
  if (played.fault) {
    for (Finished& each : played.finished) keep(std::move(each));
    std::rethrow_exception(played.fault);
  }
  if ((hangs || ended_unheard(played.finished, stage_.pace())) && !died && !stop_.raised())
    died = keeper_.death().has_value();
  // Nobody was left to ask after a death among the last.
  if (cut_off_at_last(played.finished) && keeper_.is_gone_within(dying)) died = true;
  if (died) {
    std::vector<Task> unlikely(played.given_up.rbegin(), played.given_up.rend());
    sort_out(std::move(played.finished), suspects, unlikely);
    const std::size_t likely = suspects.size();
    std::ranges::copy(unlikely, std::back_inserter(suspects));
    tasks = std::move(played.not_begun);
    return likely;
  }
  for (Finished& each : played.finished) keep(std::move(each));
  if (hangs) {  // it does not
    tasks = std::move(played.given_up);
    std::ranges::move(played.not_begun, std::back_inserter(tasks));
  } else if (hooks_.ends_run && !(played.given_up.empty() && played.not_begun.empty())) {
    stop_.raise({Stop::Kind::unexpected_result});
  }
  return 0;
}

// So that results are told, and in a journal, while others are under way.
void TaskRunner::keep_outlived(std::vector<Finished>& finished) {
  for (Finished& each : taken_outlived(finished, stage_.pace())) keep(std::move(each));
}

// Of what finished before the target died: what may have been ended by its death, likely or hardly;
// the rest is kept.
void TaskRunner::sort_out(std::vector<Finished> finished, std::vector<Task>& suspects,
                          std::vector<Task>& unlikely) {
  for (Finished& each : finished) {
    if (outlived(each, stage_.pace()))
      keep(std::move(each));
    else
      (is_unlikely_killer(each) ? unlikely : suspects).push_back(each.task);
  }
}

// What a deadline judged is judged again before it ends anything.
bool TaskRunner::ends_run(const Finished& ended) const {
  const bool stands = !ended.outcome.timed_out || repeating_ || settled_.settled(ended);
  return stands && hooks_.ends_run && hooks_.ends_run(ended.result);
}

bool TaskRunner::is_death(const Finished& ended) {
  return keeper_.exited() || ended.result.at_fault == AtFault::target_unreachable;
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
    std::optional<LonePlayed> alone = play_alone(stage_, keeper_, suspects[i], hung);
    if (!alone) return;
    tell_last(std::move(alone->ended));
    if (alone->target == LonePlayed::Target::lives || stop_.raised()) continue;
    const std::vector<Task> rest(suspects.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                 suspects.end());
    if (!keeper_.revive()) return give_up(rest, When::to_be_played_alone);
    if (alone->target == LonePlayed::Target::hangs) continue;
    tasks.insert(tasks.begin(), rest.begin(), rest.end());
    killers_.add(suspects[i]);
    return;
  }
}

// One behind another, and the target started again behind each that kills it. Where a few in a row
// do it no harm, the others are played as any.
void TaskRunner::play_variants_of_killers(std::vector<Task> variants, std::vector<Task>& tasks) {
  std::size_t harmless = 0;
  auto next = variants.begin();
  for (; next != variants.end() && harmless < few_variants && !stop_.raised(); ++next) {
    std::optional<LonePlayed> alone = play_alone(stage_, keeper_, *next);
    if (!alone) break;
    if (alone->target == LonePlayed::Target::lives) {
      ++harmless;
      keep(std::move(alone->ended));
      continue;
    }
    harmless = 0;
    tell_last(std::move(alone->ended));
    if (stop_.raised() || keeper_.revive()) continue;
    give_up({next + 1, variants.end()}, When::variant_of_a_killer);
    return stop_.raise({Stop::Kind::target_died, {next->to_run->id}, {}});
  }
  if (harmless == few_variants) killers_.forget();
  tasks.assign(next, variants.end());
}

// A deadline that passes while the target is busy proves nothing: such cases run again, with few
// beside them. Where they are many, a few of a kind speak for it, unless one is answered now.
void TaskRunner::repeat_timed_out(Breadth breadth) {
  std::vector<DeadlineKind> kinds = kinds_of(std::exchange(timed_out_, {}));
  std::vector<Finished> speakers;
  for (const DeadlineKind& each : kinds)
    std::ranges::copy(each.speakers, std::back_inserter(speakers));
  if (!speakers.empty())
    wait_for(counted(speakers.size(), "case") + " again, which got no answer in time");
  const bool few = speakers.size() <= breadth.jobs;
  try {
    repeat(std::move(speakers), few ? Breadth{(breadth.jobs + 3) / 4, breadth.waiting} : breadth);
  } catch (...) {
    for (DeadlineKind& each : kinds) std::ranges::move(each.others, std::back_inserter(timed_out_));
    throw;
  }
  std::vector<Finished> unsettled;
  for (DeadlineKind& each : kinds) {
    const bool stands = std::ranges::all_of(each.speakers, [this](const Finished& first) {
      return std::ranges::find(silent_, first.task) != silent_.end();
    });
    if (stands) {
      settled_.settle(each.speakers.front());
      for (Finished& other : each.others) hooks_.told(std::move(other));
    } else {
      std::ranges::move(each.others, std::back_inserter(unsettled));
    }
  }
  if (!unsettled.empty()) repeat(std::move(unsettled), breadth);
}

// TCP may throw away what a target said before its reset (RFC 9293 §3.10.7.4): what comes of
// another try is its answer. A busy machine makes times out of proportion, but seldom twice when
// nothing else is under way.
void TaskRunner::repeat_doubtful() {
  constexpr int tries = 3;
  timed_alone_ = true;
  for (int n = 0; n < tries && !doubtful_.empty() && !stop_.raised(); ++n)
    repeat(std::exchange(doubtful_, {}), {});
  timed_alone_ = false;
  for (Finished& each : std::exchange(doubtful_, {})) hooks_.told(std::move(each));
}

// Where the run is stopped meanwhile, or the machine gives out, the first results stand.
void TaskRunner::repeat(std::vector<Finished> doubtful, Breadth breadth) {
  std::vector<Task> again;
  for (const Finished& each : doubtful) again.push_back(each.task);
  repeated_.clear();
  silent_.clear();
  asked_again_ = std::move(doubtful);
  repeating_ = true;
  play(std::move(again), breadth);
  repeating_ = false;
  tell_first_results();
}

void TaskRunner::tell_first_results() {
  for (Finished& each : std::exchange(asked_again_, {}))
    if (std::ranges::find(repeated_, each.task) == repeated_.end()) hooks_.told(std::move(each));
}

void TaskRunner::tell(Finished ended) {
  repeated_.push_back(ended.task);
  hooks_.told(std::move(ended));
}

// One that no repetition follows.
void TaskRunner::tell_last(Finished ended) {
  if (hooks_.ends_run && hooks_.ends_run(ended.result))
    stop_.raise({Stop::Kind::unexpected_result});
  tell(std::move(ended));
}

void TaskRunner::keep(Finished ended) {
  const bool leaps = is<ground::TimeLeaps>(ended.outcome.ground) && !timed_alone_;
  const bool doubtful = ended.outcome.torn() || leaps;
  if (ended.outcome.timed_out && !repeating_ && !settled_.settled(ended)) {
    timed_out_.push_back(std::move(ended));
  } else if (doubtful && ended.result.verdict != Verdict::pass) {
    repeated_.push_back(ended.task);
    doubtful_.push_back(std::move(ended));
  } else {
    if (ended.outcome.timed_out) silent_.push_back(ended.task);
    tell(std::move(ended));
  }
}

void TaskRunner::give_up(const std::vector<Task>& tasks, When when) {
  const ground::NotJudged ground{when};
  for (const Task& each : tasks)
    tell({.task = each,
          .result = unjudged(each, Verdict::error, AtFault::target_unreachable, ground),
          .outcome = {.ground = ground}});
}

}  // namespace wsconform
