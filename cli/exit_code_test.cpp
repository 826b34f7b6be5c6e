#include "cli/exit_code.h"

#include <gtest/gtest.h>

#include "reports/results/results.h"

namespace wsconform::exit_code_test {
namespace {

Results ended_by(Stop::Kind kind) {
  Results results;
  results.stop = Stop{.kind = kind, .under_way = {}, .why = "the target died"};
  return results;
}

TEST(ExitCode, IsZeroWhereEverythingIsAsExpected) {
  Results results;
  results.cases.resize(2);
  results.cases[0].verdict = Verdict::fail;  // excused
  EXPECT_EQ(exit_code_of(results), exit_as_expected);
}

TEST(ExitCode, IsOneForAnUnexpectedResult) {
  Results results;
  results.cases.resize(2);
  results.cases[1].unexpected = true;
  EXPECT_EQ(exit_code_of(results), exit_unexpected);
}

TEST(ExitCode, IsOneWhereNothingWasJudged) {
  Results results;
  EXPECT_EQ(exit_code_of(results), exit_as_expected);
  results.cases.resize(2);
  for (CaseResult& each : results.cases) each.verdict = Verdict::skipped;
  EXPECT_EQ(exit_code_of(results), exit_unexpected);
  results.cases[1].verdict = Verdict::pass;
  EXPECT_EQ(exit_code_of(results), exit_as_expected);
}

TEST(ExitCode, IsOneForAnEntryThatMatchesNothingUnlessTheRunIsFiltered) {
  Results results;
  results.dead_known_failing = {"s/gone"};
  EXPECT_EQ(exit_code_of(results), exit_unexpected);
  results.filtered = true;
  EXPECT_EQ(exit_code_of(results), exit_as_expected);
}

TEST(ExitCode, FollowsFromTheKindOfAnEarlyEndAndNotFromItsWords) {
  EXPECT_EQ(exit_code_of(ended_by(Stop::Kind::target_died)), exit_unreachable);
  EXPECT_EQ(exit_code_of(ended_by(Stop::Kind::interrupted)), exit_unexpected);
  EXPECT_EQ(exit_code_of(ended_by(Stop::Kind::unexpected_result)), exit_unexpected);
  EXPECT_EQ(exit_code_of(ended_by(Stop::Kind::target_silent)), exit_unexpected);
  EXPECT_EQ(exit_code_of(ended_by(Stop::Kind::out_of_time)), exit_unexpected);
  EXPECT_EQ(exit_code_of(ended_by(Stop::Kind::machine_fault)), exit_fault);
  EXPECT_EQ(exit_code_of(ended_by(Stop::Kind::killed)), exit_unexpected);
}

}  // namespace
}  // namespace wsconform::exit_code_test
