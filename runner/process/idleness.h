// Whether a target that has nothing to do is idle, as a machine: what it does goes in, instants at
// which to look again come out. Work that ends by itself (garbage collection, a compiler, the rest
// of a large answer) is waited for; only what wants about a whole core from the first look to the
// last, and is at work at every look between, counts as spinning.
#pragma once

#include <optional>

#include "core/instant.h"

namespace wsconform {

class Idleness {
 public:
  enum class State { looking, idle, spinning };

  // CPU time wanted so far (used, or waited for on a machine that others use too), and whether a
  // thread can run at this moment: the wait of one that has not got a CPU yet is not counted.
  struct Seen {
    Duration wanted{};
    bool runnable = false;
  };

  // `until_spinning`: so long it has to go on.
  Idleness(Instant now, Seen seen, Duration until_spinning = std::chrono::seconds(10));

  // At or after next_look; earlier to no effect.
  void look(Instant now, Seen seen);
  State state() const { return state_; }
  // While looking.
  Instant next_look() const { return stretch_began_ + stretch_; }
  // How long it was at work, as far as was looked.
  Duration busy() const { return busy_; }

 private:
  State state_ = State::looking;
  Duration until_spinning_{};
  Instant began_;
  Duration wanted_at_first_{};
  Instant stretch_began_;
  Duration stretch_{std::chrono::milliseconds(2)};  // doubled each time, up to a bound
  Duration wanted_{};
  Duration busy_{};
  int now_and_then_ = 0;  // looks in a row: a thread could run, and had had less than a core
};

}  // namespace wsconform
