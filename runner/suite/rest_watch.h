// Whether a target has come to rest, as a machine: looks at its processes go in, now and then. What
// one that has nothing to do has not said by then, it is not about to say.
#pragma once

#include <deque>
#include <optional>

#include "core/instant.h"
#include "runner/suite/stage.h"

namespace wsconform {

class RestWatch {
 public:
  static constexpr Duration enough = std::chrono::seconds(1);
  static constexpr Duration between_looks = std::chrono::milliseconds(100);

  // nullopt: its process was not seen. One that comes sooner than between_looks behind another is
  // worth nothing, and need not be taken.
  void look(Instant now, const std::optional<ProcessLook>& seen);
  Instant next_look() const {
    return looks_.empty() ? Instant{} : looks_.back().at + between_looks;
  }

  // So long before the latest look, and longer, the same process wanted a CPU for next to no time;
  // and it does not at that look. At most `enough`.
  bool rested_for(Duration time) const;
  bool rests() const { return rested_for(enough); }
  // At the latest look the process was seen: whoever waits for its rest may go on.
  bool sees() const { return sees_; }

 private:
  struct Look {
    Instant at{};
    ProcessLook seen{};
  };
  std::deque<Look> looks_;  // the first is the latest of those that are long enough ago
  bool sees_ = false;
};

}  // namespace wsconform
