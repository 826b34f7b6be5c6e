#include "runner/suite/batch.h"

#include <algorithm>
#include <cassert>
#include <new>
#include <string>

#include "core/machine_fault.h"
#include "core/stable_hash.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

// The same case gets the same bytes in every run, whatever the order: a target that goes on reading
// behind an illegal header takes masked bytes for frames, and its verdict would hang on the masking
// key. Only a repetition gets bytes of its own.
std::uint64_t seed_for(const Task& task) {
  return stable_hash(task.to_run->id) + static_cast<std::uint64_t>(task.repetition);
}

}  // namespace

Batch::Batch(boost::asio::io_context& loop, const TargetEndpoint& target,
             const TargetProfile& profile, Pace& pace, Order order, Look look)
    : loop_(loop),
      target_(target),
      profile_(profile),
      pace_(pace),
      ends_(std::move(order.ends)),
      when_answered_(order.when_answered),
      one_by_one_(order.jobs == 1),
      queue_(std::move(order.tasks), order.jobs, order.waiting, std::move(order.more)),
      look_(std::move(look)),
      quiet_(loop),
      most_left_(order.leaves_waiting && look_ ? order.waiting : 0) {
  if (order.waiting > 0 || look_) watch_the_quiet();
}

Batch::~Batch() {
  cancel();
}

Played Batch::run() {
  assert(running_.empty() && played_.finished.empty());
  return play();
}

Played Batch::finish() {
  most_left_ = 0;
  left_ = false;
  last_change_ = std::chrono::steady_clock::now();  // others have kept the target busy
  return play();
}

Played Batch::play() {
  try {
    start_next();
    while (!running_.empty() && !left_) {
      loop_.restart();
      loop_.run_one();
    }
  } catch (const MachineFault&) {
    played_.fault = std::current_exception();
  } catch (const std::bad_alloc&) {
    played_.fault = std::current_exception();
  }
  if (played_.fault && played_.finished.empty()) std::rethrow_exception(played_.fault);
  std::ranges::sort(played_.finished, {}, &Finished::at);
  played_.not_begun = queue_.not_begun();
  if (left_) {
    ends_ = nullptr;  // whoever asked has what it asked for
    for (const auto& [driver, task] : running_) played_.waiting.push_back(task);
  }
  return std::exchange(played_, {});
}

void Batch::cancel() {
  if (std::exchange(stopped_, true)) return;
  queue_.close();
  const auto under_way = running_;
  for (const auto& [driver, task] : under_way)
    driver->abandon(AtFault::nobody, "The run was stopped.");
}

void Batch::start_next() {
  while (const auto task = queue_.next()) start(*task);
}

// Again and again, until the batch is gone. One by one, each that only waits holds up all others.
void Batch::watch_the_quiet() {
  const Duration pause = std::chrono::milliseconds(one_by_one_ ? 10 : 25);
  quiet_.expires_after(pause);
  quiet_.async_wait([this, lives = std::weak_ptr(lives_)](boost::system::error_code cancelled) {
    if (cancelled || lives.expired()) return;
    const Instant now = std::chrono::steady_clock::now();
    if (look_) release_held_back(now);
    queue_.found_waiting(quiet_since(now - long_enough_to_wait()), profile_.mute());
    if (!stopped_) start_next();
    left_ = left_ || may_be_left(now);
    watch_the_quiet();
  });
}

// Of one in which nothing goes on. Others keep the target busy, as far as its latest answers tell.
Duration Batch::long_enough_to_wait() const {
  constexpr Duration most = std::chrono::milliseconds(100);
  const Duration least = std::min(most, pace_.hush() * 3 / 2);
  return one_by_one_ ? least : std::clamp(2 * pace_.slowest(), least, 2 * least);
}

std::vector<Task> Batch::quiet_since(Instant then) const {
  std::vector<Task> quiet;
  for (const auto& [driver, task] : running_)
    if (driver->quiet_since() < then && (!when_answered_ || driver->conversation().answered()))
      quiet.push_back(task);
  return quiet;
}

bool Batch::all_quiet_since(Instant then) const {
  return std::ranges::all_of(running_,
                             [&](const auto& each) { return each.first->quiet_since() < then; });
}

// Whoever waits in vain for a target that is busy is told apart from one that it does not answer,
// once it rests. Where it goes on though nothing is asked of it, or is not seen, that cannot be
// known.
void Batch::release_held_back(Instant now) {
  constexpr Duration long_quiet = RestWatch::enough * 3 / 2;
  if (now >= rest_.next_look()) rest_.look(now, look_());
  const bool all_quiet =
      !left_ && last_change_ < now - long_quiet && all_quiet_since(now - long_quiet);
  if (rest_.sees() && !rest_.rests() && !all_quiet) return;
  const auto under_way = running_;
  released_busy_ = !rest_.rests();
  for (const auto& [driver, task] : under_way)
    if (driver->held_back()) driver->release(rest_.rests());
  released_busy_ = false;
}

// Nothing goes on, and nothing is about to.
bool Batch::may_be_left(Instant now) const {
  constexpr Duration calm = std::chrono::milliseconds(250);
  return !running_.empty() && running_.size() <= most_left_ && queue_.all_begun() &&
         last_change_ < now - calm && all_quiet_since(now - calm) && rest_.rested_for(calm);
}

void Batch::start(Task task) {
  last_change_ = std::chrono::steady_clock::now();
  const auto logins = FreshLogins::for_case(*task.to_run, profile_, loop_, target_);
  Conversation conversation(*task.to_run, logins ? logins->profile() : profile_, pace_,
                            seed_for(task), std::chrono::steady_clock::now());
  if (look_)
    conversation.see_cpu([look = look_]() -> std::optional<Duration> {
      const auto seen = look();
      return seen ? std::optional(seen->usage.cpu) : std::nullopt;
    });
  auto driver = std::make_shared<TcpDriver>(loop_, target_, pace_, logins, std::move(conversation),
                                            [this](TcpDriver& ended) { done(ended); });
  if (look_) driver->hold_back_deadlines();
  running_.emplace_back(driver, task);
  driver->start();
}

void Batch::done(TcpDriver& driver) {
  if (!released_busy_) last_change_ = std::chrono::steady_clock::now();
  const auto found =
      std::ranges::find_if(running_, [&](const auto& each) { return each.first.get() == &driver; });
  const Task task = found->second;
  const std::shared_ptr<TcpDriver> kept = std::move(found->first);
  running_.erase(found);
  queue_.ended(task);
  if (stopped_ && !driver.was_held_back()) {
    played_.given_up.push_back(task);
    return;
  }
  Finished ended{task, driver.conversation().take_result(), driver.conversation().outcome(),
                 driver.over_at(), driver.silence_stands()};
  ended.result.repetition = task.repetition;
  played_.finished.push_back(std::move(ended));
  if (!stopped_ && ends_ && ends_(played_.finished)) return cancel();
  start_next();
}

}  // namespace wsconform
