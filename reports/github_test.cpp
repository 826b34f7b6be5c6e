#include "reports/github.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "reports/results/results.h"

namespace wsconform::github_test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// As many causes, each with a case.
Results with_causes(std::size_t count) {
  Results results;
  results.target.name = "mine, really: 100%";
  for (std::size_t i = 0; i < count; ++i) {
    CaseResult result;
    result.id = "s/case-" + std::to_string(i);
    result.section = "s";
    result.verdict = Verdict::fail;
    result.cause = {"asked-" + std::to_string(i), "accepted"};
    result.reason = "It\ndid.";
    result.unexpected = true;
    results.cases.push_back(result);
  }
  return results;
}

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(GithubAnnotations, AreAnErrorForEachCause) {
  const std::string told = to_github_annotations(with_causes(2));
  EXPECT_EQ(lines_in(told), 2U);
  EXPECT_THAT(told, StartsWith("::error title=mine%2C really%3A 100%25%3A "));
  EXPECT_THAT(told, HasSubstr("s/case-0"));
}

TEST(GithubAnnotations, AreTenAtMostAndTheLastSaysHowManyMoreThereAre) {
  EXPECT_EQ(lines_in(to_github_annotations(with_causes(10))), 10U);
  const std::string told = to_github_annotations(with_causes(14));
  EXPECT_EQ(lines_in(told), 10U);
  EXPECT_THAT(told, HasSubstr("::5 more causes: see the report.\n"));
}

TEST(GithubAnnotations, LeaveOutWhatIsExpected) {
  Results results = with_causes(1);
  results.cases[0].unexpected = false;
  results.cases[0].known_failing = "old";
  EXPECT_EQ(to_github_annotations(results), "");
}

TEST(GithubAnnotations, AreAWarningWhereThereIsNoVerdict) {
  Results results = with_causes(1);
  results.cases[0].verdict = Verdict::error;
  EXPECT_THAT(to_github_annotations(results), StartsWith("::warning "));
}

TEST(GithubGroup, FoldsUnderItsTitle) {
  EXPECT_EQ(begin_github_group("a\nb"), "::group::a\\nb\n");
  EXPECT_EQ(end_github_group(), "::endgroup::\n");
}

}  // namespace
}  // namespace wsconform::github_test
