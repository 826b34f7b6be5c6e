#include "runner/process/idleness.h"

#include <algorithm>

namespace wsconform {
namespace {

constexpr Duration longest_stretch = std::chrono::milliseconds(250);

bool is_about_a_core(Duration wanted, Duration time) {
  return 4 * wanted >= 3 * time;
}

}  // namespace

Idleness::Idleness(Instant now, Seen seen, Duration until_spinning)
    : until_spinning_(until_spinning),
      began_(now),
      wanted_at_first_(seen.wanted),
      stretch_began_(now),
      wanted_(seen.wanted) {}

void Idleness::look(Instant now, Seen seen) {
  if (state_ != State::looking || now < next_look()) return;
  const bool at_work =
      seen.runnable || is_about_a_core(seen.wanted - wanted_, now - stretch_began_);
  wanted_ = seen.wanted;
  stretch_began_ = now;
  stretch_ = std::min(2 * stretch_, longest_stretch);
  if (!at_work) {
    state_ = State::idle;
    return;
  }
  busy_ = now - began_;
  if (busy_ < until_spinning_) return;
  const bool all_the_time = is_about_a_core(wanted_ - wanted_at_first_, busy_);
  state_ = all_the_time ? State::spinning : State::idle;
}

}  // namespace wsconform
