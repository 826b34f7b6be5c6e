#include "runner/suite/lone_play.h"

#include <string>
#include <utility>

#include "runner/conversation/ruling.h"

namespace wsconform {
namespace {

// One that hangs is there, and said how it ended nevertheless. `death` is "" of a target of
// somebody else's that is gone.
void blame(Finished& ended, const std::string& death, bool hangs, const std::string& last_words) {
  CaseResult& result = ended.result;
  Ground& ground = ended.outcome.ground;
  if (hangs)
    ground = ground::TargetHung{death};
  else
    ground = ground::TargetDied{death};
  rule(result, Verdict::fail, ground, ended.outcome.reaction);
  result.at_fault = AtFault::nobody;
  if (!death.empty()) result.notes.push_back("Its last error output: " + last_words);
}

}  // namespace

std::optional<LonePlayed> play_alone(Stage& stage, TargetKeeper& keeper, const Task& task,
                                     bool hung) {
  using enum LonePlayed::Target;
  Played played = stage.play({.tasks = {task}});
  if (played.finished.empty()) return std::nullopt;
  LonePlayed alone{.ended = std::move(played.finished.front())};
  const auto death = hung && alone.ended.outcome.timed_out ? keeper.death_again() : keeper.death();
  if (!death) return alone;
  alone.target = keeper.exited() ? exited : hangs;
  blame(alone.ended, *death, alone.target == hangs && !death->empty(), keeper.last_words());
  return alone;
}

}  // namespace wsconform
