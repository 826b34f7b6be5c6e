// Whether and why a run is to end early. Whoever finds a reason raises it; the first one stands,
// and it is never lowered. A run has one, which outlives all that ask it; they may be in several
// threads.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "reports/results/stop.h"

namespace wsconform {

class StopSign {
 public:
  StopSign() = default;
  // `raised` is called by who raises it, in his thread.
  explicit StopSign(std::function<void()> raised) : when_raised_(std::move(raised)) {}

  void raise(Stop why) {
    {
      const std::lock_guard lock(mutex_);
      if (why_) return;
      why_ = std::move(why);
      raised_ = true;
    }
    if (when_raised_) when_raised_();
  }
  bool raised() const { return raised_; }
  // Once it was raised, or nobody is left who may raise it.
  const std::optional<Stop>& why() const { return why_; }

 private:
  std::function<void()> when_raised_;
  std::mutex mutex_;
  std::optional<Stop> why_;
  std::atomic<bool> raised_ = false;
};

}  // namespace wsconform
