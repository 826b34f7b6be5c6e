// The deadlines of a connection as a state machine: at any time it waits for one thing,
// since one instant.
#pragma once

#include <optional>

#include "core/instant.h"

namespace wsconform {

struct Deadlines {  // zero: never
  Duration handshake = std::chrono::seconds(10);
  Duration idle = Duration::zero();          // nothing received for so long: a Ping is sent
  Duration pong = std::chrono::seconds(20);  // after that Ping, anything must come within this time
  // After our Close, the peer's Close and its end of the stream must come.
  Duration close = std::chrono::seconds(10);
};

class DeadlineClock {
 public:
  enum class Wait { handshake, idle, pong, close, nothing };

  DeadlineClock(const Deadlines& deadlines, Instant now)
      : deadlines_(deadlines), now_(now), since_(now) {}

  // Waits for this from now on. Begins with the handshake.
  void wait_for(Wait wait);
  // Bytes came: no Ping is needed for the present.
  void received();
  // Sets the present, which never goes back, and tells what was waited for in vain, else `nothing`.
  // After `idle` the clock waits for the pong.
  Wait tick(Instant now);
  // The next instant at which tick tells anything.
  std::optional<Instant> next() const;

  Instant now() const { return now_; }

 private:
  Duration limit() const;

  Deadlines deadlines_;
  Wait wait_ = Wait::handshake;
  Instant now_;
  Instant since_;
};

}  // namespace wsconform
