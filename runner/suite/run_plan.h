// What of the cases a run plays, in which groups and order, and what it leaves out.
#pragma once

#include <cstdint>
#include <vector>

#include "reports/results/case_result.h"
#include "runner/suite/stage.h"
#include "runner/target/target.h"

namespace wsconform {

struct Case;

struct PlanOptions {
  int repeat = 1;        // at least 1
  bool shuffle = false;  // else those that last long come first
  std::uint64_t seed = 0;
  bool watches = false;  // the target's processes can be looked at
};

struct RunPlan {
  std::vector<Task> beside{};         // side by side
  std::vector<Task> watched{};        // side by side, with a look at the target before and after
  std::vector<Task> alone{};          // one by one
  bool in_a_row = false;              // these, by one instance: the target shows no work, and
                                      // one that only waits holds up no other
  std::vector<CaseResult> skipped{};  // the target lacks what they need
};

// Every case is `repeat` times in one of the four. The cases outlive the plan.
RunPlan plan_of(const std::vector<Case>& cases, const TargetProfile& target,
                const PlanOptions& options);

}  // namespace wsconform
