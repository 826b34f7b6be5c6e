#include "runner/conversation/wait.h"

#include <algorithm>

namespace wsconform {

void Wait::begin(Instant now) {
  under_way_ = true;
  answered_ = false;
  closed_ = false;
  since_ = now;
  began_ = now;
  hush_since_ = now;
  questions_ = 0;
}

void Wait::written(Instant now) {
  if (under_way_ && !answered_) since_ = now;
}

void Wait::heard_echo(Instant now) {
  constexpr int most_patiences = 4;
  since_ = std::max(since_, std::min(now, began_ + most_patiences * pace_.patience()));
}

void Wait::heard_close(Instant now) {
  since_ = std::max(since_, now);
  closed_ = true;
}

Instant Wait::patience_ends(std::uint64_t work) const {
  if (closed_) return since_ + pace_.patience();
  constexpr double bytes_per_second = 4e6;  // that any target moves, both ways
  const double volume = static_cast<double>(work) / bytes_per_second;
  const double factor = expects_work_ ? factor_ : std::min(factor_, 1.0);
  return since_ + from_seconds(in_seconds(patience()) * factor + volume);
}

Instant Wait::hush_behind(Duration answer) const {
  return since_ + std::min(std::max(pace_.hush(), 8 * answer), pace_.patience() / 2);
}

Instant Wait::hush_ends(int times) const {
  return std::max(since_, hush_since_) + std::min(times * pace_.hush(), pace_.patience() / 2);
}

}  // namespace wsconform
