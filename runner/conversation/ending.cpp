#include "runner/conversation/ending.h"

#include <algorithm>

namespace wsconform {
namespace {

bool code_fits(const Ending& ending, const std::optional<SawClose>& close) {
  if (ending.code_absent) return !close || !close->code;
  if (ending.codes.empty()) return true;
  return close && close->code &&
         std::ranges::find(ending.codes, *close->code) != ending.codes.end();
}

bool fits(const Ending& ending, const Reaction& reaction) {
  switch (ending.kind) {
    case EndingKind::open:
      return reaction.open;
    case EndingKind::echo:
      return reaction.open && reaction.all_echoed;
    case EndingKind::failed_connection:
      return reaction.end && code_fits(ending, reaction.close);
    case EndingKind::closed:
      return reaction.end && reaction.close && code_fits(ending, reaction.close);
    case EndingKind::end:
      return reaction.end.has_value();
    case EndingKind::response:
      return (reaction.status && ending.status.has(*reaction.status)) ||
             (reaction.interim && ending.status.has(*reaction.interim));
    case EndingKind::silence:
      return reaction.silent;
  }
  return false;
}

}  // namespace

const Ending* fitting(const std::vector<Ending>& endings, const Reaction& reaction) {
  // Among responses, an end is the end without one: what a response of another status is followed
  // by excuses nothing.
  const bool responded =
      reaction.status.value_or(0) != 0 && any_of_kind(endings, EndingKind::response);
  const auto found = std::ranges::find_if(endings, [&](const Ending& each) {
    return fits(each, reaction) && !(responded && each.kind == EndingKind::end);
  });
  return found == endings.end() ? nullptr : &*found;
}

}  // namespace wsconform
