#include "runner/suite/work_list.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace wsconform {
namespace {

constexpr std::size_t at_a_time = 16;  // so that nobody waits long for another at the end

}  // namespace

WorkList::WorkList(const RunPlan& plan, bool limits, std::size_t instances, Duration patience)
    : pool_(plan.beside, at_a_time,
            [this] {
              const std::lock_guard lock(mutex_);
              changed_.notify_all();
            }),
      watched_(plan.watched),
      limits_(limits),
      patience_(patience),
      takers_(instances) {
  assert(instances > 0);
  if (instances == 1 || plan.in_a_row) {
    alone_.push_back({plan.alone});
  } else {
    for (const Task& each : plan.alone) alone_.push_front({{each}});
  }
}

std::optional<WorkList::Work> WorkList::next(std::size_t instance) {
  const std::lock_guard lock(mutex_);
  const auto work = take_next(instance == 0);
  takers_[instance] = {std::chrono::steady_clock::now(), work.has_value(),
                       work && std::holds_alternative<Beside>(*work)};
  changed_.notify_all();
  return work;
}

std::optional<WorkList::Work> WorkList::take_next(bool first) {
  if (first && !pool_.empty()) return Beside{};
  if (first && watched_) return Watched{*std::exchange(watched_, std::nullopt)};
  if (!alone_.empty()) {
    Alone some = std::move(alone_.front());
    alone_.pop_front();
    return some;
  }
  if (watched_) return Watched{*std::exchange(watched_, std::nullopt)};
  if (std::exchange(limits_, false)) return Limits{};
  if (!pool_.empty()) return Beside{};
  return std::nullopt;
}

bool WorkList::may_get_more() const {
  const std::lock_guard lock(mutex_);
  return !is_over();
}

void WorkList::takes(std::size_t instance) {
  const std::lock_guard lock(mutex_);
  takers_[instance].latest = std::chrono::steady_clock::now();
  takers_[instance].held_up = takers_[instance].relieved = false;
  changed_.notify_all();
}

bool WorkList::await_call() {
  std::unique_lock lock(mutex_);
  while (!is_over()) {
    const Instant now = std::chrono::steady_clock::now();
    const auto then = all_taken() ? std::nullopt : next_call(now);
    if (!then)
      changed_.wait(lock);
    else if (*then <= now)
      return true;
    else
      changed_.wait_until(lock, *then);
  }
  return false;
}

// When somebody will be held up, whom no other was called for. One who is now counts as called for.
std::optional<Instant> WorkList::next_call(Instant now) {
  std::optional<Instant> earliest;
  for (Taker& each : takers_) {
    if (!each.takes || each.relieved) continue;
    const Instant then = each.held_up ? now : each.latest + patience_;
    if (then <= now) {
      each.relieved = true;
      return now;
    }
    earliest = std::min(then, earliest.value_or(then));
  }
  return earliest;
}

void WorkList::held_up(std::size_t instance) {
  const std::lock_guard lock(mutex_);
  takers_[instance].held_up = true;
  changed_.notify_all();
}

void WorkList::leave(std::size_t instance) {
  const std::lock_guard lock(mutex_);
  takers_[instance].takes = takers_[instance].beside = false;
  changed_.notify_all();
}

void WorkList::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

bool WorkList::all_taken() const {
  return pool_.empty() && !watched_ && alone_.empty() && !limits_;
}

bool WorkList::is_over() const {
  return closed_ || (all_taken() && std::ranges::none_of(takers_, &Taker::beside));
}

}  // namespace wsconform
