#include "runner/suite/rest_watch.h"

#include <algorithm>
#include <ranges>

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
  sees_ = seen.has_value();
  if (!seen || seen->usage.blocked) return looks_.clear();
  looks_.push_back({now, *seen});
  while (looks_.size() > 1 && looks_[1].at <= now - enough) looks_.pop_front();
}

bool RestWatch::rested_for(Duration time) const {
  if (looks_.empty() || looks_.back().seen.usage.runnable) return false;
  const Look& last = looks_.back();
  const auto backwards = looks_ | std::views::reverse;
  const auto first =
      std::ranges::find_if(backwards, [&](const Look& each) { return each.at <= last.at - time; });
  return first != backwards.end() && idled(first->seen, last.seen);
}

}  // namespace wsconform
