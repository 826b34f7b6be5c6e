#include "runner/suite/start_queue.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "runner/casebook/case.h"

namespace wsconform {
namespace {

std::uint64_t size_of(const std::vector<RawLine>& lines) {
  std::uint64_t size = 0;
  for (const RawLine& each : lines) size += each.line.size() * each.times;
  return size;
}

std::uint64_t sent_by(const Step& step) {
  if (const auto* frame = as<SendFrame>(step)) return frame->payload.size() * frame->times;
  if (const auto* bytes = as<SendBytes>(step)) return bytes->payload.size();
  if (const auto* request = as<SendRequest>(step))
    return request->body.size() + size_of(request->first) + size_of(request->append);
  return 0;
}

std::uint64_t sent_by(const Task& task) {
  std::uint64_t size = 0;
  for (const Step& step : task.to_run->steps) size += sent_by(step);
  return size;
}

}  // namespace

StartQueue::StartQueue(std::vector<Task> tasks, std::size_t jobs, std::size_t most_waiting,
                       std::function<std::vector<Task>()> more)
    : tasks_(std::move(tasks)),
      more_(std::move(more)),
      jobs_(std::max<std::size_t>(1, jobs)),
      most_waiting_(most_waiting) {}

std::optional<Task> StartQueue::next() {
  const std::size_t places = jobs_ + std::min(waiting_, most_waiting_);
  if (closed_ || (under_way_ > 0 && under_way_ >= places)) return std::nullopt;
  ask_for_more();
  if (next_ == tasks_.size()) return std::nullopt;
  const Task task = tasks_[next_];
  const std::uint64_t size = sent_by(task);
  const std::uint64_t in_flight = sent_ - std::min({sent_, at_rest_, most_at_rest});
  if (under_way_ > 0 && in_flight + size > most_in_flight) return std::nullopt;
  ++next_;
  ++under_way_;
  sent_ += size;
  return task;
}

void StartQueue::ask_for_more() {
  if (next_ < tasks_.size() || !more_) return;
  tasks_ = more_();
  next_ = 0;
  if (tasks_.empty()) more_ = nullptr;
}

void StartQueue::ended(const Task& task) {
  assert(under_way_ > 0 && sent_ >= sent_by(task));
  --under_way_;
  waiting_ = std::min(waiting_, under_way_);
  sent_ -= sent_by(task);
}

void StartQueue::found_waiting(const std::vector<Task>& tasks, bool at_rest) {
  waiting_ = tasks.size();
  at_rest_ = 0;
  if (!at_rest) return;
  for (const Task& each : tasks) at_rest_ += sent_by(each);
}

std::vector<Task> StartQueue::not_begun() const {
  return {tasks_.begin() + static_cast<std::ptrdiff_t>(next_), tasks_.end()};
}

}  // namespace wsconform
