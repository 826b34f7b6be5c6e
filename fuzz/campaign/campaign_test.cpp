#include "fuzz/campaign/campaign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <fstream>

namespace wsconform::campaign_test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Stands for a program of libFuzzer: an input is bad where it says so, and the first turn
// finds two that are.
constexpr std::string_view stub = R"sh(#!/bin/sh
for each; do
  case $each in
    -artifact_prefix=*) prefix=${each#*=} ;;
    -exact_artifact_path=*) least=${each#*=} ;;
    -merge=1) merge=1 ;;
    -*) ;;
    *) last=$each; first=${first:-$each} ;;
  esac
done
if [ -n "$merge" ]; then
  [ ! -e "$last"/slow ] || printf 'bad slow input' >"${prefix}timeout-1"
  cp "$last"/kept "$first"/
  exit 0
fi
if [ -n "$least" ]; then printf 'bad %s' "$(cut -d' ' -f2 "$last")" >"$least"; exit 1; fi
if [ -f "$last" ]; then
  grep -q '^mute' "$last" && exit 3
  grep -q '^bad' "$last" || exit 0
  echo "The property does not hold: $(cut -d' ' -f2 "$last") is wrong 17 times" >&2
  exit 77
fi
echo '#1000	pulse  cov: 42 ft: 50 corp: 1/1b exec/s: 10 rss: 30Mb' >&2
echo x >"$first"/kept
echo x >"$first"/unneeded
if [ -n "$prefix" ]; then
  printf 'bad one long input' >"${prefix}crash-1"
  printf 'bad other long input' >"${prefix}crash-2"
  printf 'bad one again' >"${prefix}crash-3"
  printf 'good' >"${prefix}crash-4"
fi
exit 77
)sh";

class CampaignTest : public testing::Test {
 protected:
  CampaignTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "programs");
    const fs::path program = folder_ / "programs/stub_fuzzer";
    std::ofstream(program) << stub;
    fs::permissions(program, fs::perms::owner_all);
  }
  ~CampaignTest() override { fs::remove_all(folder_); }

  std::vector<FuzzProgram> programs() const { return programs_in(folder_ / "programs", folder_); }
  // Each wait is a quarter of a second of its own time.
  Campaign::World world(int stops_after = 1000) {
    return {.now = [this] { return now_; },
            .wait =
                [this](Duration) {
                  poll(nullptr, 0, 10);
                  now_ += std::chrono::milliseconds(250);
                },
            .stopped = [this, stops_after] { return ++asked_ > stops_after; },
            .found = [this](const KeptFinding& found) { told_.push_back(found.cause); },
            .date = "today"};
  }
  std::vector<std::string> causes(const CampaignFiles& files) const {
    std::vector<std::string> all;
    for (const KeptFinding& each : files.findings()) all.push_back(each.cause);
    return all;
  }

  fs::path folder_ = fs::temp_directory_path() / ("campaign_test_" + std::to_string(getpid()));
  Instant now_{};
  int asked_ = 0;
  std::vector<std::string> told_;
};

TEST_F(CampaignTest, FindsItsPrograms) {
  ASSERT_THAT(programs(), SizeIs(1));
  EXPECT_EQ(programs().front().name, "stub");
  EXPECT_THAT(programs_in(folder_ / "nowhere", folder_), IsEmpty());
}

TEST_F(CampaignTest, TellsOfACommandThatAShellTakesAsItIs) {
  FuzzProgram program;
  program.program = "build/fuzz/frame_fuzzer";
  EXPECT_EQ(replay_command(program, "kept/crash"), "build/fuzz/frame_fuzzer kept/crash");
  program.program = "my build/frame_fuzzer";
  EXPECT_EQ(replay_command(program, "what's kept/crash"),
            "'my build/frame_fuzzer' 'what'\\''s kept/crash'");
}

TEST_F(CampaignTest, KeepsOneMinimisedInputForEachCause) {
  const CampaignFiles files(folder_ / "kept");
  const CampaignState state = Campaign(programs(), files, {.time = 5, .jobs = 2}, world()).run();
  EXPECT_THAT(causes(files), ElementsAre("one-is-wrong-times", "other-is-wrong-times"));
  EXPECT_THAT(told_, SizeIs(2));
  EXPECT_EQ(text_of_log(files.findings().front().input), "bad one");
  EXPECT_EQ(files.findings().front().says, "one is wrong 17 times");
  EXPECT_THAT(files.incoming(), IsEmpty());
  const FuzzSeries& stub = state.targets.at("stub");
  EXPECT_GE(stub.executions, 1000U);
  EXPECT_EQ(stub.points.back().executions, stub.executions);
  EXPECT_EQ(stub.points.back().coverage, 42U);
}

