#include "reports/results/causes.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "reports/results/results.h"

namespace wsconform {
namespace {

constexpr std::array<std::string_view, 5> weight_names{"target-died", "target-hung", "must",
                                                       "no-verdict", "should"};

Weight weight_of(const CaseResult& result) {
  if (result.cause.came == came_dead) return Weight::target_died;
  if (result.cause.came == came_hung) return Weight::target_hung;
  if (result.verdict == Verdict::fail) return Weight::must;
  return result.verdict == Verdict::error ? Weight::no_verdict : Weight::should;
}

std::uint64_t sent_bytes_of(const CaseResult& result) {
  std::uint64_t sent = 0;
  for (const WireEntry& each : result.wire)
    if (each.direction == WireEntry::Direction::sent) sent += each.size;
  return sent;
}

// Shown first: of the worst, the one with the least to read.
auto simplicity_of(const CaseResult& result) {
  return std::tuple(weight_of(result), result.script.size(), sent_bytes_of(result),
                    result.id.size(), std::string_view(result.id), result.repetition);
}

void count(CauseGroup& group, const CaseResult& result) {
  group.cases.push_back(&result);
  group.weight = std::min(group.weight, weight_of(result));
  if (result.verdict == Verdict::fail) ++group.fails;
  if (result.verdict == Verdict::lenient) ++group.lenient;
  if (result.verdict == Verdict::error) ++group.errors;
  if (result.unexpected) ++group.unexpected;
  if (group.simplest == nullptr || simplicity_of(result) < simplicity_of(*group.simplest))
    group.simplest = &result;
}

bool is_told_before(const CauseGroup& one, const CauseGroup& other) {
  const auto rank = [](const CauseGroup& group) {
    return std::tuple(group.weight, group.unexpected == 0, -static_cast<long>(group.fails),
                      -static_cast<long>(group.cases.size()), key_of(group.cause));
  };
  return rank(one) < rank(other);
}

}  // namespace

std::string_view name_of(Weight weight) {
  return weight_names.at(static_cast<std::size_t>(weight));
}

std::vector<CauseGroup> causes_of(const Results& results) {
  std::map<Cause, CauseGroup> by_cause;
  for (const CaseResult& result : results.cases)
    if (!result.cause.empty()) count(by_cause[result.cause], result);
  std::vector<CauseGroup> groups;
  for (auto& [cause, group] : by_cause) {
    group.cause = cause;
    groups.push_back(std::move(group));
  }
  std::ranges::sort(groups, is_told_before);
  return groups;
}

std::vector<Variants> folded(const std::vector<const CaseResult*>& cases) {
  std::vector<Variants> all;
  std::map<std::string, std::size_t> places;
  for (const CaseResult* result : cases) {
    const std::string name(without_variant(result->id, result->section));
    const auto [place, is_new] = places.emplace(name, all.size());
    if (is_new) all.push_back({name, {}});
    all[place->second].cases.push_back(result);
  }
  return all;
}

}  // namespace wsconform
