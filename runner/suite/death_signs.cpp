#include "runner/suite/death_signs.h"

#include <algorithm>
#include <iterator>

namespace wsconform {
namespace {

// Between the first sign of a death and its discovery: meanwhile other connections still hand over
// what the target had said, and the process is not gone yet.
constexpr Duration death_throes = std::chrono::milliseconds(500);

// How long before the last sign of life a case may have ended by the death of the target: an end of
// TCP that was awaited looks like any other.
Duration may_precede_death(const Finished& ended) {
  if (ended.outcome.cut_off()) return death_throes;
  return ended.outcome.ended_by_target() ? dying : Duration::zero();
}

}  // namespace

bool outlived(const Finished& ended, const Pace& pace) {
  return ended.at < pace.last_heard() - may_precede_death(ended);
}

std::vector<Finished> taken_outlived(std::vector<Finished>& finished, const Pace& pace) {
  const auto rest = std::ranges::find_if_not(
      finished, [&](const Finished& each) { return outlived(each, pace); });
  std::vector<Finished> taken(std::make_move_iterator(finished.begin()),
                              std::make_move_iterator(rest));
  finished.erase(finished.begin(), rest);
  return taken;
}

bool is_unlikely_killer(const Finished& ended) {
  return ended.outcome.timed_out || (ended.outcome.ended_by_target() && !ended.outcome.cut_off());
}

bool is_hang(const Finished& ended, const Pace& pace, bool more_to_come) {
  if (!ended.outcome.timed_out) return false;
  const Duration longer = pace.patience() * (more_to_come ? 1 : 3) / 2;
  const Duration silence = ended.at - pace.last_heard();
  return silence >= std::max(ended.outcome.waited, pace.patience()) + longer;
}

bool ended_unheard(const std::vector<Finished>& finished, const Pace& pace) {
  if (finished.empty()) return false;
  const Finished& last = finished.back();
  return last.outcome.timed_out && last.at - pace.last_heard() >= pace.patience();
}

bool cut_off_at_last(const std::vector<Finished>& finished) {
  return std::ranges::any_of(finished, [&](const Finished& each) {
    return each.outcome.cut_off() && each.at >= finished.back().at - dying;
  });
}

}  // namespace wsconform
