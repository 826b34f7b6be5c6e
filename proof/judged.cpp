#include "proof/judged.h"

#include <algorithm>
#include <variant>

#include "proof/reference_target.h"
#include "runner/casebook/case.h"

namespace wsconform {

MemoryRun judge_peer(const Case& each, const HostilePeer& peer) {
  return judge_in_memory(each, {.profile = server_for(each).profile, .make = peer.make});
}

bool demands_failure(const Case& each) {
  return std::ranges::any_of(each.steps, [](const Step& step) {
    const auto* ending = as<ExpectEnding>(step);
    return ending != nullptr && !ending->endings.empty() &&
           std::ranges::all_of(ending->endings, [](const Ending& one) {
             return one.kind == EndingKind::failed_connection;
           });
  });
}

}  // namespace wsconform
