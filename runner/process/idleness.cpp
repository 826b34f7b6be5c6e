#include "runner/process/idleness.h"

#include <algorithm>

namespace wsconform {
namespace {

constexpr Duration longest_stretch = std::chrono::milliseconds(250);
constexpr int enough = 3;  // looks in a row that saw a thread which runs now and then

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
  const Duration wanted = seen.wanted - wanted_;
  const bool a_core = is_about_a_core(wanted, now - stretch_began_);
  const bool waits_for_a_cpu = seen.runnable && wanted == Duration::zero();
  now_and_then_ = seen.runnable && !a_core && !waits_for_a_cpu ? now_and_then_ + 1 : 0;
  const bool at_work = a_core || (seen.runnable && now_and_then_ < enough);
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
