#include "runner/casebook/expectation.h"

#include <algorithm>
#include <array>

namespace wsconform {
namespace {

using NamedKind = std::pair<std::string_view, EndingKind>;

constexpr std::array<NamedKind, 7> named_kinds = {
    {{"open", EndingKind::open},
     {"failed-connection", EndingKind::failed_connection},
     {"closed", EndingKind::closed},
     {"end", EndingKind::end},
     {"echo", EndingKind::echo},
     {"response", EndingKind::response},
     {"silence", EndingKind::silence}}};

}  // namespace

bool StatusSet::has(int status) const {
  return std::ranges::any_of(
      ranges, [&](const auto& range) { return range.first <= status && status <= range.second; });
}

std::string_view name_of(EndingKind kind) {
  return std::ranges::find(named_kinds, kind, &NamedKind::second)->first;
}

std::optional<EndingKind> ending_kind_named(std::string_view name) {
  const auto* found = std::ranges::find(named_kinds, name, &NamedKind::first);
  if (found == named_kinds.end()) return std::nullopt;
  return found->second;
}

bool takes_code(EndingKind kind) {
  return kind == EndingKind::failed_connection || kind == EndingKind::closed;
}

bool any_of_kind(const std::vector<Ending>& endings, EndingKind kind) {
  return std::ranges::any_of(endings, [&](const Ending& each) { return each.kind == kind; });
}

bool allows_status(const std::vector<Ending>& endings, int status) {
  return std::ranges::any_of(endings, [&](const Ending& each) {
    return each.kind == EndingKind::response && each.status.has(status);
  });
}

bool takes_silence(const Expectation& expectation) {
  if (const auto* refusal = std::get_if<ExpectRefusal>(&expectation))
    return refusal->silence_passes;
  const auto* ending = std::get_if<ExpectEnding>(&expectation);
  return ending != nullptr && any_of_kind(ending->endings, EndingKind::silence);
}

bool may_end(const std::vector<Ending>& endings) {
  return any_of_kind(endings, EndingKind::failed_connection) ||
         any_of_kind(endings, EndingKind::closed) || any_of_kind(endings, EndingKind::end);
}

}  // namespace wsconform
