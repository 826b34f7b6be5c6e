#include "runner/conversation/proportion.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace wsconform {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr double many_times = 8;  // what a harmless request takes
constexpr double growth = 8;      // linear is 4, quadratic 16
constexpr Milliseconds harm{20};  // less holds up nobody, and a busy machine makes it of nothing

Milliseconds median(std::vector<Duration> times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return *middle;
}

}  // namespace

void Proportion::took(Trial trial, Duration time) {
  of(trial).push_back(std::max(time, Duration::zero()));
}

std::optional<std::string> Proportion::fault() const {
  if (std::ranges::any_of(times_, [](const auto& each) { return each.empty(); }))
    return std::nullopt;
  const Milliseconds least = std::ranges::min(of(Trial::harmless));
  const Milliseconds usual = median(of(Trial::harmless));
  const Milliseconds quarter = std::ranges::min(of(Trial::quarter));
  const Milliseconds whole = std::ranges::min(of(Trial::whole));
  if (whole <= std::max(many_times * usual, harm)) return std::nullopt;
  if (whole - least <= growth * (quarter - least)) return std::nullopt;
  return fmt::format(
      "The time leaps: {:.1f} ms at least for the whole, {:.1f} ms for a quarter of it, {:.1f} ms "
      "for a "
      "harmless request. One client can hold up all others.",
      whole.count(), quarter.count(), usual.count());
}

}  // namespace wsconform
