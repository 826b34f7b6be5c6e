#include "runner/suite/lone_play.h"

#include <utility>

#include "runner/conversation/ruling.h"

namespace wsconform {

void blame(Finished& ended, const TargetKeeper::Death& death, const TargetKeeper& keeper) {
  CaseResult& result = ended.result;
  Ground& ground = ended.outcome.ground;
  if (death.hangs)
    ground = ground::TargetHung{death.how};
  else
    ground = ground::TargetDied{death.how};
  rule(result, Verdict::fail, ground, ended.outcome.reaction);
  result.at_fault = AtFault::nobody;
  if (!death.how.empty()) result.notes.push_back("Its last error output: " + keeper.last_words());
}

std::optional<LonePlayed> play_alone(Stage& stage, TargetKeeper& keeper, const Task& task,
                                     bool hung) {
  using enum LonePlayed::Target;
  const TargetKeeper::Before before = keeper.before_play();
  Played played = stage.play({.tasks = {task}});
  if (played.finished.empty()) return std::nullopt;
  LonePlayed alone{.ended = std::move(played.finished.front())};
  const bool again = hung && alone.ended.outcome.timed_out;
  const auto death = again ? keeper.death_again(before) : keeper.death(before);
  if (!death) return alone;
  alone.target = keeper.exited() ? exited : hangs;
  blame(alone.ended, *death, keeper);
  return alone;
}

}  // namespace wsconform
