#include "runner/casebook/baseline.h"

#include <gtest/gtest.h>

#include "reports/results/results.h"
#include "runner/casebook/known_failing.h"

namespace wsconform::baseline_test {
namespace {

CaseResult judged(const char* id, Verdict verdict) {
  CaseResult result;
  result.id = id;
  result.verdict = verdict;
  return result;
}

// The earlier run.
Results earlier() {
  Results results;
  results.cases = {judged("s/passed", Verdict::pass),     judged("s/failed", Verdict::fail),
                   judged("s/skipped", Verdict::skipped), judged("s/error", Verdict::error),
                   judged("s/twice", Verdict::fail),      judged("s/twice", Verdict::pass)};
  return results;
}

TEST(Baseline, IsWorseThanAPassWhereItFailsOrIsAnError) {
  const Baseline baseline(earlier());
  for (const char* id : {"s/passed", "s/skipped"}) {
    EXPECT_EQ(baseline.got_worse(id, Verdict::fail), true) << id;
    EXPECT_EQ(baseline.got_worse(id, Verdict::error), true) << id;
    EXPECT_EQ(baseline.got_worse(id, Verdict::observed), false) << id;
    EXPECT_EQ(baseline.got_worse(id, Verdict::lenient), false) << id;
    EXPECT_EQ(baseline.got_worse(id, Verdict::lenient, true), true) << id;
  }
}

TEST(Baseline, IsNoWorseThanAFailWhereItFailsStill) {
  const Baseline baseline(earlier());
  EXPECT_EQ(baseline.got_worse("s/failed", Verdict::fail), false);
  EXPECT_EQ(baseline.got_worse("s/failed", Verdict::pass), false);
  EXPECT_EQ(baseline.got_worse("s/failed", Verdict::error), true);
  EXPECT_EQ(baseline.got_worse("s/error", Verdict::fail), false);
}

TEST(Baseline, TakesTheWorstOfARepeatedCase) {
  EXPECT_EQ(Baseline(earlier()).got_worse("s/twice", Verdict::fail), false);
}

TEST(Baseline, KnowsNothingOfACaseThatItHasNot) {
  EXPECT_EQ(Baseline(earlier()).got_worse("s/new", Verdict::fail), std::nullopt);
}

struct ExpectedRow {
  const char* id = "";
  Verdict now = Verdict::pass;
  bool unexpected = false;
};

TEST(ExpectationsWithABaseline, TakeForUnexpectedWhatGotWorseAndNewFails) {
  Expectations expected;
  expected.baseline.emplace(earlier());
  expected.known_failing =
      parse_known_failing("list", "s/passed  # a reason\ns/failed  # another\n");
  for (const ExpectedRow& row : {ExpectedRow{"s/failed", Verdict::fail, false},
                                 {"s/failed", Verdict::pass, false},  // got better
                                 {"s/failed", Verdict::error, true},
                                 {"s/passed", Verdict::fail, false},  // the list excuses it
                                 {"s/skipped", Verdict::fail, true},
                                 {"s/new", Verdict::fail, true},
                                 {"s/new", Verdict::pass, false}}) {
    CaseResult result = judged(row.id, row.now);
    judge_by(expected, result);
    EXPECT_EQ(result.unexpected, row.unexpected) << row.id << " " << name_of(row.now);
  }
}

}  // namespace
}  // namespace wsconform::baseline_test
