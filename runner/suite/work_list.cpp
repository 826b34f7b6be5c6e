#include "runner/suite/work_list.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace wsconform {

WorkList::WorkList(const RunPlan& plan, bool limits, std::size_t instances, Duration patience)
    : beside_(plan.beside.begin(), plan.beside.end()),
      watched_(plan.watched),
      limits_(limits),
      patience_(patience),
      takers_(instances) {
  assert(instances > 0);
  if (instances == 1) {
    alone_.push_back({plan.alone});
  } else {
    for (const Task& each : plan.alone) alone_.push_front({{each}});
  }
}

std::optional<WorkList::Work> WorkList::next(std::size_t instance) {
  const std::lock_guard lock(mutex_);
  took(instance);
  const bool first = instance == 0;
  if (first && !beside_.empty()) return Beside{};
  if (first && watched_) return Watched{*std::exchange(watched_, std::nullopt)};
  if (!alone_.empty()) {
    Alone some = std::move(alone_.front());
    alone_.pop_front();
    return some;
  }
  if (watched_) return Watched{*std::exchange(watched_, std::nullopt)};
  if (std::exchange(limits_, false)) return Limits{};
  if (!beside_.empty()) return Beside{};
  return std::nullopt;
}

std::vector<Task> WorkList::take_beside(std::size_t instance) {
  constexpr std::size_t some = 16;
  const std::lock_guard lock(mutex_);
  took(instance);
  const auto end = beside_.begin() + static_cast<std::ptrdiff_t>(std::min(some, beside_.size()));
  std::vector<Task> taken(beside_.begin(), end);
  beside_.erase(beside_.begin(), end);
  return taken;
}

std::size_t WorkList::beside_left() const {
  const std::lock_guard lock(mutex_);
  return beside_.size();
}

void WorkList::give_back(const std::vector<Task>& beside) {
  const std::lock_guard lock(mutex_);
  beside_.insert(beside_.end(), beside.begin(), beside.end());
}

bool WorkList::await_call() {
  std::unique_lock lock(mutex_);
  while (!closed_ && !all_taken()) {
    const Instant now = std::chrono::steady_clock::now();
    const auto then = next_call(now);
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
  takers_[instance].takes = false;
}

void WorkList::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

bool WorkList::all_taken() const {
  return beside_.empty() && !watched_ && alone_.empty() && !limits_;
}

void WorkList::took(std::size_t instance) {
  takers_[instance] = {std::chrono::steady_clock::now(), true};
  changed_.notify_all();
}

}  // namespace wsconform
