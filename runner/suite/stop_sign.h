// Whether and why a run is to end early. Whoever finds a reason raises it; the first one stands,
// and it is never lowered. A run has one, which outlives all that ask it, and one thread that does.
#pragma once

#include <optional>
#include <utility>

#include "reports/results/stop.h"

namespace wsconform {

class StopSign {
 public:
  void raise(Stop why) {
    if (!why_) why_ = std::move(why);
  }
  bool raised() const { return why_.has_value(); }
  const std::optional<Stop>& why() const { return why_; }

 private:
  std::optional<Stop> why_;
};

}  // namespace wsconform
