// The endpoints that a run of `fuzz target` is about: what is known of each and how it is reached.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

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
  // `at_once`: connections at once, at most. Throws TargetUnreachable where it does not speak
  // WebSocket.
  FuzzedTarget(const DeclaredTarget& target, Duration patience, std::size_t at_once);

  // From a handler on the loop: gives up what is under way.
  void end(Stop::Kind why);
  // At that instant, because time is over.
  void end_by(Instant then);
  // What is wrong with each of its 101s, and so found before any session: a sentence each. All
  // sessions overlook it, for they would show nothing else.
  std::vector<std::string> always_wrong() const;

  StartedTarget started;
  boost::asio::steady_timer time;
  TargetProfile profile;
  Pace pace;
  StopSign stop;
  std::optional<TcpStage> stage;
  std::optional<TargetKeeper> keeper;
  std::optional<ResourceWatch> watch;  // of a process of ours
  TcpStage* beside = nullptr;          // of the endpoint that it is compared with
  std::size_t jobs = 1;
  std::size_t waiting = 0;  // so many more may be open, and wait
};

// Somebody else's, that the other is compared with; it has the loop, the patience and the end of
// the run from that one, which outlives it.
struct ComparedTarget {
  // Throws as the other.
  ComparedTarget(FuzzedTarget& fuzzed, const DeclaredTarget& target, std::size_t at_once);

  TargetProfile profile;
  Pace pace;
  std::optional<TcpStage> stage;
  std::optional<TargetKeeper> keeper;
  std::size_t jobs = 1;
  std::size_t waiting = 0;
};

}  // namespace wsconform
