// The pace of a target: how long to wait for it. What it needed long ago counts no more: a slow
// start does not make all of a run slow.
#pragma once

#include <deque>

#include "core/instant.h"

namespace wsconform {

// How long to wait, from what was measured. The scheduler feeds it; conversations ask it when a
// deadline comes, so that a target that is slow under load is given the time it needs.
class Pace {
 public:
  explicit Pace(Duration least_patience = std::chrono::seconds(2))
      : least_patience_(least_patience) {}

  void measured_round_trip(Duration round_trip);  // one Ping, nothing else under way
  void measured_wait(Duration wait);              // any answer that came, under load
  void heard(Instant now) { last_heard_ = now; }  // bytes came from the target

  Duration round_trip() const { return round_trip_; }
  // Of the latest answers.
  Duration slowest() const;
  Instant last_heard() const { return last_heard_; }
  // After so long without what is awaited it is not coming.
  Duration patience() const;
  // The same of one that shows no work behind its 101: how long its handshakes take tells nothing
  // of how long to wait there.
  Duration patience_without_work() const;
  // After so long without a reaction the target is asked by a ping barrier.
  Duration hush() const;

 private:
  Duration least_patience_{};
  Duration round_trip_{std::chrono::milliseconds(1)};
  std::deque<Duration> waits_;  // the latest
  Instant last_heard_{};
};

}  // namespace wsconform
