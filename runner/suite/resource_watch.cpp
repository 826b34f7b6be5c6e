#include "runner/suite/resource_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <utility>

#include "runner/process/idleness.h"

namespace wsconform {
namespace {

constexpr Duration settling = std::chrono::milliseconds(500);  // of a target that has just started

Instant now() {
  return std::chrono::steady_clock::now();
}

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

ResourceWatch::ResourceWatch(boost::asio::io_context& loop, std::function<pid_t()> root,
                             std::function<bool()> stopped, Duration until_spinning)
    : loop_(loop),
      root_(std::move(root)),
      stopped_(std::move(stopped)),
      until_spinning_(until_spinning) {}

std::optional<ResourceWatch::Look> ResourceWatch::look() {
  const pid_t root = root_();
  if (root < 0) return std::nullopt;
  auto usage = usage_of(root);
  if (!usage) return std::nullopt;
  peak_ = std::max(peak_, usage->peak);
  return Look{root, std::move(*usage)};
}

void ResourceWatch::begin_run() {
  begin_stretch();
  before_run_ = before_;
  if (!before_) return;
  Idleness idleness(now(), rest_of(before_->usage), settling);
  while (idleness.state() == Idleness::State::looking && !stopped_()) {
    wait_until(idleness.next_look());
    const auto seen = look();
    if (!seen) return;
    idleness.look(now(), rest_of(seen->usage));
  }
  busy_by_itself_ = idleness.state() == Idleness::State::spinning;
  rests_ = !busy_by_itself_;
}

void ResourceWatch::end_run() {
  after_run_ = look();
}

void ResourceWatch::begin_stretch() {
  before_ = look();
  if (!before_) return;
  forget_peak(before_->root);
  before_ = look();
}

std::optional<Spent> ResourceWatch::end_stretch() {
  auto after = look();
  if (!before_ || !after || after->root != before_->root) return std::nullopt;
  Idleness idleness(now(), rest_of(after->usage), until_spinning_);
  while (idleness.state() == Idleness::State::looking && rests_ && !stopped_()) {
    wait_until(idleness.next_look());
    after = look();
    if (!after || after->root != before_->root) return std::nullopt;
    idleness.look(now(), rest_of(after->usage));
  }
  Spent spent;
  const auto signed_bytes = [](std::uint64_t bytes) { return static_cast<std::int64_t>(bytes); };
  spent.cpu = std::max(Duration::zero(), after->usage.cpu - before_->usage.cpu);
  spent.grown = signed_bytes(after->usage.resident) - signed_bytes(before_->usage.resident);
  spent.peak_grown = after->usage.peak - std::min(after->usage.peak, before_->usage.peak);
  spent.busy = idleness.busy();
  spent.spinning = idleness.state() == Idleness::State::spinning;
  return spent;
}

std::vector<Fact> ResourceWatch::facts() const {
  std::vector<Fact> facts;
  if (before_run_)
    facts.push_back(memory_fact("memory before the cases", before_run_->usage.resident));
  if (after_run_)
    facts.push_back(memory_fact("memory after the cases", after_run_->usage.resident));
  if (peak_ > 0) facts.push_back(memory_fact("most memory in the run", peak_));
  if (before_run_ && after_run_ && before_run_->root == after_run_->root) {
    facts.push_back(
        time_fact("CPU time of the run", after_run_->usage.cpu - before_run_->usage.cpu));
  } else if (after_run_) {
    facts.push_back(time_fact("CPU time since its last start", after_run_->usage.cpu));
  }
  if (busy_by_itself_)
    facts.push_back({"busy before the cases", "yes: whether it spins is not judged", 0, ""});
  if (unrest_)
    facts.push_back({"spins",
                     "yes: after the cases that ran side by side it went on using a whole core", 0,
                     ""});
  return facts;
}

void ResourceWatch::wait_until(Instant then) {
  boost::asio::steady_timer timer(loop_, then);
  bool done = false;
  timer.async_wait([&done](boost::system::error_code) { done = true; });
  while (!done && !stopped_()) {
    loop_.restart();
    loop_.run_one();
  }
  timer.cancel();
  while (!done) {
    loop_.restart();
    loop_.run_one();
  }
}

}  // namespace wsconform
