// A target that is started more than once, and judged by all of its processes at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "proof/reference_cases.h"
#include "runner/casebook/case.h"
#include "tests/over_sockets.h"

namespace wsconform::sockets_instances_test {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

// Its processes write down who they are.
class StartedMoreThanOnce : public testing::Test {
 protected:
  StartedMoreThanOnce() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    std::erase_if(cases_, [](const Case& each) {
      return each.full_only ||
             !(each.section == "rfc6455/5.2-payload-length" ||
               each.section == "rfc6455/5.5.2-ping" || each.section == "security/floods");
    });
  }
  ~StartedMoreThanOnce() override { std::filesystem::remove_all(folder_); }

  // `first`: what the shell does before.
  Results judge_ws(std::size_t instances, const std::string& first = "true",
                   const std::string& options = "") {
    const std::uint16_t port = free_port();
    TargetProcess process(command(first, options), port);
    return judge(port, cases_, &process, {.instances = instances, .cores = 8});
  }
  std::string command(const std::string& first, const std::string& options = "") const {
    return first + "; echo $$ >> " + folder_ + "/pids; " + ws_echo(options);
  }
  std::vector<pid_t> processes() const {
    std::ifstream file(folder_ + "/pids");
    std::vector<pid_t> all;
    for (pid_t each = 0; file >> each;) all.push_back(each);
    return all;
  }
  static std::map<std::string, Verdict> verdicts(const Results& results) {
    std::map<std::string, Verdict> all;
    for (const CaseResult& each : results.cases) all[each.id] = each.verdict;
    return all;
  }
  // So many.
  std::size_t killers_that_alone_fail(const Results& results) const {
    EXPECT_EQ(results.cases.size(), cases_.size());
    std::size_t killers = 0;
    for (const CaseResult& each : results.cases) {
      const bool killed = each.reason.starts_with("The target died");
      EXPECT_EQ(each.verdict == Verdict::fail, killed) << each.id << ": " << each.reason;
      if (killed) ++killers;
    }
    return killers;
  }
  static bool tells_of_several(const Results& results) {
    return std::ranges::find(results.target.facts, "instances", &Fact::name) !=
           results.target.facts.end();
  }

  std::string folder_ = testing::TempDir() + "sockets_instances_" + std::to_string(getpid());
  std::vector<Case> cases_ = reference_cases();
};

TEST_F(StartedMoreThanOnce, HasTheVerdictsThatOneProcessGets) {
  const Results by_one = judge_ws(1);
  EXPECT_THAT(processes(), SizeIs(1));
  const Results by_several = judge_ws(3);
  EXPECT_THAT(processes(), SizeIs(4));
  EXPECT_EQ(by_several.cases.size(), cases_.size());
  EXPECT_EQ(verdicts(by_several), verdicts(by_one));
  EXPECT_FALSE(by_several.stop);
  EXPECT_TRUE(tells_of_several(by_several));
  EXPECT_FALSE(tells_of_several(by_one));
}

TEST_F(StartedMoreThanOnce, LeavesNoProcessBehind) {
  judge_ws(3);
  for (const pid_t each : processes()) EXPECT_NE(kill(each, 0), 0) << each;
}

TEST_F(StartedMoreThanOnce, IsJudgedByTheFirstWhereItTakesALock) {
  const Results results = judge_ws(3, "mkdir " + folder_ + "/lock || exit 1");
  EXPECT_THAT(processes(), SizeIs(1));
  EXPECT_EQ(results.cases.size(), cases_.size());
  EXPECT_FALSE(results.stop);
  EXPECT_FALSE(tells_of_several(results));
}

TEST_F(StartedMoreThanOnce, NamesTheCaseThatKilledAProcess) {
  const Results results = judge_ws(3, "true", "--dies-of 65536");
  EXPECT_GT(killers_that_alone_fail(results), 0U);
  EXPECT_FALSE(results.stop);
}

// So often that another is started ahead of need.
TEST_F(StartedMoreThanOnce, NamesEachCaseThatKillsAProcess) {
  const Results results = judge_ws(2, "true", "--dies-from 65536");
  const std::size_t killers = killers_that_alone_fail(results);
  EXPECT_GT(killers, 3U);
  EXPECT_GT(processes().size(), killers);
  EXPECT_FALSE(results.stop);
  for (const pid_t each : processes()) EXPECT_NE(kill(each, 0), 0) << each;
}

TEST_F(StartedMoreThanOnce, EndsWithAllOfThemWhereTheTimeIsUp) {
  // No message comes back: each case waits.
  const std::uint16_t port = free_port();
  TargetProcess process(command("true", "--swallows-from 1"), port);
  RunOptions options{.instances = 3, .cores = 8};
  options.max_time = std::chrono::milliseconds(1500);
  const Results results = judge(port, cases_, &process, options);
  ASSERT_TRUE(results.stop);
  EXPECT_EQ(results.stop->kind, Stop::Kind::out_of_time);
  EXPECT_LT(results.duration_ms, 10'000);
}

TEST_F(StartedMoreThanOnce, IsStartedOnceWhereItsCommandNamesNoPort) {
  const std::uint16_t port = free_port();
  std::string fixed = command("true");
  fixed.replace(fixed.find("{port}"), 6, std::to_string(port));
  TargetProcess process(fixed, port);
  const Results results = judge(port, cases_, &process, {.instances = 3, .cores = 8});
  EXPECT_THAT(processes(), SizeIs(1));
  EXPECT_EQ(results.cases.size(), cases_.size());
}

TEST_F(StartedMoreThanOnce, IsStartedOnceWhereItKnowsWhoLoggedIn) {
  const std::uint16_t port = free_port();
  TargetProcess process(command("true"), port);
  TargetProfile profile = profile_at(port);
  TargetPolicy policy;
  policy.cookie.emplace().name = "session";
  profile.declare(policy);
  EXPECT_FALSE(TcpInstances::can_be(profile, &process));
  EXPECT_TRUE(TcpInstances::can_be(profile_at(port), &process));
  EXPECT_FALSE(TcpInstances::can_be(profile_at(port), nullptr));
}

}  // namespace
}  // namespace wsconform::sockets_instances_test
