// Sessions played as cases at one endpoint, until each has its result, whatever becomes of the
// target meanwhile.
#pragma once

#include <optional>
#include <vector>

#include "fuzz/live/live_session.h"
#include "fuzz/live/oracle.h"
#include "fuzz/live/reading.h"
#include "runner/suite/stage.h"
#include "runner/suite/stop_sign.h"
#include "runner/suite/target_keeper.h"
#include "runner/suite/task_runner.h"

namespace wsconform {

struct Case;

struct PlayedSession {
  LiveSession session{};
  Reading reading{};
  Case as_case{};
  Finished ended{};
  bool finished = false;

  // It has a verdict, by which something can be said of the target.
  bool tells() const;
};

class SessionPlayer {
 public:
  // All outlive it.
  SessionPlayer(Stage& stage, TargetKeeper& keeper, StopSign& stop, const Oracle& oracle)
      : stage_(stage), keeper_(keeper), stop_(stop), oracle_(oracle) {}

  // Each session under an id of its own, and where it is given another case beside them.
  std::vector<PlayedSession> play(const std::vector<LiveSession>& sessions,
                                  TaskRunner::Breadth breadth, const Case* beside = nullptr);
  // What came of the case beside them, in the latest play.
  const std::optional<Finished>& beside() const { return beside_; }

 private:
  Stage& stage_;
  TargetKeeper& keeper_;
  StopSign& stop_;
  const Oracle& oracle_;
  std::optional<Finished> beside_{};
};

}  // namespace wsconform
