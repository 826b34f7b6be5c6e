#include "reports/alert.h"

#include <gmock/gmock.h>

#include "reports/results/results.h"

namespace wsconform::alert_test {
namespace {

using testing::StartsWith;

CaseResult judged(std::string id, Verdict verdict) {
  CaseResult result;
  result.id = std::move(id);
  result.section = "s";
  result.verdict = verdict;
  result.cause = {"invalid-utf8", "accepted"};
  result.reason = "It did.";
  result.unexpected = true;
  return result;
}

TEST(Alerts, StandForCausesThatFailOrHaveNoVerdict) {
  Results results;
  results.target.url = "ws://h/";
  results.cases = {judged("s/a", Verdict::fail), judged("s/b", Verdict::fail),
                   judged("s/c", Verdict::error)};
  const std::vector<Alert> alerts = alerts_of(results);
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_EQ(alerts[0].key, "invalid-utf8:accepted");
  EXPECT_FALSE(alerts[0].expected);
  EXPECT_THAT(evidence_of(alerts[0]),
              StartsWith("2 cases fail, 1 came to no verdict; the simplest is s/a: It did."));
  for (CaseResult& each : results.cases) each.verdict = Verdict::lenient;
  EXPECT_TRUE(alerts_of(results).empty());
}

TEST(Alerts, AreExpectedWhereEveryCaseIs) {
  Results results;
  results.cases = {judged("s/a", Verdict::fail)};
  results.cases[0].unexpected = false;
  results.cases[0].known_failing = "an old bug";
  const std::vector<Alert> alerts = alerts_of(results);
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_TRUE(alerts[0].expected);
  EXPECT_EQ(alerts[0].known_reason, "an old bug");
}

TEST(PlaceOfTarget, IsItsProfileWhereThatLiesInTheTree) {
  Results results;
  EXPECT_EQ(place_of_target(results), "wsconform.json");
  results.target.profile = "./ci/wsconform.json";
  EXPECT_EQ(place_of_target(results), "ci/wsconform.json");
  for (const char* outside : {"/elsewhere/wsconform.json", "../wsconform.json"}) {
    results.target.profile = outside;
    EXPECT_EQ(place_of_target(results), "wsconform.json") << outside;
  }
}

}  // namespace
}  // namespace wsconform::alert_test
