#include "runner/conversation/proportion.h"

#include <algorithm>
#include <array>

namespace wsconform {
namespace {

constexpr double many_times = 8;  // what a harmless request takes
constexpr double growth = 8;      // linear is 4, quadratic 16
constexpr double doubtful_growth = 5;
constexpr double clear_growth = 12;
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

void Proportion::took(Trial trial, Duration time, std::optional<Duration> cpu) {
  const auto at = static_cast<std::size_t>(trial);
  times_[at].push_back(std::max(time, Duration::zero()));
  if (cpu && *cpu >= Duration::zero()) cpu_[at].push_back(*cpu);
}

// Of each that counts, the process did a good part of the work, and so much of it that it does not
// matter how coarsely the kernel keeps account (to a tick, of 4 ms or less).
bool Proportion::counts_cpu() const {
  constexpr double exact = 10;  // ms
  constexpr double part = 5;
  return std::ranges::all_of(std::array{Trial::quarter, Trial::whole}, [this](Trial trial) {
    const auto at = static_cast<std::size_t>(trial);
    if (cpu_[at].size() != times_[at].size()) return false;
    const double cpu = least_ms(cpu_[at]);
    return cpu >= exact && part * cpu >= least_ms(times_[at]);
  });
}

double Proportion::least_of(Trial trial) const {
  return least_ms((counts_cpu() ? cpu_ : times_)[static_cast<std::size_t>(trial)]);
}

bool Proportion::leaps(double times) const {
  const double least = counts_cpu() ? 0 : least_of(Trial::harmless);
  const double whole = least_of(Trial::whole);
  return whole > std::max(many_times * median_ms(of(Trial::harmless)), harm) &&
         whole - least > times * (least_of(Trial::quarter) - least);
}

std::optional<ground::TimeLeaps> Proportion::fault() const {
  const bool untried = std::ranges::any_of(times_, [](const auto& each) { return each.empty(); });
  if (untried || !leaps(growth)) return std::nullopt;
  return ground::TimeLeaps{least_of(Trial::whole), least_of(Trial::quarter),
                           median_ms(of(Trial::harmless))};
}

bool Proportion::settled() const {
  constexpr std::size_t enough = 2;
  constexpr std::size_t enough_of_a_fault = 3;
  constexpr double alike = 4;  // times: half of what a fault takes
  const auto tried = [this](std::size_t count) {
    return std::ranges::all_of(times_, [=](const auto& each) { return each.size() >= count; });
  };
  if (!tried(1)) return false;
  const double whole = least_ms(of(Trial::whole));
  if (whole <= harm) return true;
  const std::vector<Duration>& harmless = of(Trial::harmless);
  if (harmless.size() >= enough && whole <= alike * least_ms(harmless)) return true;
  if (tried(enough) && !leaps(doubtful_growth)) return true;
  return tried(enough_of_a_fault) && leaps(clear_growth);
}

}  // namespace wsconform
