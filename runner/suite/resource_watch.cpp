#include "runner/suite/resource_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/phrase.h"

namespace wsconform {
namespace {

constexpr Duration settling = std::chrono::milliseconds(500);  // of a target that has just started

Idleness::Seen rest_of(const ProcessUsage& usage) {
  return {usage.wanted, usage.runnable};
}

Fact memory_fact(std::string name, std::uint64_t bytes) {
  return {std::move(name), mebibytes(bytes), static_cast<double>(bytes), "bytes"};
}

Fact time_fact(std::string name, Duration time) {
  const double ms = in_milliseconds(time);
  return {std::move(name), fmt::format("{:.0f} ms", ms), ms, "ms"};
}

}  // namespace

std::optional<ProcessLook> ResourceWatch::look() {
  auto seen = stage_.look();
  if (seen) peak_ = std::max(peak_, seen->usage.peak);
  return seen;
}

// The last look at it; nullopt where the process is not the same any more.
std::optional<ProcessLook> ResourceWatch::await_rest(Idleness& idleness, ProcessLook seen) {
  while (idleness.state() == Idleness::State::looking && !stage_.stopped()) {
    stage_.wait_until(idleness.next_look());
    auto next = look();
    if (!next || next->root != seen.root) return std::nullopt;
    seen = std::move(*next);
    idleness.look(stage_.now(), rest_of(seen.usage));
  }
  return seen;
}

void ResourceWatch::begin_run() {
  begin_stretch();
  before_run_ = before_;
  if (!before_) return;
  Idleness idleness(stage_.now(), rest_of(before_->usage), settling);
  if (!await_rest(idleness, *before_)) return;
  busy_by_itself_ = idleness.state() == Idleness::State::spinning;
  rests_ = !busy_by_itself_;
}

void ResourceWatch::end_run() {
  after_run_ = look();
}

void ResourceWatch::leave_out(const std::function<void()>& does) {
  const auto before = stage_.look();
  does();
  stage_.forget_peak();
  const auto after = stage_.look();
  if (!before || !after || before->root != after->root) return;
  if (std::exchange(left_out_of_, after->root) != after->root) left_out_ = {};
  left_out_ += after->usage.cpu - before->usage.cpu;
}

void ResourceWatch::begin_stretch() {
  before_ = look();
  if (!before_) return;
  stage_.forget_peak();
  before_ = look();
}

std::optional<Spent> ResourceWatch::end_stretch() {
  auto after = look();
  if (!before_ || !after || after->root != before_->root) return std::nullopt;
  Idleness idleness(stage_.now(), rest_of(after->usage), until_spinning_);
  if (rests_) after = await_rest(idleness, std::move(*after));
  if (!after) return std::nullopt;
  Spent spent;
  const auto signed_bytes = [](std::uint64_t bytes) { return static_cast<std::int64_t>(bytes); };
  spent.cpu = std::max(Duration::zero(), after->usage.cpu - before_->usage.cpu);
  spent.grown = signed_bytes(after->usage.resident) - signed_bytes(before_->usage.resident);
  spent.peak_grown = after->usage.peak - std::min(after->usage.peak, before_->usage.peak);
  spent.busy = idleness.busy();
  spent.spinning = idleness.state() == Idleness::State::spinning;
  return spent;
}

ResourceWatch::Used ResourceWatch::used() const {
  Used used{.peak = peak_, .busy_by_itself = busy_by_itself_, .unrest = unrest_};
  if (before_run_) used.before = before_run_->usage.resident;
  if (!after_run_) return used;
  used.after = after_run_->usage.resident;
  used.cpu = after_run_->usage.cpu;
  if (left_out_of_ == after_run_->root) used.cpu -= left_out_;
  used.since_last_start = !before_run_ || before_run_->root != after_run_->root;
  if (!used.since_last_start) used.cpu -= before_run_->usage.cpu;
  return used;
}

std::vector<Fact> facts_of(const std::vector<ResourceWatch::Used>& instances) {
  using Used = ResourceWatch::Used;
  if (instances.empty()) return {};
  std::vector<Fact> facts;
  const Used& first = instances.front();
  if (first.before) facts.push_back(memory_fact("memory before the cases", *first.before));
  if (first.after) facts.push_back(memory_fact("memory after the cases", *first.after));
  const std::uint64_t peak = std::ranges::max(instances, {}, &Used::peak).peak;
  if (peak > 0) facts.push_back(memory_fact("most memory in the run", peak));
  Duration cpu{};
  for (const Used& each : instances) cpu += each.cpu;
  if (std::ranges::any_of(instances, &Used::since_last_start))
    facts.push_back(time_fact("CPU time since its last start", cpu));
  else if (first.after)
    facts.push_back(time_fact("CPU time of the run", cpu));
  if (std::ranges::any_of(instances, &Used::busy_by_itself))
    facts.push_back({"busy before the cases",
                     "yes, so CPU time that it uses with nothing to do is not judged", 0, ""});
  if (std::ranges::any_of(instances, &Used::unrest))
    facts.push_back(
        {"spins", "yes: after the cases that ran side by side, it kept a whole core busy", 0, ""});
  return facts;
}

}  // namespace wsconform
