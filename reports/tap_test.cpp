#include "reports/tap.h"

#include <gmock/gmock.h>

#include "reports/results/sample_results.h"

namespace wsconform::tap_test {
namespace {

using testing::HasSubstr;
using testing::Not;

Results with(Verdict verdict, std::string known_failing = "") {
  CaseResult result;
  result.id = "s/slug";
  result.reason = "It did.";
  result.verdict = verdict;
  result.known_failing = std::move(known_failing);
  Results results;
  results.cases = {result};
  return results;
}

TEST(Tap, APassIsOneLine) {
  EXPECT_THAT(to_tap(with(Verdict::pass)), HasSubstr("1..1\nok 1 - s/slug\n"));
}

TEST(Tap, AFailureIsNotOkAndExplainsItself) {
  EXPECT_THAT(to_tap(with(Verdict::fail)),
              HasSubstr("not ok 1 - s/slug\n  ---\n  level: \"must\"\n  verdict: \"fail\"\n  "
                        "reason: \"It did.\"\n  ...\n"));
}

TEST(Tap, AnErrorIsNotOk) {
  EXPECT_THAT(to_tap(with(Verdict::error)), HasSubstr("not ok 1 - s/slug\n"));
}

TEST(Tap, ASkippedCaseIsOkWithTheReason) {
  EXPECT_THAT(to_tap(with(Verdict::skipped)), HasSubstr("ok 1 - s/slug # SKIP It did.\n"));
}

TEST(Tap, AKnownFailureIsToDo) {
  EXPECT_THAT(to_tap(with(Verdict::fail, "bug #7")),
              HasSubstr("not ok 1 - s/slug # TODO bug \\#7\n"));
}

TEST(Tap, ThePlanCountsDeadListEntries) {
  Results results = with(Verdict::pass);
  results.dead_known_failing = {"s/gone"};
  const std::string tap = to_tap(results);
  EXPECT_THAT(tap, HasSubstr("1..2\n"));
  EXPECT_THAT(tap, HasSubstr("not ok 2 - the known-failing entry s/gone matches no case\n"));
}

TEST(Tap, ADeadListEntryOfAFilteredRunIsToldOnly) {
  Results results = with(Verdict::pass);
  results.dead_known_failing = {"s/gone"};
  results.filtered = true;
  const std::string tap = to_tap(results);
  EXPECT_THAT(tap, HasSubstr("1..1\n"));
  EXPECT_THAT(tap, HasSubstr("\n# the known-failing entry s/gone matches no case\n"));
}

TEST(Tap, AnEarlyEndIsABailOut) {
  Results results = with(Verdict::pass);
  results.stop = Stop{.kind = Stop::Kind::target_silent, .why = "Gone.\nok 2"};
  EXPECT_THAT(to_tap(results),
              HasSubstr("Bail out! after the last case, the target did not serve an "
                        "ordinary connection: Gone.\\nok 2\n"));
}

TEST(Tap, NoDirectiveAndNoLineIsMadeByTheTarget) {
  Results results = with(Verdict::fail);
  results.cases[0].id = "s/slug # SKIP\nok 1";
  results.cases[0].reason = "\"\\\n  ...\nok 1";
  const std::string tap = to_tap(results);
  EXPECT_THAT(tap, HasSubstr("not ok 1 - s/slug \\# SKIP\\\\nok 1\n"));
  EXPECT_THAT(tap, HasSubstr("  reason: \"\\\"\\\\\\\\n  ...\\\\nok 1\"\n"));
  EXPECT_THAT(tap, Not(HasSubstr("\nok 1")));
}

}  // namespace
}  // namespace wsconform::tap_test
