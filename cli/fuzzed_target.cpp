#include "cli/fuzzed_target.h"

#include <fmt/format.h>

#include "cli/run_targets.h"
#include "runner/suite/probe.h"
#include "runner/suite/target_unreachable.h"
#include "runner/suite/width.h"

namespace wsconform {
namespace {

// What it is like, into its profile; gives how many connections it serves at once, of so many.
std::size_t get_to_know(Stage& stage, TargetKeeper& keeper, TargetProfile& profile,
                        std::size_t jobs) {
  const ProbeResult found = probe(stage);
  if (!found.speaks)
    throw TargetUnreachable(fmt::format("{} cannot be fuzzed. {}", profile.url, found.reason));
  adopt(found, profile);
  const Width width = find_width(stage, keeper, jobs);
  adopt(width, profile);
  return width.jobs;
}

}  // namespace

FuzzedTarget::FuzzedTarget(const DeclaredTarget& target, Duration patience, std::size_t at_once)
    : started(target.exec), profile(profile_of(target, started.port)), pace(patience) {
  started.interrupts.on_first([this] {
    stop.raise({Stop::Kind::interrupted});
    if (stage) stage->cancel();
  });
  stage.emplace(started.loop, profile, pace, stop, started.process.get());
  keeper.emplace(*stage);
  if (const auto not_reached = keeper->start())
    throw TargetUnreachable(fmt::format("The command of --exec did not become reachable at {}: {}",
                                        profile.url, not_reached->why));
  jobs = get_to_know(*stage, *keeper, profile, at_once);
  if (started.process) watch.emplace(*stage, std::chrono::seconds(10));
  if (watch) watch->begin_run();
}

ComparedTarget::ComparedTarget(FuzzedTarget& fuzzed, const DeclaredTarget& target,
                               std::size_t at_once)
    : profile(profile_of(target, 0)), pace(fuzzed.pace.patience()) {
  stage.emplace(fuzzed.started.loop, profile, pace, fuzzed.stop, nullptr);
  fuzzed.started.interrupts.on_first([this, &fuzzed] {
    fuzzed.stop.raise({Stop::Kind::interrupted});
    fuzzed.stage->cancel();
    stage->cancel();
  });
  keeper.emplace(*stage);
  jobs = get_to_know(*stage, *keeper, profile, at_once);
}

}  // namespace wsconform
