#include "runner/suite/run_plan.h"

#include <fmt/format.h>

#include <cassert>
#include <optional>
#include <string>

#include "runner/casebook/case.h"
#include "runner/suite/spent.h"
#include "runner/suite/task_list.h"

namespace wsconform {
namespace {

std::optional<std::string> absent_need(const Case& each, const TargetProfile& target) {
  for (const std::string& need : each.needs) {
    if (!target.features.contains(need)) return need;
  }
  for (const Opcode kind : target.refuses)
    if (sends(each, kind)) return fmt::format("{} messages", name_of(kind));
  if (target.message && sends_in_bytes(each, Opcode::text)) return "texts of any form";
  return std::nullopt;
}

}  // namespace

RunPlan plan_of(const std::vector<Case>& cases, const TargetProfile& target,
                const PlanOptions& options) {
  assert(options.repeat > 0);
  RunPlan plan;
  std::vector<Task> tasks;
  for (int repetition = 1; repetition <= options.repeat; ++repetition) {
    for (const Case& each : cases) {
      const Task task{&each, repetition};
      if (const auto need = absent_need(each, target)) {
        plan.skipped.push_back(
            unjudged(task, Verdict::skipped, AtFault::nobody, ground::NeedLacking{*need}));
      } else {
        tasks.push_back(task);
      }
    }
  }
  if (options.shuffle) {
    shuffle(tasks, options.seed);
  } else {
    begin_with_the_long(tasks);
  }
  const auto watched = [&](const Case& each) {
    return options.watches && !each.alone && is_watched(each);
  };
  plan.alone = tasks_where(tasks, &Case::alone);
  plan.watched = tasks_where(tasks, watched);
  plan.beside = tasks_where(tasks, [&](const Case& each) { return !each.alone && !watched(each); });
  plan.in_a_row = target.mute();
  return plan;
}

}  // namespace wsconform
