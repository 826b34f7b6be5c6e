#include "runner/suite/rest_watch.h"

namespace wsconform {
namespace {

// From one look to the other. Threads that ended have no share in what was wanted, but in the CPU
// time that was used.
bool idled(const ProcessLook& from, const ProcessLook& to) {
  constexpr Duration next_to_nothing = std::chrono::milliseconds(20);
  return from.usage.processes == to.usage.processes &&
         to.usage.wanted - from.usage.wanted <= next_to_nothing &&
         to.usage.cpu - from.usage.cpu <= next_to_nothing;
}

}  // namespace

void RestWatch::look(Instant now, const std::optional<ProcessLook>& seen) {
  rests_ = false;
  sees_ = seen.has_value();
  if (!seen || seen->usage.blocked) return looks_.clear();
  looks_.push_back({now, *seen});
  while (looks_.size() > 1 && looks_[1].at <= now - enough) looks_.pop_front();
  const Look& first = looks_.front();
  rests_ = first.at <= now - enough && !seen->usage.runnable && idled(first.seen, *seen);
}

}  // namespace wsconform
