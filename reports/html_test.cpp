#include "reports/html.h"

#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "reports/html/assets.h"
#include "reports/results/sample_results.h"

namespace wsconform::html_test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count_of(const std::string& page, const std::string& pattern) {
  const std::regex regex(pattern);
  return static_cast<std::size_t>(
      std::distance(std::sregex_iterator(page.begin(), page.end(), regex), {}));
}

// The page without its own style and script.
std::string markup_of(const Results& results) {
  std::string page = to_html(results);
  for (const std::string_view own : {report_assets::style, report_assets::script}) {
    const std::size_t at = page.find(own);
    EXPECT_NE(at, std::string::npos);
    page.erase(at, own.size());
  }
  return page;
}

TEST(Html, AllowsNothingButItsOwnStyleAndScript) {
  const std::string page = markup_of(sample_results());
  EXPECT_THAT(page, HasSubstr("content=\"default-src &apos;none&apos;; style-src &apos;sha256-"));
  EXPECT_EQ(count_of(page, "<script"), 1U);
  EXPECT_EQ(count_of(page, "<style"), 1U);
  EXPECT_THAT(page, Not(HasSubstr("unsafe")));
}

TEST(Html, AsksForNothingFromElsewhere) {
  const std::string page = markup_of(sample_results());
  EXPECT_EQ(count_of(page, "<(link|img|iframe|object|embed|base|video|audio|source|use)\\b"), 0U);
  EXPECT_EQ(count_of(page, " (src|srcset|style|on[a-z]+)="), 0U);
  EXPECT_EQ(count_of(page, "href=\"[^#]"), 0U);
  for (const std::string_view own : {report_assets::style, report_assets::script}) {
    EXPECT_THAT(std::string(own), Not(HasSubstr("url(")));
    EXPECT_THAT(std::string(own), Not(HasSubstr("@import")));
    EXPECT_THAT(std::string(own), Not(HasSubstr("://")));
    EXPECT_THAT(std::string(own), Not(HasSubstr("</")));
    EXPECT_THAT(std::string(own), Not(HasSubstr("innerHTML")));
  }
}

TEST(Html, HostileTextCannotLeaveItsPlace) {
  const std::string page = markup_of(sample_results());
  EXPECT_THAT(page,
              HasSubstr("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- ]]&gt;"));
  EXPECT_EQ(count_of(page, "alert\\(1\\)</script>"), 0U);
  EXPECT_EQ(count_of(page, "<!--"), 0U);
  for (const char character : page) {
    const auto byte = static_cast<unsigned char>(character);
    ASSERT_TRUE(byte == '\n' || (byte >= 0x20 && byte != 0x7F)) << static_cast<int>(byte);
  }
}

TEST(Html, HostileIdsCannotLeaveTheirAttributes) {
  Results results = sample_results();
  results.cases[0].id = "s/\" onclick=\"alert(1)";
  results.cases[0].section = "\"><u>";
  results.requirements[0].id = "javascript:alert(1)";
  results.cases[0].requirements = {"javascript:alert(1)"};
  const std::string page = markup_of(results);
  EXPECT_EQ(count_of(page, "\" onclick"), 0U);
  EXPECT_EQ(count_of(page, "\"><u>"), 0U);
  EXPECT_EQ(count_of(page, "href=\"[^#]"), 0U);
}

TEST(Html, EveryCaseHasAnAnchorOfItsOwn) {
  const std::string page = markup_of(sample_results());
  const std::regex anchor("<details class=\"case\" id=\"([^\"]*)\"");
  std::set<std::string> anchors;
  for (std::sregex_iterator at(page.begin(), page.end(), anchor); at != std::sregex_iterator();
       ++at) {
    anchors.insert((*at)[1]);
  }
  EXPECT_EQ(anchors.size(), sample_results().cases.size());
}

TEST(Html, EveryLinkInsideThePageLeadsSomewhere) {
  const std::string page = markup_of(sample_results());
  const std::regex link("href=\"#([^\"]*)\"");
  std::size_t links = 0;
  for (std::sregex_iterator at(page.begin(), page.end(), link); at != std::sregex_iterator();
       ++at) {
    ++links;
    EXPECT_THAT(page, HasSubstr("id=\"" + (*at)[1].str() + "\""));
  }
  EXPECT_GT(links, 20U);
}

TEST(Html, ARunWithEverythingAsExpectedSaysSo) {
  Results results = sample_results();
  results.stop.reset();
  results.dead_known_failing.clear();
  results.exit_code = 0;
  for (CaseResult& result : results.cases) result.unexpected = false;
  EXPECT_THAT(markup_of(results), HasSubstr("<p class=\"outcome good\">Nothing unexpected</p>"));
}

TEST(Html, ARequirementWithoutCasesSaysWhy) {
  Results results;
  results.side = "server";
  results.requirements.resize(3);
  results.requirements[0].id = "a";
  results.requirements[0].testable = false;
  results.requirements[0].because = "nothing to see";
  results.requirements[1].id = "b";
  results.requirements[1].binds = {"client"};
  results.requirements[2].id = "c";
  results.requirements[2].binds = {"client", "server"};
  const std::string page = markup_of(results);
  EXPECT_THAT(page, HasSubstr("id=\"req:a\" data-state=\"untestable\""));
  EXPECT_THAT(page, HasSubstr("<p class=\"why\">nothing to see</p>"));
  EXPECT_THAT(page, HasSubstr("id=\"req:b\" data-state=\"elsewhere\""));
  EXPECT_THAT(page, HasSubstr("<p class=\"why\">This run judged a server.</p>"));
  EXPECT_THAT(page, HasSubstr("id=\"req:c\" data-state=\"uncovered\""));
  EXPECT_THAT(page, HasSubstr("<p class=\"why\">No case of this run checks it.</p>"));
}

TEST(Html, TheBarIsFullAndEveryPartOfItIsSeen) {
  Results results;
  results.cases.resize(5000);
  for (CaseResult& result : results.cases) result.verdict = Verdict::pass;
  for (std::size_t i = 0; i < verdict_count; ++i) results.cases[i].verdict = Verdict(i);
  const std::string page = markup_of(results);
  const std::regex part("<rect class=\"[a-z]+\" x=\"[0-9.]+\" width=\"([0-9.]+)\"");
  double sum = 0;
  std::size_t parts = 0;
  for (std::sregex_iterator at(page.begin(), page.end(), part); at != std::sregex_iterator();
       ++at) {
    const double width = std::stod((*at)[1]);
    EXPECT_GT(width, 5);
    sum += width;
    ++parts;
  }
  EXPECT_EQ(parts, verdict_count);
  EXPECT_NEAR(sum, 1000, 1);
}

TEST(Html, SectionsOfStandardsReadAsTheyAreCited) {
  const std::string page = markup_of(sample_results());
  EXPECT_THAT(page, HasSubstr("<h3>RFC 6455 §5.5 control frames<"));
  EXPECT_THAT(page, HasSubstr("<h3>RFC 7692</h3>"));
}

TEST(Html, EightHundredCasesStayBelowThreeMegabytes) {
  const std::string page = to_html(large_results(800));
  EXPECT_EQ(count_of(page, "<details class=\"case\""), 800U);
  EXPECT_LT(page.size(), 3'000'000U);
}

}  // namespace
}  // namespace wsconform::html_test
