// Targets that die, hang, swallow messages or keep TCP open while the suite runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "proof/reference_cases.h"
#include "runner/casebook/case.h"
#include "tests/over_sockets.h"

namespace wsconform::sockets_faulty_target_test {
namespace {

using testing::Gt;
using testing::HasSubstr;

// npm ws with a bug that these options name.
Results judge_faulty_ws(const std::string& options, const std::vector<Case>& cases,
                        RunOptions how = {}) {
  const std::uint16_t port = free_port();
  TargetProcess process(ws_echo(options), port);
  return judge(port, cases, &process, std::move(how));
}

constexpr std::chrono::milliseconds short_patience{250};
constexpr std::chrono::seconds short_work{1};

std::vector<Case> payload_length_cases(std::string_view part = "") {
  std::vector<Case> cases = reference_cases();
  std::erase_if(cases, [part](const Case& each) {
    return each.section != "rfc6455/5.2-payload-length" || each.id.find(part) == std::string::npos;
  });
  return cases;
}

TEST(FaultyTarget, NamesTheCaseThatKilledTheTargetAndGoesOn) {
  const std::vector<Case> cases = payload_length_cases("-at-length/");
  const Results results = judge_faulty_ws("--dies-of 65536", cases);
  ASSERT_EQ(results.cases.size(), cases.size());
  std::size_t killers = 0;
  for (const CaseResult& each : results.cases) {
    const bool killed = each.reason.starts_with("The target died");
    EXPECT_EQ(each.verdict == Verdict::fail, killed) << each.id << ": " << each.reason;
    if (!killed) continue;
    ++killers;
    EXPECT_THAT(each.reason, HasSubstr("exit code 7"));
    EXPECT_THAT(each.id, HasSubstr("binary"));
    EXPECT_THAT(each.notes, testing::Contains(HasSubstr("killed by a message of 65536 bytes")));
  }
  EXPECT_THAT(killers, Gt(0U));
  EXPECT_LT(killers, cases.size() / 4);
}

// The end of TCP that such cases wait for comes with the death of the process, through no
// merit of the target.
TEST(FaultyTarget, TakesNoEndOfTcpByDeathForAnAnswer) {
  std::vector<Case> cases = payload_length_cases("65536");
  const std::size_t others = cases.size();
  std::ranges::copy_if(reference_cases(), std::back_inserter(cases), [](const Case& each) {
    return each.id.starts_with("rfc6455/5.5.1-close/reason-text/") ||
           each.id.starts_with("rfc6455/5.5.1-close/reason-length/");
  });
  ASSERT_GT(cases.size(), others + 10);
  RunOptions options;
  options.patience = short_patience;
  options.shuffle = true;
  const Results results = judge_faulty_ws("--keeps-tcp 1 --dies-of 65536", cases, options);
  std::size_t killers = 0;
  for (const CaseResult& each : results.cases) {
    if (each.reason.starts_with("The target died")) ++killers;
    if (each.section == "rfc6455/5.5.1-close") {
      EXPECT_EQ(each.verdict, Verdict::fail) << each.id;
    }
  }
  EXPECT_THAT(killers, Gt(0U));
}

TEST(FaultyTarget, NamesTheCaseAfterWhichTheTargetAnsweredNothing) {
  const std::vector<Case> cases = payload_length_cases("-at-length/");
  RunOptions options;
  options.jobs = 4;
  options.patience = short_patience;
  options.longest_work = short_work;
  const Results results = judge_faulty_ws("--hangs-of 65536", cases, options);
  ASSERT_EQ(results.cases.size(), cases.size());
  EXPECT_EQ(results.stop, std::nullopt);
  std::size_t named = 0;
  for (const CaseResult& each : results.cases) {
    if (each.verdict == Verdict::pass) continue;
    ++named;
    EXPECT_THAT(each.id, HasSubstr("binary")) << each.reason;
    EXPECT_EQ(each.reason, "The target hung in this case: it no longer answers.");
  }
  EXPECT_THAT(named, Gt(0U));
}

// Whether it was busy cannot be known.
TEST(FaultyTarget, JudgesAgainWhatADeadlineJudgedWhereItsProcessIsNotSeen) {
  const std::uint16_t port = free_port();
  TargetProcess process(ws_echo("--swallows-first-of 65535"), port);
  start(process, port);
  RunOptions options;
  options.patience = short_patience;
  const std::vector<Case> cases = payload_length_cases();
  const Results results = judge(port, cases, nullptr, options);
  ASSERT_EQ(results.cases.size(), cases.size());
  for (const CaseResult& each : results.cases)
    EXPECT_EQ(each.verdict, Verdict::pass) << each.id << ": " << each.reason;
}

TEST(FaultyTarget, IsFoundToSwallowAMessageWhereItIsSeenToRest) {
  RunOptions options;
  options.patience = short_patience;
  const std::vector<Case> cases = payload_length_cases("-at-length/");
  const Results results = judge_faulty_ws("--swallows-first-of 65535", cases, options);
  EXPECT_EQ(std::ranges::count(results.cases, Verdict::fail, &CaseResult::verdict), 1);
}

TEST(FaultyTarget, BlamesNobodyElseForAHangInARepetition) {
  std::vector<Case> cases = payload_length_cases("/text-at-length/125");
  std::ranges::move(payload_length_cases("/text-at-length/65535"), std::back_inserter(cases));
  RunOptions options;
  options.patience = std::chrono::milliseconds(500);  // shorter than it is busy
  const Results results = judge_faulty_ws("--hangs-second-of 125", cases, options);
  ASSERT_EQ(results.cases.size(), 2U);
  EXPECT_EQ(results.cases[0].verdict, Verdict::fail) << results.cases[0].reason;
  EXPECT_EQ(results.cases[1].verdict, Verdict::pass) << results.cases[1].reason;
}

TEST(FaultyTarget, KeepsTheFirstResultsWhereARepetitionIsStopped) {
  const std::vector<Case> cases = payload_length_cases("/text-at-length");
  RunOptions options;
  options.jobs = 200;
  options.patience = std::chrono::milliseconds(300);
  options.ends_run = [](const CaseResult& each) { return each.verdict == Verdict::fail; };
  const Results results = judge_faulty_ws("--swallows-from 126", cases, options);
  ASSERT_TRUE(results.stop);
  EXPECT_EQ(results.stop->kind, Stop::Kind::unexpected_result);
  EXPECT_EQ(results.cases.size(), cases.size());
}

// A target of somebody else's, who does not start it again.
void expect_given_up(const std::string& fault) {
  const std::uint16_t port = free_port();
  TargetProcess process(ws_echo(fault), port);
  start(process, port);
  const std::vector<Case> cases = payload_length_cases();
  RunOptions options;
  options.patience = short_patience;
  options.longest_work = short_work;
  const Results results = judge(port, cases, nullptr, std::move(options));
  EXPECT_EQ(results.cases.size(), cases.size());
  ASSERT_TRUE(results.stop);
  EXPECT_EQ(results.stop->kind, Stop::Kind::target_died);
  EXPECT_FALSE(results.stop->under_way.empty());
  EXPECT_THAT(count_verdicts(results.cases).at(Verdict::error), Gt(0U));
  EXPECT_EQ(count_verdicts(results.cases)[Verdict::fail], 0U);
}

TEST(FaultyTarget, GivesEveryCaseAnErrorWhenTheTargetIsGoneForGood) {
  expect_given_up("--dies-of 65536");
}

TEST(FaultyTarget, GivesEveryCaseAnErrorWhenTheTargetHangsForGood) {
  expect_given_up("--freezes-of 65536");
}

}  // namespace
}  // namespace wsconform::sockets_faulty_target_test
