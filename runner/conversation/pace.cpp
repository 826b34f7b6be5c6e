#include "runner/conversation/pace.h"

#include <algorithm>

namespace wsconform {
namespace {

constexpr Duration most = std::chrono::seconds(15);

}  // namespace

void Pace::measured_round_trip(Duration round_trip) {
  round_trip_ = round_trip;
}

void Pace::measured_wait(Duration wait) {
  constexpr std::size_t most = 128;
  waits_.push_back(wait);
  if (waits_.size() > most) waits_.pop_front();
}

Duration Pace::slowest() const {
  return waits_.empty() ? Duration{} : *std::ranges::max_element(waits_);
}

Duration Pace::patience() const {
  const Duration longest = slowest();  // of a slow target, eight times that is more than it needs
  const Duration slow = std::min(8 * longest, 2 * longest + least_patience_);
  return std::max(patience_without_work(), std::min(most, slow));
}

Duration Pace::patience_without_work() const {
  return std::max(least_patience_, std::min(most, 50 * round_trip_));
}

Duration Pace::hush() const {
  constexpr Duration least = std::chrono::milliseconds(30);
  return std::max(least, 8 * round_trip_);
}

}  // namespace wsconform
