#include "runner/casebook/expectation.h"

#include <algorithm>

namespace wsconform {

bool StatusSet::has(int status) const {
  return std::ranges::any_of(
      ranges, [&](const auto& range) { return range.first <= status && status <= range.second; });
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
