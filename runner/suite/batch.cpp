#include "runner/suite/batch.h"

#include <algorithm>
#include <utility>

#include "runner/casebook/case.h"

namespace wsconform {
namespace {

// The same case gets the same bytes in every run, whatever the order (FNV-1a over its id): a target that goes on reading
// behind an illegal header takes masked bytes for frames, and its verdict would hang on the masking key. Only a
// repetition gets bytes of its own.
std::uint64_t seed_for(const Task& task) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : task.to_run->id) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
  return hash + static_cast<std::uint64_t>(task.repetition);
}

constexpr std::uint64_t most_in_flight = 4 * 1024 * 1024;  // bytes: each is kept several times over

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

Batch::Batch(TargetAccess& access, std::vector<Task> tasks, std::size_t jobs, Stop stop)
    : access_(access),
      tasks_(std::move(tasks)),
      jobs_(std::max<std::size_t>(1, jobs)),
      stop_(std::move(stop)) {}

void Batch::run() {
  start_next();
  while (!running_.empty()) {
    access_.loop.restart();
    access_.loop.run_one();
  }
  left_.insert(left_.end(), tasks_.begin() + static_cast<std::ptrdiff_t>(next_), tasks_.end());
}

void Batch::cancel() {
  if (std::exchange(stopped_, true)) return;
  const auto under_way = running_;
  for (const auto& [driver, task] : under_way)
    driver->abandon(AtFault::nobody, "The run was stopped.");
}

void Batch::start_next() {
  while (!stopped_ && next_ < tasks_.size() && may_start(tasks_[next_])) start(tasks_[next_++]);
}

bool Batch::may_start(const Task& task) const {
  if (running_.empty()) return true;
  return running_.size() < jobs_ && in_flight_ + sent_by(task) <= most_in_flight;
}

void Batch::start(Task task) {
  in_flight_ += sent_by(task);
  Conversation conversation(*task.to_run, access_.profile, access_.pace, seed_for(task),
                            std::chrono::steady_clock::now());
  auto driver = std::make_shared<TcpDriver>(access_.loop, access_.target, std::move(conversation),
                                            [this](TcpDriver& ended) { done(ended); });
  running_.emplace_back(driver, task);
  driver->start();
}

void Batch::done(TcpDriver& driver) {
  const auto found =
      std::ranges::find_if(running_, [&](const auto& each) { return each.first.get() == &driver; });
  const Task task = found->second;
  const std::shared_ptr<TcpDriver> kept = std::move(found->first);
  running_.erase(found);
  in_flight_ -= sent_by(task);
  if (stopped_) {
    left_.push_back(task);
    ++given_up_;
    return;
  }
  Finished ended{task, driver.conversation().take_result(), driver.conversation().outcome(),
                 std::chrono::steady_clock::now()};
  ended.result.repetition = task.repetition;
  finished_.push_back(std::move(ended));
  if (stop_ && stop_(finished_.back())) return cancel();
  start_next();
}

}  // namespace wsconform
