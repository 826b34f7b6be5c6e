#include "reports/html.h"

#include <gmock/gmock.h>

#include <regex>

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
  EXPECT_EQ(count_of(page, "<script>"), 1U);
  EXPECT_EQ(
      count_of(page, "<script(?! type=\"text/plain\" id=\"[a-z0-9-]+\">[A-Za-z0-9+/=]*</script>)"),
      1U);
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
  Results results = sample_results();
  results.target.name = "</script><script>alert(1)</script><!-- ]]> &amp; \" ' `";
  results.dead_known_failing = {"<b>\x1b[31m"};
  results.cases[0].id = "s/\" onclick=\"alert(1)";
  const std::string page = markup_of(results);
  EXPECT_THAT(page,
              HasSubstr("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- ]]&gt;"));
  EXPECT_EQ(count_of(page, "alert\\(1\\)</script>"), 0U);
  EXPECT_EQ(count_of(page, "\" onclick"), 0U);
  EXPECT_EQ(count_of(page, "<!--"), 0U);
  for (const char character : page) {
    const auto byte = static_cast<unsigned char>(character);
    ASSERT_TRUE(byte == '\n' || (byte >= 0x20 && byte != 0x7F)) << static_cast<int>(byte);
  }
}

TEST(Html, TellsTheCausesWithoutScript) {
  const std::string page = markup_of(sample_results());
  EXPECT_THAT(page,
              HasSubstr("<li><b>A control frame of more than 125 bytes: accepted</b> (1 fail)"));
  EXPECT_THAT(page, HasSubstr("--case rfc6455/5.5-control-frames/ping-126</code>"));
}

TEST(Html, ARunWithEverythingAsExpectedSaysSo) {
  Results results = sample_results();
  results.stop.reset();
  results.dead_known_failing.clear();
  results.exit_code = 0;
  for (CaseResult& result : results.cases) result.unexpected = false;
  EXPECT_THAT(markup_of(results), HasSubstr("<p class=\"outcome good\">Nothing unexpected</p>"));
}

TEST(Html, TheBarIsFullAndEveryPartOfItIsSeen) {
  Results results;
  results.cases.resize(1000);
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

TEST(Html, EightHundredCasesStayBelowAMegabyte) {
  EXPECT_LT(to_html(large_results(800)).size(), 1'000'000U);
}

TEST(Html, StaysBelowTenMegabytesWhateverCame) {
  Results results = large_results(1200);
  std::uint32_t number = 1;
  for (CaseResult& each : results.cases) {
    each.reason = std::string(20'000, '<');
    WireEntry entry;
    for (int i = 0; i < 192; ++i) {
      number = number * 1'664'525 + 1'013'904'223;
      entry.bytes.push_back(static_cast<std::uint8_t>(number >> 24));
    }
    each.wire.assign(50, entry);
    for (std::size_t i = 0; i < each.wire.size(); ++i)
      for (std::uint8_t& byte : each.wire[i].bytes)
        byte = static_cast<std::uint8_t>((number = number * 1'664'525 + 1'013'904'223) >> 24);
  }
  EXPECT_LT(to_html(results).size(), 10'000'000U);
}

}  // namespace
}  // namespace wsconform::html_test
