#include "reports/results/results.h"

#include <gtest/gtest.h>

namespace wsconform::results_test {
namespace {

TEST(Results, CountsHoldEveryVerdictEvenWhenThereIsNoCase) {
  const Counts counts = count_verdicts({});
  EXPECT_EQ(counts.size(), verdict_count);
  EXPECT_EQ(counts.at(Verdict::lenient), 0U);
}

TEST(Results, CountsTellVerdictsApart) {
  std::vector<CaseResult> cases(3);
  cases[0].verdict = Verdict::fail;
  cases[2].verdict = Verdict::fail;
  const Counts counts = count_verdicts(cases);
  EXPECT_EQ(counts.at(Verdict::fail), 2U);
  EXPECT_EQ(counts.at(Verdict::error), 1U);
  EXPECT_EQ(counts.at(Verdict::pass), 0U);
}

TEST(Results, UnexpectedCountsTheMarkAndNotTheVerdict) {
  Results results;
  results.cases.resize(3);
  results.cases[0].verdict = Verdict::fail;
  results.cases[1].verdict = Verdict::pass;
  results.cases[1].unexpected = true;
  EXPECT_EQ(count_unexpected(results), 1U);
}

}  // namespace
}  // namespace wsconform::results_test
