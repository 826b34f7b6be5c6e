#include "runner/suite/task_pool.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace wsconform {
namespace {

constexpr std::size_t few_variants = 5;

// Those for which it is true, in their order, at most so many.
std::vector<Task> taken_if(std::deque<Task>& tasks, const std::function<bool(const Task&)>& wanted,
                           std::size_t most) {
  std::vector<Task> taken;
  std::erase_if(tasks, [&](const Task& each) {
    const bool takes = taken.size() < most && wanted(each);
    if (takes) taken.push_back(each);
    return takes;
  });
  return taken;
}

}  // namespace

TaskPool::TaskPool(const std::vector<Task>& tasks, std::size_t at_a_time,
                   std::function<void()> changed)
    : at_a_time_(at_a_time), changed_(std::move(changed)), tasks_(tasks.begin(), tasks.end()) {}

std::vector<Task> TaskPool::take() {
  const std::lock_guard lock(mutex_);
  const bool last = tasks_.empty() && (variants_.empty() || variants_in_play());
  std::deque<Task>& next = last ? last_ : tasks_;
  const std::size_t count = std::min(at_a_time_, next.size());
  const auto end = next.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Task> taken(next.begin(), end);
  next.erase(next.begin(), end);
  return taken;
}

TaskPool::Variants TaskPool::take_variants() {
  const std::lock_guard lock(mutex_);
  if (variants_.empty()) return {};
  const Task first = variants_.front();
  const auto of_one = [&](const Task& each) { return are_variants(each, first); };
  return {taken_if(variants_, of_one, few_variants), in_play_};
}

bool TaskPool::variants_in_play() const {
  return in_play_.use_count() > 1;
}

std::size_t TaskPool::left() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size() + last_.size();
}

bool TaskPool::empty() const {
  const std::lock_guard lock(mutex_);
  return tasks_.empty() && variants_.empty() && last_.empty();
}

void TaskPool::give_back(const std::vector<Task>& tasks) {
  put(tasks_, true, tasks);
}

void TaskPool::put_last(const std::vector<Task>& tasks) {
  put(last_, false, tasks);
}

void TaskPool::put(std::deque<Task>& where, bool in_front, const std::vector<Task>& tasks) {
  if (tasks.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    where.insert(in_front ? where.begin() : where.end(), tasks.begin(), tasks.end());
    set_variants_aside();
  }
  if (changed_) changed_();
}

void TaskPool::add_killer(const Task& killer) {
  const std::lock_guard lock(mutex_);
  killers_.add(killer);
  set_variants_aside();
}

void TaskPool::acquit(const Task& variant) {
  std::vector<Task> its;
  {
    const std::lock_guard lock(mutex_);
    killers_.forget(variant);
    its = taken_if(variants_, [&](const Task& each) { return are_variants(each, variant); }, all);
  }
  give_back(its);
}

void TaskPool::set_variants_aside() {
  for (std::deque<Task>* each : {&tasks_, &last_})
    std::ranges::copy(taken_if(
                          *each, [this](const Task& task) { return killers_.knows(task); }, all),
                      std::back_inserter(variants_));
}

}  // namespace wsconform
