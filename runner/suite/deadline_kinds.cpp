#include "runner/suite/deadline_kinds.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace wsconform {
namespace {

constexpr std::size_t small = 6;  // results of a kind

bool alike(const Finished& a, const Finished& b) {
  const auto kind = [](const Finished& each) {
    const CaseResult& result = each.result;
    return std::tie(result.section, result.ground, result.came, result.expected);
  };
  return kind(a) == kind(b);
}

// The first, the last and the one between speak for all.
DeadlineKind sampled(std::vector<Finished> all) {
  if (all.size() <= small) return {std::move(all), {}};
  DeadlineKind kind;
  for (std::size_t n = 0; n < all.size(); ++n) {
    const bool speaks = n == 0 || n == all.size() / 2 || n + 1 == all.size();
    (speaks ? kind.speakers : kind.others).push_back(std::move(all[n]));
  }
  return kind;
}

}  // namespace

std::vector<DeadlineKind> kinds_of(std::vector<Finished> timed_out) {
  std::vector<std::vector<Finished>> sorted;
  for (Finished& each : timed_out) {
    const auto found = std::ranges::find_if(
        sorted, [&](const std::vector<Finished>& some) { return alike(some.front(), each); });
    if (found == sorted.end())
      sorted.emplace_back().push_back(std::move(each));
    else
      found->push_back(std::move(each));
  }
  std::vector<DeadlineKind> kinds;
  for (std::vector<Finished>& some : sorted) kinds.push_back(sampled(std::move(some)));
  return kinds;
}

void SettledKinds::settle(const Finished& speaker) {
  if (!settled(speaker)) speakers_.push_back(speaker);
}

bool SettledKinds::settled(const Finished& ended) const {
  return std::ranges::any_of(speakers_, [&](const Finished& each) { return alike(each, ended); });
}

}  // namespace wsconform
