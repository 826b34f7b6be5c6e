#include "reports/html.h"

#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "reports/html/assets.h"
#include "reports/sample/sample_results.h"

namespace wsconform {
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

Results with_wire(std::size_t entries) {
  Results results;
  CaseResult result;
  result.id = "s/slug";
  result.wire.resize(entries);
  for (std::size_t i = 0; i < entries; ++i)
    result.wire[i].says = "entry " + std::to_string(i) + ".";
  results.cases = {result};
  return results;
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

TEST(Html, AWireLogAtTheBoundIsWhole) {
  const std::string page = markup_of(with_wire(100));
  EXPECT_THAT(page, HasSubstr("entry 60."));
  EXPECT_THAT(page, Not(HasSubstr("left out here")));
}

TEST(Html, AWireLogPastTheBoundLosesItsMiddleAndSaysSo) {
  const std::string page = markup_of(with_wire(103));
  EXPECT_THAT(page, HasSubstr("entry 59."));
  EXPECT_THAT(page, HasSubstr("3 entries left out here; the results file has them"));
  EXPECT_THAT(page, Not(HasSubstr("entry 60.")));
  EXPECT_THAT(page, Not(HasSubstr("entry 62.")));
  EXPECT_THAT(page, HasSubstr("entry 63."));
  EXPECT_THAT(page, HasSubstr("entry 102."));
}

TEST(Html, LongBytesAreCutAndSaidSo) {
  Results results = with_wire(2);
  results.cases[0].wire[0].bytes.assign(193, 0x2A);
  results.cases[0].wire[0].size = 193;
  results.cases[0].wire[1].size = 7;
  const std::string page = markup_of(results);
  EXPECT_THAT(page, HasSubstr("first 192 of 193 bytes"));
  EXPECT_THAT(page, HasSubstr("7 bytes, not kept"));
  EXPECT_EQ(count_of(page, "data-bytes=\"[A-Za-z]{256}\""), 1U);  // 192 bytes in base64
}

TEST(Html, ARunWithEverythingAsExpectedSaysSo) {
  Results results = sample_results();
  results.stopped.clear();
  results.dead_known_failing.clear();
  results.exit_code = 0;
  for (CaseResult& result : results.cases) result.unexpected = false;
  EXPECT_THAT(markup_of(results), HasSubstr("<p class=\"outcome good\">Nothing unexpected</p>"));
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
}  // namespace wsconform
