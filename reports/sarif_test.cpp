#include "reports/sarif.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "reports/results/sample_results.h"

namespace wsconform::sarif_test {
namespace {

using nlohmann::json;
using testing::EndsWith;
using testing::StartsWith;

json run_of(const Results& results) {
  return json::parse(to_sarif(results))["runs"][0];
}

json result_for(const json& run, const std::string& slug) {
  for (const json& result : run["results"]) {
    if (result["ruleId"].get<std::string>().ends_with(slug)) return result;
  }
  return nullptr;
}

TEST(Sarif, NamesItsVersionAndTool) {
  const json log = json::parse(to_sarif(sample_results()));
  EXPECT_EQ(log["version"], "2.1.0");
  EXPECT_EQ(log["runs"][0]["tool"]["driver"]["name"], "wsconform");
  EXPECT_EQ(log["runs"][0]["tool"]["driver"]["version"], "0.1.0");
  EXPECT_EQ(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

TEST(Sarif, EveryCaseIsARuleOnceAndEveryResultPointsAtItsRule) {
  const json run = run_of(sample_results());
  const json& rules = run["tool"]["driver"]["rules"];
  EXPECT_EQ(rules.size(), 8U);  // one of nine is a repetition
  ASSERT_EQ(run["results"].size(), 4U);
  for (const json& result : run["results"]) {
    EXPECT_EQ(rules.at(result["ruleIndex"].get<std::size_t>())["id"], result["ruleId"]);
  }
}

TEST(Sarif, LevelsFollowTheVerdict) {
  const json run = run_of(sample_results());
  EXPECT_EQ(result_for(run, "/ping-126")["level"], "error");
  EXPECT_EQ(result_for(run, "/cut-at-tcp-seam")["level"], "warning");
  EXPECT_EQ(result_for(run, "/1005")["level"], "note");
  EXPECT_EQ(result_for(run, "/ping-125"), nullptr);
  EXPECT_EQ(result_for(run, "/bomb"), nullptr);
}

TEST(Sarif, TheMessageBeginsWithTheReason) {
  const json run = run_of(sample_results());
  EXPECT_THAT(result_for(run, "/ping-126")["message"]["text"].get<std::string>(),
              StartsWith("The target answered the illegal frame with a Pong"));
}

TEST(Sarif, AKnownFailureIsSuppressedWithTheReasonOfTheList) {
  const json run = run_of(sample_results());
  const json suppressions = result_for(run, "/hostile-head")["suppressions"];
  ASSERT_EQ(suppressions.size(), 1U);
  EXPECT_EQ(suppressions[0]["justification"], "the proxy in front adds Host: #1234");
  EXPECT_FALSE(result_for(run, "/ping-126").contains("suppressions"));
}

TEST(Sarif, TheAddressOfTheTargetIsAUri) {
  Results results = sample_results();
  results.target.url = "ws://[::1]:9/a b\"\xff?q=%20";
  const json result = result_for(run_of(results), "/ping-126");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "ws://[::1]:9/a%20b%22%FF?q=%20");
  EXPECT_THAT(
      result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].get<std::string>(),
      EndsWith("/ping-126"));
}

}  // namespace
}  // namespace wsconform::sarif_test
