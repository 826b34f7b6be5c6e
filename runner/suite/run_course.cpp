#include "runner/suite/run_course.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <new>
#include <utility>
#include <variant>

#include "core/machine_fault.h"
#include "core/phrase.h"
#include "runner/casebook/case.h"
#include "runner/input/id_order.h"
#include "runner/suite/run_plan.h"

namespace wsconform {

namespace {

// With an instance that takes nothing, until another is called for: a start has to be worth what it
// costs.
Duration patience_with(Duration cost_of_start) {
  return std::chrono::milliseconds(500) + 2 * cost_of_start;
}

}  // namespace

RunCourse::RunCourse(Instance first, FurtherInstances* further, StopSign& stop, RunOptions options,
                     Hooks hooks)
    : more_(further),
      stop_(stop),
      options_(std::move(options)),
      hooks_(std::move(hooks)),
      profile_(*first.profile),
      first_(run_at(first, 0)) {
  assert(options_.jobs > 0 && options_.instances > 0 && options_.repeat > 0);
}

std::unique_ptr<InstanceRun> RunCourse::run_at(Instance instance, std::size_t number) {
  return std::make_unique<InstanceRun>(
      *instance.stage, *instance.profile, stop_, spread_, options_,
      InstanceRun::Hooks{[this](CaseResult result) { record(std::move(result)); },
                         [this](CaseResult result) {
                           const std::lock_guard lock(mutex_);
                           left_.push_back(std::move(result));
                         },
                         [this](std::vector<Task> tasks) { list_->pool().give_back(tasks); },
                         [this](Fact fact) { add(std::move(fact)); },
                         [this](std::string_view what) { wait_for(what); },
                         [this, number] { list_->held_up(number); },
                         [this, number] { list_->takes(number); }});
}

void RunCourse::prepare(std::size_t spare) {
  reach();
  start_further();
  InstanceRun::Learnt learnt = first_->learn(spare);
  results_.target = std::move(learnt.target);
  results_.seed = options_.seed;
  results_.shuffled = options_.shuffle;
  results_.jobs = static_cast<int>(learnt.width.jobs);
  first_->take_breadth(learnt.width);
  Width narrow = learnt.width;  // each connection may bring much, which is to fit into our memory
  narrow.jobs = (narrow.jobs + 3) / 4;
  for (const auto& each : further_) each->take_breadth(narrow);
}

void RunCourse::reach() {
  if (first_->is_ours()) wait_for("the command of --exec to listen");
  const auto not_reached = first_->reach();
  if (!not_reached) return;
  const std::string why = fmt::format("The command of --exec did not become reachable at {}: {}",
                                      profile_.url, not_reached->why);
  if (not_reached->port_taken) throw PortTaken(why);
  throw TargetUnreachable(why);
}

// Only once the first has what there may be but once: a port of its own choice, a lock.
void RunCourse::start_further() {
  const std::size_t wanted = std::min(options_.instances, options_.jobs) - 1;
  if (more_ == nullptr || wanted == 0 || stop_.raised()) return;
  for (const Instance& each : more_->make(wanted))
    further_.push_back(run_at(each, 1 + further_.size()));
  const std::size_t at_once = std::min(instances_at_once() - 1, further_.size());
  for (std::size_t n = 0; n < at_once; ++n) further_[n]->begin_to_start();
}

// Others are called for where some of these wait. Each takes a core, and half of one for us.
std::size_t RunCourse::instances_at_once() const {
  return std::max<std::size_t>(2, options_.cores / 2);
}

void RunCourse::run(const std::vector<Case>& cases) {
  expected_ = cases.size() * static_cast<std::size_t>(options_.repeat);
  const RunPlan plan = plan_of(
      cases, profile_, {options_.repeat, options_.shuffle, options_.seed, first_->watches()});
  for (const CaseResult& each : plan.skipped) record(each);
  list_ = std::make_unique<WorkList>(plan, options_.limits && !profile_.mute(), 1 + further_.size(),
                                     patience_with(first_->cpu_time()));
  std::vector<std::function<void()>> all{[this] { work(0); }};
  for (std::size_t n = 1; n <= further_.size(); ++n) {
    further_[n - 1]->learn_from(*first_);
    all.emplace_back([this, n] { work_on_further(n); });
  }
  if (further_.empty())
    all.front()();
  else
    more_->do_all(std::move(all));
  if (fault_) std::rethrow_exception(fault_);
  tell_spent();
  for (CaseResult& each : std::exchange(left_, {}))
    if (!is_recorded(each)) record(std::move(each));
}

// One that does not come up, or is not what the first one is, takes no part.
void RunCourse::work_on_further(std::size_t instance) {
  if (instance >= instances_at_once() && !list_->await_call()) return;
  if (stop_.raised() || !run_on(instance).comes_up_alike()) return;
  ++began_;
  more_->came_up();
  work(instance);
}

void RunCourse::work(std::size_t instance) {
  InstanceRun& on = run_on(instance);
  guarded([&] {
    on.begin();
    while (!stop_.raised()) {
      if (const auto next = list_->next(instance)) {
        play(*next, instance);
        continue;
      }
      on.finish();
      if (!list_->may_get_more()) break;
      on.pause();
    }
    on.check_liveness();
  });
  guarded([&] { on.end(); });
  list_->leave(instance);
  if (stop_.raised()) list_->close();
}

void RunCourse::play(const WorkList::Work& work, std::size_t instance) {
  InstanceRun& on = run_on(instance);
  if (const auto* watched = std::get_if<WorkList::Watched>(&work)) {
    on.play_watched(watched->tasks);
  } else if (const auto* alone = std::get_if<WorkList::Alone>(&work)) {
    on.play_alone(alone->tasks);
  } else if (std::holds_alternative<WorkList::Limits>(work)) {
    limits_ = on.find_limits();
  } else {
    on.play_beside(list_->pool());
  }
}

// A fault of the machine ends the run, with what it has.
void RunCourse::guarded(const std::function<void()>& does) {
  try {
    does();
  } catch (const MachineFault& fault) {
    stop_.raise({Stop::Kind::machine_fault, {}, fault.what()});
  } catch (const std::bad_alloc&) {
    stop_.raise({Stop::Kind::machine_fault, {}, "there is not enough memory"});
  } catch (...) {
    {
      const std::lock_guard lock(mutex_);
      fault_ = std::current_exception();
    }
    stop_.raise({Stop::Kind::interrupted});
  }
}

void RunCourse::tell_spent() {
  std::vector<ResourceWatch::Used> used;
  if (const auto first = first_->used()) used.push_back(*first);
  for (const auto& each : further_)
    if (const auto its = each->used()) used.push_back(*its);
  std::vector<Fact>& facts = results_.target.facts;
  if (began_ > 0)
    facts.push_back({"instances", fmt::format("{}, each with a part of the cases", 1 + began_),
                     static_cast<double>(1 + began_), ""});
  std::ranges::copy(facts_of(used), std::back_inserter(facts));
  std::ranges::copy(limits_, std::back_inserter(facts));
}

void RunCourse::wait_for(std::string_view what) {
  const std::lock_guard lock(mutex_);
  if (hooks_.waits) hooks_.waits(what);
}

void RunCourse::add(Fact fact) {
  const std::lock_guard lock(mutex_);
  std::vector<Fact>& facts = results_.target.facts;
  if (std::ranges::find(facts, fact.name, &Fact::name) == facts.end())
    facts.push_back(std::move(fact));
}

void RunCourse::record(CaseResult result) {
  const std::lock_guard lock(mutex_);
  hooks_.finished(result);
  results_.cases.push_back(std::move(result));
}

bool RunCourse::is_recorded(const CaseResult& result) const {
  return std::ranges::any_of(results_.cases, [&](const CaseResult& each) {
    return each.id == result.id && each.repetition == result.repetition;
  });
}

Results RunCourse::take_results() {
  std::ranges::sort(results_.cases, [](const CaseResult& a, const CaseResult& b) {
    return a.id == b.id ? a.repetition < b.repetition : id_before(a.id, b.id);
  });
  results_.stop = stop_.why();
  if (results_.stop && results_.stop->kind == Stop::Kind::out_of_time)
    results_.stop->why = left_out();
  return std::move(results_);
}

// Cases are known by their results; what else was left out is the search for limits, or the last
// look.
std::string RunCourse::left_out() const {
  if (results_.cases.size() < expected_) return counted(expected_ - results_.cases.size(), "case");
  return "what follows the cases";
}

}  // namespace wsconform
