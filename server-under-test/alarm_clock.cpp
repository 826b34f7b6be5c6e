#include "server-under-test/alarm_clock.h"

namespace wsconform {

void AlarmClock::set(std::uint64_t id, Instant at) {
  alarms_.set(id, at);
  watch();
}

void AlarmClock::stop() {
  ring_ = nullptr;
  timer_.cancel();
}

void AlarmClock::watch() {
  const auto next = alarms_.next();
  if (!next || *next >= watched_) return;
  watched_ = *next;
  timer_.expires_at(watched_);
  timer_.async_wait([self = shared_from_this()](boost::system::error_code failed) {
    if (!failed) self->pass();
  });
}

void AlarmClock::pass() {
  watched_ = Instant::max();
  for (const std::uint64_t id : alarms_.due(std::chrono::steady_clock::now()))
    if (ring_) ring_(id);
  if (ring_) watch();
}

}  // namespace wsconform
