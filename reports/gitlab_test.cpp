#include "reports/gitlab.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/results/sample_results.h"

namespace wsconform::gitlab_test {
namespace {

using nlohmann::json;

TEST(Gitlab, HasAnIssueForEachUnexpectedCauseAtTheProfile) {
  const json issues = json::parse(to_gitlab(sample_results()));
  ASSERT_FALSE(issues.empty());
  for (const json& each : issues) {
    EXPECT_EQ(each["location"]["path"], "ci/wsconform.json");
    EXPECT_EQ(each["fingerprint"].get<std::string>().size(), 32U);
  }
}

TEST(Gitlab, KnowsAFindingAgain) {
  Results results = sample_results();
  const json before = json::parse(to_gitlab(results));
  results.target.url = "ws://127.0.0.1:1/";
  results.cases.back().total_ms += 7;
  const json after = json::parse(to_gitlab(results));
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i)
    EXPECT_EQ(after[i]["fingerprint"], before[i]["fingerprint"]);
}

TEST(Gitlab, IsEmptyWhereAllIsExpected) {
  Results results = sample_results();
  for (CaseResult& each : results.cases) each.unexpected = false;
  EXPECT_EQ(to_gitlab(results), "[]\n");
}

}  // namespace
}  // namespace wsconform::gitlab_test
