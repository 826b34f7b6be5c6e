// How a TaskRunner finds the case that the target dies of, or hangs in, and plays its variants.
#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "runner/suite/death_signs.h"
#include "runner/suite/lone_play.h"
#include "runner/suite/task_runner.h"

namespace wsconform {
namespace {

constexpr std::size_t few_suspects = 5;  // to be played alone, each till its end
constexpr std::size_t many_suspects = 24;
constexpr std::size_t a_few_at_a_time = 8;

// Of tasks that began in the order of `begun`: whatever kills seldom waits before it does.
void put_last_begun_first(std::vector<Task>& some, const std::vector<Task>& begun) {
  std::ranges::sort(some, std::ranges::greater(), [&](const Task& each) {
    return std::ranges::find(begun, each) - begun.begin();
  });
}

}  // namespace

// Plays several suspects one behind another, those that only wait beside each other: most of them
// get their verdicts, and one that the target dies in with no other under way is named. Many are
// first made fewer, a few at a time. Of those that may have waited long, no more than were at work
// go with them. A hang is found by a deadline again and again: there a few go on alone.
void TaskRunner::look_closer(Pass pass, TaskPool& pool, Breadth breadth, bool hung) {
  const std::size_t few = hung && pass.likely > 0 ? few_suspects : 1;
  std::size_t jobs = breadth.jobs;
  for (bool closer = true; closer && pass.suspects.size() > few; closer = jobs > 1) {
    std::vector<Task> rest = std::move(pass.suspects);
    const std::size_t at_work = std::min(rest.size(), pass.likely + jobs);
    const auto waited = rest.begin() + static_cast<std::ptrdiff_t>(at_work);
    pool.give_back({waited, rest.end()});
    rest.erase(waited, rest.end());
    const std::vector<Task> begun = rest;
    jobs = jobs > a_few_at_a_time && rest.size() > many_suspects ? a_few_at_a_time : 1;
    pass = play_until_death(rest, {.jobs = jobs, .waiting = breadth.waiting}, nullptr);
    pool.give_back(rest);
    if (pass.suspects.empty()) return;
    const bool named = name_killer(pass, pool);
    if (!revive_behind(pass, named, pool) || named) return;
    if (jobs > 1) continue;
    pass.likely = pass.suspects.size();
    put_last_begun_first(pass.suspects, begun);
  }
  find_killer(pass.suspects, pass.likely, pool, hung);
}

// Where only one is suspected, and the target did it again.
bool TaskRunner::name_killer(Pass& pass, TaskPool& pool) {
  if (!pass.sole) return false;
  const auto death = pass.death ? pass.death : keeper_.death();
  if (!death || (death->hangs && !death->seen)) return false;
  if (death->hangs)
    hangers_.add(pass.sole->task);
  else
    pool.add_killer(pass.sole->task);
  blame(*pass.sole, *death, keeper_);
  tell_last(std::move(*pass.sole));
  return true;
}

// One by one, each on a target that lives. Behind the likely ones, or one of them that ended the
// process, the others go back to the pool: seldom is there another killer among them, and many may
// wait for a deadline. A hang is found by a deadline again and again: there all go on alone.
void TaskRunner::find_killer(const std::vector<Task>& suspects, std::size_t likely, TaskPool& pool,
                             bool hung) {
  for (std::size_t i = 0; i < suspects.size() && !stop_.raised(); ++i) {
    if (i == likely && i > 0 && i + 1 < suspects.size() && !hung)
      return pool.give_back({suspects.begin() + static_cast<std::ptrdiff_t>(i), suspects.end()});
    std::optional<LonePlayed> alone =
        play_alone(stage_, keeper_, suspects[i], hung || hangers_.knows(suspects[i]));
    if (!alone) return;
    tell_last(std::move(alone->ended));
    if (alone->target == LonePlayed::Target::lives || stop_.raised()) continue;
    const std::vector<Task> rest(suspects.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                 suspects.end());
    if (!keeper_.revive()) {
      if (!stop_.raised()) give_up(rest, When::to_be_played_alone);
      return;
    }
    if (alone->target == LonePlayed::Target::hangs) {
      hangers_.add(suspects[i]);
      continue;
    }
    pool.give_back(rest);
    return pool.add_killer(suspects[i]);
  }
}

// A few of one killer, one behind another, those that only wait beside each other. Where these do
// no harm, its others are played as any.
void TaskRunner::play_variants(std::vector<Task> variants, TaskPool& pool, Breadth breadth) {
  const Task one = variants.front();
  Pass pass = play_until_death(variants, {.jobs = 1, .waiting = breadth.waiting}, nullptr);
  if (pass.suspects.empty() && !stop_.raised()) return pool.acquit(one);
  pool.give_back(variants);
  const bool named = name_killer(pass, pool);
  if (!revive_behind(pass, named, pool) || named) return;
  find_killer(pass.suspects, pass.likely, pool, pass.death && pass.death->hangs);
}

}  // namespace wsconform
