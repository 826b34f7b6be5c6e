// The endpoints that a run of `fuzz target` is about: what is known of each and how it is reached.
#pragma once

#include <cstddef>
#include <optional>

#include "cli/started_target.h"
#include "core/instant.h"
#include "runner/conversation/pace.h"
#include "runner/suite/resource_watch.h"
#include "runner/suite/stop_sign.h"
#include "runner/suite/target_keeper.h"
#include "runner/suite/tcp_stage.h"
#include "runner/target/profile_file.h"
#include "runner/target/target.h"

namespace wsconform {

// Started where it is ours, and asked what it is like. A signal ends the run.
struct FuzzedTarget {
  // `at_once`: connections at once, at most. Throws TargetUnreachable where it does not speak WebSocket.
  FuzzedTarget(const DeclaredTarget& target, Duration patience, std::size_t at_once);

  StartedTarget started;
  TargetProfile profile;
  Pace pace;
  StopSign stop;
  std::optional<TcpStage> stage;
  std::optional<TargetKeeper> keeper;
  std::optional<ResourceWatch> watch;  // of a process of ours
  std::size_t jobs = 1;
};

// Somebody else's, that the other is compared with; it has the loop, the patience and the end of the run from that one,
// which outlives it.
struct ComparedTarget {
  // Throws as the other.
  ComparedTarget(FuzzedTarget& fuzzed, const DeclaredTarget& target, std::size_t at_once);

  TargetProfile profile;
  Pace pace;
  std::optional<TcpStage> stage;
  std::optional<TargetKeeper> keeper;
  std::size_t jobs = 1;
};

}  // namespace wsconform
