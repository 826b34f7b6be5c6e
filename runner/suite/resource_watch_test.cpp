#include "runner/suite/resource_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "runner/suite/scripted_stage.h"

namespace wsconform::resource_watch_test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;

constexpr std::uint64_t mib = 1024 * 1024;

ProcessUsage using_memory(std::uint64_t resident, std::uint64_t peak) {
  ProcessUsage usage;
  usage.resident = resident;
  usage.peak = peak;
  return usage;
}

// What uses a whole core from `from` on, for `time`.
std::function<ProcessUsage(Instant)> busy(Instant from, Duration time) {
  return [from, time](Instant now) {
    ProcessUsage usage = using_memory(10 * mib, 10 * mib);
    usage.cpu = usage.wanted = std::clamp<Duration>(now - from, 0ns, time);
    usage.runnable = now >= from && now < from + time;
    return usage;
  };
}

std::vector<std::string> names(const std::vector<Fact>& facts) {
  std::vector<std::string> all;
  for (const Fact& each : facts) all.push_back(each.name);
  return all;
}

TEST(ResourceWatch, TellsWhatAStretchSpent) {
  ScriptedStage stage;
  stage.usage = [](Instant) { return using_memory(10 * mib, 11 * mib); };
  ResourceWatch watch(stage, 10s);
  watch.begin_stretch();
  EXPECT_EQ(stage.peaks_forgotten, 1);
  stage.usage = [](Instant) {
    ProcessUsage usage = using_memory(9 * mib, 300 * mib);
    usage.cpu = 40ms;
    return usage;
  };
  const auto spent = watch.end_stretch();
  ASSERT_TRUE(spent);
  EXPECT_EQ(spent->cpu, 40ms);
  EXPECT_EQ(spent->grown, -static_cast<std::int64_t>(mib));
  EXPECT_EQ(spent->peak_grown, 289 * mib);
  EXPECT_FALSE(spent->spinning);
}

TEST(ResourceWatch, WaitsForWorkThatEndsByItself) {
  ScriptedStage stage;
  stage.usage = busy(stage.now(), 3s);
  ResourceWatch watch(stage, 10s);
  watch.begin_stretch();
  const Instant before = stage.now();
  const auto spent = watch.end_stretch();
  ASSERT_TRUE(spent);
  EXPECT_FALSE(spent->spinning);
  EXPECT_GT(spent->busy, 2s);
  EXPECT_LT(stage.now() - before, 4s);
}

TEST(ResourceWatch, FindsOneThatSpins) {
  ScriptedStage stage;
  stage.usage = busy(stage.now(), 1h);
  ResourceWatch watch(stage, 10s);
  watch.begin_stretch();
  const auto spent = watch.end_stretch();
  ASSERT_TRUE(spent);
  EXPECT_TRUE(spent->spinning);
  EXPECT_GE(spent->busy, 10s);
}

TEST(ResourceWatch, WaitsForNoRestThatIsNotExpected) {
  ScriptedStage stage;
  stage.usage = busy(stage.now(), 1h);
  ResourceWatch watch(stage, 10s);
  watch.expect_no_rest();
  watch.begin_stretch();
  const Instant before = stage.now();
  const auto spent = watch.end_stretch();
  ASSERT_TRUE(spent);
  EXPECT_FALSE(spent->spinning);
  EXPECT_EQ(stage.now(), before);
}

// One that is busy before the first case is not told from one that spins.
TEST(ResourceWatch, JudgesNoSpinningOfATargetThatIsBusyByItself) {
  ScriptedStage stage;
  stage.usage = busy(stage.now(), 1h);
  ResourceWatch watch(stage, 10s);
  watch.begin_run();
  watch.begin_stretch();
  EXPECT_FALSE(watch.end_stretch()->spinning);
  EXPECT_THAT(names(facts_of({watch.used()})), Contains("busy before the cases"));
}

TEST(ResourceWatch, TakesAStartThatTakesItsTimeForNoUnrest) {
  ScriptedStage stage;
  stage.usage = busy(stage.now(), 300ms);
  ResourceWatch watch(stage, 10s);
  watch.begin_run();
  watch.end_run();
  EXPECT_THAT(names(facts_of({watch.used()})),
              ElementsAre("memory before the cases", "memory after the cases",
                          "most memory in the run", "CPU time of the run"));
}

TEST(ResourceWatch, TellsNothingOfAStretchThatEndsWithAnotherProcess) {
  ScriptedStage stage;
  stage.usage = [](Instant) { return using_memory(mib, mib); };
  ResourceWatch watch(stage, 10s);
  watch.begin_run();
  watch.begin_stretch();
  stage.process()->start();
  EXPECT_FALSE(watch.end_stretch());
  watch.end_run();
  EXPECT_THAT(names(facts_of({watch.used()})), Contains("CPU time since its last start"));
}

TEST(ResourceWatch, LeavesOutWhatTheSameProcessDidThatIsNoWorkOfCases) {
  ScriptedStage stage;
  stage.usage = [from = stage.now()](Instant now) {
    return ProcessUsage{.processes = {100}, .cpu = now - from};
  };
  ResourceWatch watch(stage, 10s);
  watch.begin_run();
  stage.advance(2s);
  watch.leave_out([&] { stage.advance(30s); });
  watch.end_run();
  EXPECT_LT(watch.used().cpu, 3s);
  stage.process()->start();
  watch.end_run();
  EXPECT_GT(watch.used().cpu, 30s) << "its CPU time tells nothing of another process";
}

TEST(ResourceWatch, TellsNothingOfAProcessThatIsGone) {
  ScriptedStage stage;
  stage.usage = [](Instant) { return using_memory(mib, mib); };
  ResourceWatch watch(stage, 10s);
  watch.begin_stretch();
  stage.die();
  EXPECT_FALSE(watch.end_stretch());
  watch.begin_stretch();
  EXPECT_FALSE(watch.end_stretch());
}

TEST(ResourceWatch, WaitsNoLongerOnceTheRunIsStopped) {
  ScriptedStage stage;
  stage.usage = busy(stage.now(), 1h);
  ResourceWatch watch(stage, 10s);
  watch.begin_stretch();
  stage.stop.raise({});
  const Instant before = stage.now();
  EXPECT_FALSE(watch.end_stretch()->spinning);
  EXPECT_EQ(stage.now(), before);
}

}  // namespace
}  // namespace wsconform::resource_watch_test
