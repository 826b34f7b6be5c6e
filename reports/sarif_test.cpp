#include "reports/sarif.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "reports/alert.h"
#include "reports/results/sample_results.h"

namespace wsconform::sarif_test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json run_of(const Results& results) {
  return json::parse(to_sarif(results))["runs"][0];
}

TEST(Sarif, NamesItsVersionAndTool) {
  const json log = json::parse(to_sarif(sample_results()));
  EXPECT_EQ(log["version"], "2.1.0");
  EXPECT_EQ(log["runs"][0]["tool"]["driver"]["name"], "wsconform");
  EXPECT_EQ(log["runs"][0]["tool"]["driver"]["version"], "0.1.0");
  EXPECT_EQ(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

TEST(Sarif, HasARuleAndAResultForEachCauseWithHelp) {
  const Results results = sample_results();
  const json run = run_of(results);
  const std::vector<Alert> alerts = alerts_of(results);
  const json& rules = run["tool"]["driver"]["rules"];
  ASSERT_GT(alerts.size(), 1U);
  ASSERT_EQ(run["results"].size(), alerts.size());
  ASSERT_EQ(rules.size(), alerts.size());
  for (std::size_t i = 0; i < alerts.size(); ++i) {
    EXPECT_EQ(rules[i]["id"], alerts[i].key);
    EXPECT_EQ(run["results"][i]["ruleId"], alerts[i].key);
    EXPECT_EQ(run["results"][i]["ruleIndex"], i);
    EXPECT_THAT(rules[i]["help"]["text"].get<std::string>(), HasSubstr("wsconform run"));
  }
}

TEST(Sarif, LeavesOutWhatIsOnlyLenient) {
  Results results = sample_results();
  std::erase_if(results.cases,
                [](const CaseResult& each) { return each.verdict != Verdict::lenient; });
  ASSERT_FALSE(results.cases.empty());
  EXPECT_TRUE(run_of(results)["results"].empty());
}

TEST(Sarif, PointsIntoTheTreeAndNeverAtTheAddress) {
  const json place = run_of(sample_results())["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "ci/wsconform.json");
  EXPECT_EQ(place["region"]["startLine"], 1);
}

TEST(Sarif, TellsTheSameFindingByTheSameFingerprintInEveryRun) {
  Results results = sample_results();
  const auto fingerprints = [&] {
    std::vector<std::string> all;
    for (const json& each : run_of(results)["results"])
      all.push_back(each["partialFingerprints"]["cause/v1"]);
    return all;
  };
  const auto before = fingerprints();
  results.target.url = "ws://127.0.0.1:1/";
  results.started = "2026-02-03T04:05:06Z";
  for (CaseResult& each : results.cases) each.total_ms += 1;
  EXPECT_EQ(fingerprints(), before);
}

TEST(Sarif, SuppressesWhatIsKnownToFailWithTheReasonOfTheList) {
  Results results = sample_results();
  for (CaseResult& each : results.cases) {
    each.unexpected = false;
    each.known_failing = "an old bug";
  }
  for (const json& each : run_of(results)["results"]) {
    ASSERT_EQ(each["suppressions"].size(), 1U);
    EXPECT_EQ(each["suppressions"][0]["justification"], "an old bug");
  }
}

}  // namespace
}  // namespace wsconform::sarif_test
