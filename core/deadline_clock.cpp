#include "core/deadline_clock.h"

#include <algorithm>

namespace wsconform {

void DeadlineClock::wait_for(Wait wait) {
  wait_ = wait;
  since_ = now_;
}

void DeadlineClock::received() {
  if (wait_ == Wait::idle || wait_ == Wait::pong) wait_for(Wait::idle);
}

DeadlineClock::Wait DeadlineClock::tick(Instant now) {
  now_ = std::max(now_, now);
  const auto deadline = next();
  if (!deadline || now_ < *deadline) return Wait::nothing;
  const Wait missed = wait_;
  wait_for(missed == Wait::idle ? Wait::pong : Wait::nothing);
  return missed;
}

std::optional<Instant> DeadlineClock::next() const {
  const Duration wait = limit();
  if (wait <= Duration::zero() || wait > Instant::max() - since_) return std::nullopt;
  return since_ + wait;
}

Duration DeadlineClock::limit() const {
  switch (wait_) {
    case Wait::handshake:
      return deadlines_.handshake;
    case Wait::idle:
      return deadlines_.idle;
    case Wait::pong:
      return deadlines_.pong;
    case Wait::close:
      return deadlines_.close;
    case Wait::nothing:
      return Duration::zero();
  }
  return Duration::zero();
}

}  // namespace wsconform
