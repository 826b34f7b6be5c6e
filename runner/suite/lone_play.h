// One case played with nothing beside it, and what became of the target by it: so the one that
// kills a target is named.
#pragma once

#include <optional>

#include "runner/suite/stage.h"
#include "runner/suite/target_keeper.h"

namespace wsconform {

struct LonePlayed {
  enum class Target { lives, exited, hangs };
  Finished ended{};  // its result says so where the target died or hung
  Target target = Target::lives;
};

// On a target that lives; does not bring it back. `hung` says that it hung in one of a few cases,
// this one among them: then one question less finds out. nullopt where the run was stopped.
std::optional<LonePlayed> play_alone(Stage& stage, TargetKeeper& keeper, const Task& task,
                                     bool hung = false);
// Makes the result say that the target died or hung in the case.
void blame(Finished& ended, const TargetKeeper::Death& death, const TargetKeeper& keeper);

}  // namespace wsconform