TEST_F(CampaignTest, LeavesOfTheCorpusWhatReachesAllOfIt) {
  const CampaignFiles files(folder_ / "kept");
  Campaign(programs(), files, {.time = 3}, world()).run();
  EXPECT_TRUE(fs::exists(files.corpus("stub") / "kept"));
  EXPECT_FALSE(fs::exists(files.corpus("stub") / "unneeded"));
}

// The merged corpus has it no longer.
TEST_F(CampaignTest, KeepsWhatFailsOnlyWhenCorporaAreMerged) {
  const CampaignFiles files(folder_ / "kept");
  std::ofstream(files.corpus("stub") / "slow") << "bad slow input";
  Campaign(programs(), files, {.time = 3}, world()).run();
  EXPECT_THAT(causes(files), testing::Contains("slow-is-wrong-times"));
}

TEST_F(CampaignTest, GoesOnWhereItWas) {
  const CampaignFiles files(folder_ / "kept");
  Campaign(programs(), files, {.time = 20}, world(8)).run();
  const CampaignState before = files.state();
  EXPECT_GT(before.spent, 1);
  EXPECT_LT(before.spent, 5);
  asked_ = 0;
  const CampaignState after = Campaign(programs(), files, {.time = 20}, world(8)).run();
  EXPECT_GT(after.spent, before.spent);
  EXPECT_GE(after.targets.at("stub").executions, before.targets.at("stub").executions);
}

TEST_F(CampaignTest, LooksAtWhatAKillLeftBehind) {
  const CampaignFiles files(folder_ / "kept");
  std::ofstream(files.incoming("stub").string() + "crash-9") << "bad late input";
  fs::create_directories(folder_ / "kept/corpus/lost.old");
  std::ofstream(folder_ / "kept/state.json") << "{\"started\": ";
  const CampaignFiles again(folder_ / "kept");
  Campaign(programs(), again, {.time = 1}, world(1)).run();
  EXPECT_THAT(causes(again), testing::Contains("late-is-wrong-times"));
  EXPECT_TRUE(fs::is_directory(folder_ / "kept/corpus/lost"));
}

TEST_F(CampaignTest, BeginsAnewWhereItsStateIsNone) {
  const CampaignFiles files(folder_ / "kept");
  EXPECT_TRUE(files.state().targets.empty());
  files.keep({.started = "today", .budget = 9, .spent = 3, .targets = {}});
  EXPECT_EQ(files.state().spent, 3);
  std::ofstream(folder_ / "kept/state.json") << "[1, 2]";
  EXPECT_EQ(files.state().spent, 0);
  const std::string large(5 * 1024 * 1024, ' ');
  std::ofstream(folder_ / "kept/state.json")
      << R"({"started": "today", "budget": 9, "spent": 3, "targets": {}})" << large;
  EXPECT_EQ(files.state().spent, 0);
}

TEST_F(CampaignTest, TellsWhetherAFindingStillFails) {
  const CampaignFiles files(folder_ / "kept");
  std::ofstream(folder_ / "bad") << "bad one";
  std::ofstream(folder_ / "good") << "good";
  Campaign campaign(programs(), files, {}, {});
  EXPECT_EQ(campaign.fault_shown_by(programs().front(), folder_ / "bad")->cause,
            "one-is-wrong-times");
  EXPECT_EQ(campaign.fault_shown_by(programs().front(), folder_ / "good"), std::nullopt);
}

TEST_F(CampaignTest, TakesAnEndWithoutAWordForNothingThatIsFixed) {
  const CampaignFiles files(folder_ / "kept");
  std::ofstream(folder_ / "mute") << "mute";
  Campaign campaign(programs(), files, {}, {});
  EXPECT_EQ(campaign.fault_shown_by(programs().front(), folder_ / "mute")->cause,
            "ended-by-exit-code-3");
  fs::permissions(programs().front().program, fs::perms::owner_read);
  EXPECT_THROW(campaign.fault_shown_by(programs().front(), folder_ / "mute"), std::system_error);
}

TEST_F(CampaignTest, DropsAFindingWithWhatTellsOfIt) {
  const CampaignFiles files(folder_ / "kept");
  std::ofstream(folder_ / "input") << "bad";
  files.keep({"stub", "cause", folder_ / "input", "says", "log", 3});
  ASSERT_THAT(files.findings(), SizeIs(1));
  EXPECT_EQ(files.findings().front().seconds, 3);
  files.drop(files.findings().front());
  EXPECT_THAT(files.findings(), IsEmpty());
  EXPECT_TRUE(fs::is_empty(folder_ / "kept/findings/stub"));
}

}  // namespace
}  // namespace wsconform::campaign_test
