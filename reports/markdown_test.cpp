#include "reports/markdown.h"

#include <gmock/gmock.h>

#include <regex>

#include "reports/results/sample_results.h"

namespace wsconform::markdown_test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Results with(std::size_t count, Verdict verdict, bool unexpected) {
  Results results;
  results.target.name = "mine";
  results.cases.resize(count);
  for (CaseResult& result : results.cases) {
    result.id = "s/slug";
    result.reason = "It did.";
    result.verdict = verdict;
    result.unexpected = unexpected;
  }
  return results;
}

TEST(Markdown, TheHeadingSaysTheOutcome) {
  EXPECT_THAT(to_markdown(with(2, Verdict::pass, false)),
              StartsWith("## mine: no unexpected result\n"));
  EXPECT_THAT(to_markdown(with(1, Verdict::fail, true)),
              StartsWith("## mine: 1 unexpected result\n"));
}

TEST(Markdown, CountsEveryVerdict) {
  EXPECT_THAT(to_markdown(with(2, Verdict::pass, false)),
              HasSubstr("| pass | lenient | fail | observed | skipped | error | all |\n"
                        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
                        "| 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n"));
}

TEST(Markdown, UnexpectedResultsStandOpenAndTheRestIsFolded) {
  const std::string open = to_markdown(with(1, Verdict::fail, true));
  EXPECT_THAT(open, HasSubstr("| **fail** | <code>s/slug</code> | It did. |\n"));
  EXPECT_THAT(open, Not(HasSubstr("<details>")));
  const std::string folded = to_markdown(with(1, Verdict::lenient, false));
  EXPECT_THAT(folded, HasSubstr("<summary>1 more result worth a look</summary>"));
  EXPECT_THAT(folded, Not(HasSubstr("### Unexpected")));
}

TEST(Markdown, ALongListIsCutAndSaysSo) {
  const std::string page = to_markdown(with(203, Verdict::fail, true));
  EXPECT_THAT(page, HasSubstr("\nand 3 more.\n"));
  const std::regex row("\\| \\*\\*fail\\*\\*");
  EXPECT_EQ(std::distance(std::sregex_iterator(page.begin(), page.end(), row), {}), 200);
}

TEST(Markdown, MarkupOfTheTargetStaysText) {
  Results results = with(1, Verdict::fail, true);
  results.cases[0].reason = "a|b `c` *d* [e](https://x) <f> @g\n# h";
  EXPECT_THAT(to_markdown(results),
              HasSubstr("a&#124;b &#96;c&#96; &#42;d&#42; &#91;e&#93;(https&#58;//x) &#60;f&#62; "
                        "&#64;g&#92;n&#35; h |\n"));
}

TEST(Markdown, CausesComeFirstAndTheirCasesAreFolded) {
  Results results = with(4, Verdict::fail, true);
  for (CaseResult& each : results.cases) {
    each.cause = {"host-missing", "accepted"};
    each.section = "s";
  }
  results.cases[1].id = "s/slug/variant";
  results.cases[2].id = "s/slug/other";
  results.cases[3].id = "s/more";
  const std::string page = to_markdown(results);
  EXPECT_THAT(page, HasSubstr("### 1 cause behind 4 unexpected results\n"));
  EXPECT_THAT(page, HasSubstr("<b>A request without Host&#58; accepted</b> (4 fails)"));
  EXPECT_THAT(page, HasSubstr("[RFC 6455 §4.2.1](https://www.rfc-editor.org/rfc/rfc6455#section-"));
  EXPECT_THAT(page, HasSubstr("--case s/more</pre>"));
  EXPECT_THAT(page, HasSubstr("- <code>s/slug</code>, 3 variants\n- <code>s/more</code>\n"));
  EXPECT_THAT(page, Not(HasSubstr("### Unexpected")));
}

TEST(Markdown, AnEarlyEndIsTold) {
  Results results = with(1, Verdict::pass, false);
  results.stop = Stop{};
  EXPECT_THAT(to_markdown(results), HasSubstr("**The run ended early&#58; interrupted.**\n"));
}

}  // namespace
}  // namespace wsconform::markdown_test
