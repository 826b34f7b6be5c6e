#include "runner/suite/watched_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "runner/casebook/case.h"

namespace wsconform {
namespace {

constexpr int most_named = 3;

std::string words_for_group(const Spent& spent, std::size_t cases) {
  return fmt::format("With {} cases side by side, this one among them: {}", cases, words(spent));
}

}  // namespace

void WatchedRun::run_group(const std::vector<Task>& tasks, bool alone) {
  settle();
  if (tasks.size() < 2) return run_alone(tasks);
  watch_.begin_stretch();
  std::vector<CaseResult> results = suite_.play(tasks, alone);
  const auto spent = watch_.end_stretch();
  const auto record = [&] {
    for (CaseResult& each : results) {
      if (spent) each.notes.push_back(words_for_group(*spent, tasks.size()));
      suite_.record(std::move(each));
    }
  };
  try {
    if (spent && is_suspicious(*spent) && made_anew(*spent)) name_among(tasks, results);
  } catch (...) {
    record();
    throw;
  }
  record();
}

// Takes out of the results what is judged anew.
void WatchedRun::name_among(const std::vector<Task>& tasks, std::vector<CaseResult>& results) {
  for (const Task& each : tasks) {
    if (suite_.stopped() || named_ >= most_named) return;
    const auto is_of_it = [&](const CaseResult& result) {
      return result.id == each.to_run->id && result.repetition == each.repetition;
    };
    std::vector<CaseResult> before;
    std::ranges::copy_if(results, std::back_inserter(before), is_of_it);
    std::erase_if(results, is_of_it);
    run_one(each, std::move(before));
  }
}

// What earlier cases left behind is not laid at the door of these.
void WatchedRun::settle() {
  watch_.begin_stretch();
  const auto spent = watch_.end_stretch();
  if (!spent || !spent->spinning) return;
  watch_.tell_unrest();
  made_anew(*spent);
}

// After suspicious cases: true where what comes next can be told from them.
bool WatchedRun::made_anew(const Spent& spent) {
  if (suite_.revive) return suite_.revive();
  if (spent.spinning) watch_.expect_no_rest();
  return !spent.spinning;
}

void WatchedRun::run_alone(const std::vector<Task>& tasks) {
  for (const Task& each : tasks) {
    if (suite_.stopped()) return;
    run_one(each, {});
  }
}

void WatchedRun::run_one(const Task& task, std::vector<CaseResult> before) {
  const auto record = [&] {
    for (CaseResult& each : before) suite_.record(std::move(each));
  };
  try {
    judge_alone(task, before);
  } catch (...) {
    record();
    throw;
  }
  record();
}

// After so many plays that all took much memory.
bool WatchedRun::asks_again(const Spent& spent, int plays) {
  constexpr int most_plays = 3;
  return is_suspicious(spent) && !spent.spinning && plays < most_plays && suite_.revive &&
         !suite_.stopped() && made_anew(spent);
}

// `results` are those of before until a play has others.
void WatchedRun::judge_alone(const Task& task, std::vector<CaseResult>& results) {
  std::optional<Spent> spent;
  int plays = 0;
  do {
    watch_.begin_stretch();
    std::vector<CaseResult> played = suite_.play({task}, true);
    spent = watch_.end_stretch();
    if (played.empty()) return;  // the run was stopped meanwhile
    results = std::move(played);
    ++plays;
  } while (spent && asks_again(*spent, plays));
  if (!spent) return;
  for (CaseResult& each : results) judge(each, *spent, !suite_.revive);
  if (!is_suspicious(*spent)) return;
  made_anew(*spent);
  if (++named_ >= most_named) watch_.expect_no_rest();
}

}  // namespace wsconform
