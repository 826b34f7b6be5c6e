#include "runner/suite/lone_play.h"

#include <string>
#include <utility>

#include "runner/conversation/cause_finder.h"

namespace wsconform {
namespace {

// One that hangs is there, and said how it ended nevertheless. `death` is "" of a target of somebody else's that is gone.
void blame(Finished& ended, const std::string& death, bool hangs, const std::string& last_words) {
  CaseResult& result = ended.result;
  result.verdict = Verdict::fail;
  result.at_fault = AtFault::nobody;
  result.cause = cause_of_end(result, ended.outcome.reaction, hangs ? came_hung : came_dead);
  result.reason = (hangs ? "The target hung in this case" : "The target died in this case") +
                  (death.empty() ? "" : ": " + death) + '.';
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
