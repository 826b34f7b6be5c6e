// Keeps the target of a run alive: starts it where it is a process of ours, finds out that it died and how, brings it back.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "runner/process/target_process.h"
#include "runner/suite/batch.h"

namespace wsconform {

class TargetKeeper {
 public:
  // `process` may be null: the target is somebody else's, who may start it again. `stopped` ends every wait. All outlive it.
  TargetKeeper(TargetAccess& access, TargetProcess* process, std::function<bool()> stopped);

  // The first start, unless the process was started before; why it did not become reachable, or nullopt.
  std::optional<std::string> start();
  // After a death: true once it can be reached again; one of somebody else's once it answers.
  bool revive();
  // A process of ours has exited. Asks nothing of the target.
  bool exited() { return process_ != nullptr && !process_->running(); }
  // Asks a fresh connection: how the target ended where it does not answer, nullopt where it lives.
  std::optional<std::string> death();
  // The last lines that a process of ours wrote before it ended.
  std::string last_words() const;

 private:
  bool reach_started();
  bool answers_again();

  TargetAccess& access_;
  TargetProcess* process_ = nullptr;
  std::function<bool()> stopped_;
};

}  // namespace wsconform
