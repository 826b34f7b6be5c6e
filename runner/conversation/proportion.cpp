#include "runner/conversation/proportion.h"

#include <algorithm>

namespace wsconform {
namespace {

constexpr double many_times = 8;  // what a harmless request takes
constexpr double growth = 8;      // linear is 4, quadratic 16
constexpr double harm = 20;  // ms; less holds up nobody, and a busy machine makes it of nothing

double median_ms(std::vector<Duration> times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>((times.size() - 1) / 2);
  std::ranges::nth_element(times, middle);
  return in_milliseconds(*middle);
}

double least_ms(const std::vector<Duration>& times) {
  return in_milliseconds(std::ranges::min(times));
}

}  // namespace

void Proportion::took(Trial trial, Duration time) {
  of(trial).push_back(std::max(time, Duration::zero()));
}

std::optional<ground::TimeLeaps> Proportion::fault() const {
  if (std::ranges::any_of(times_, [](const auto& each) { return each.empty(); }))
    return std::nullopt;
  const double least = least_ms(of(Trial::harmless));
  const double usual = median_ms(of(Trial::harmless));
  const double quarter = least_ms(of(Trial::quarter));
  const double whole = least_ms(of(Trial::whole));
  if (whole <= std::max(many_times * usual, harm)) return std::nullopt;
  if (whole - least <= growth * (quarter - least)) return std::nullopt;
  return ground::TimeLeaps{whole, quarter, usual};
}

bool Proportion::settled() const {
  constexpr std::size_t enough = 2;
  constexpr double alike = 4;  // times: half of what a fault takes
  const auto tried = [this](std::size_t count) {
    return std::ranges::all_of(times_, [=](const auto& each) { return each.size() >= count; });
  };
  if (!tried(1)) return false;
  const double whole = least_ms(of(Trial::whole));
  if (whole <= harm) return true;
  const std::vector<Duration>& harmless = of(Trial::harmless);
  if (harmless.size() >= enough && whole <= alike * least_ms(harmless)) return true;
  return tried(enough) && !fault();
}

}  // namespace wsconform
