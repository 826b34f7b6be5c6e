// A TaskRunner on a stage whose target is a table, for tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runner/casebook/case.h"
#include "runner/suite/scripted_stage.h"
#include "runner/suite/task_runner.h"

namespace wsconform::task_runner_test {

inline Case named(std::string id) {
  Case made;
  made.id = std::move(id);
  return made;
}

// Cases a, b, c, ... on a target that is a table.
class TaskRunnerTest : public testing::Test {
 protected:
  void run(std::size_t count, std::size_t jobs) {
    for (std::size_t n = 0; n < count; ++n)
      cases_.push_back(named(std::string(1, static_cast<char>('a' + n))));
    run_cases(jobs);
  }
  // Variants 1, 2, 3, ... of one case.
  void run_variants(std::size_t count, std::size_t jobs) {
    for (std::size_t n = 1; n <= count; ++n) cases_.push_back(named("k/" + std::to_string(n)));
    run_cases(jobs);
  }
  void run_cases(std::size_t jobs) {
    std::vector<Task> tasks;
    for (const Case& each : cases_) tasks.push_back({&each, 1});
    TargetKeeper keeper(stage_);
    TaskRunner runner(stage_, keeper, stage_.stop,
                      {[this](Finished ended) { told_.push_back(std::move(ended.result)); },
                       ends_run_, [this](std::string_view what) { waits_.emplace_back(what); }});
    runner.run(tasks, {.jobs = jobs, .waiting = waiting_});
    for (const std::string& each : then_alone_) {
      const Case& one = *std::ranges::find(cases_, each, &Case::id);
      runner.run({{&one, 2}}, {});
    }
  }
  // "a pass", in the order of their ids.
  std::vector<std::string> verdicts() const {
    std::vector<std::string> all;
    for (const CaseResult& each : told_)
      all.push_back(each.id + ' ' + std::string(name_of(each.verdict)));
    std::ranges::sort(all);
    return all;
  }
  std::string reason(std::string_view id) const {
    const auto found = std::ranges::find(told_, id, &CaseResult::id);
    return found == told_.end() ? "no result" : found->reason;
  }

  ScriptedStage stage_;
  std::vector<CaseResult> told_;
  std::vector<std::string> waits_;
  std::function<bool(const CaseResult&)> ends_run_;
  std::size_t waiting_ = 0;
  Instant hung_at_{};
  std::vector<std::string> then_alone_;  // each in a run of its own, with nothing beside it

 private:
  std::vector<Case> cases_;
};

inline constexpr std::string_view died = "The target died in this case: exit code 7.";
inline constexpr std::string_view hung = "The target hung in this case: it no longer answers.";

}  // namespace wsconform::task_runner_test
