#include "fuzz/report/fuzz_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace wsconform::fuzz_report_test {
namespace {

using testing::HasSubstr;
using testing::Not;

FuzzReport some_report() {
  FuzzReport report;
  report.title = "Fuzzing of ws://host/<b>";
  report.series = {{"frame_stream", 400, 2, {{0, 0, 10, 0}, {2, 400, 30, 1}}}};
  report.found = {{.name = "overflow-in-decode",
                   .target = "frame_stream",
                   .says = "</pre><script>alert(1)</script>",
                   .state = FindingState::still_failing,
                   .file = "findings/x",
                   .command = "fuzzer x",
                   .bytes = "\x81\xff\n\x1b[2J<",
                   .log = {},
                   .seconds = 1.5}};
  report.reach_head = {"rule", "open"};
  report.reach = {{"reserved-data-opcode", "12"}};
  return report;
}

TEST(FuzzReport, LeavesWhatAFindingHoldsInItsPlace) {
  const std::string page = to_html(some_report());
  EXPECT_THAT(page, HasSubstr("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("\\x81\\xff\n\\x1b[2J&lt;"));
  EXPECT_THAT(page, HasSubstr("Fuzzing of ws://host/&lt;b&gt;"));
}

TEST(FuzzReport, TellsInJsonAllThatThePageTells) {
  const auto json = nlohmann::json::parse(to_json(some_report()));
  EXPECT_EQ(json["series"][0]["executions"], 400);
  EXPECT_EQ(json["series"][0]["points"][1], nlohmann::json::parse("[2.0, 400, 30, 1]"));
  EXPECT_EQ(json["findings"][0]["command"], "fuzzer x");
  EXPECT_EQ(json["findings"][0]["state"], "STILL FAILING");
  EXPECT_EQ(json["reach"]["rows"][0][0], "reserved-data-opcode");
}

TEST(FuzzReport, ShowsAFindingThatIsFixedAsPassed) {
  FuzzReport report = some_report();
  EXPECT_THAT(to_html(report), HasSubstr("<strong class=\"fail\">STILL FAILING</strong>"));
  report.found.front().state = FindingState::fixed;
  EXPECT_THAT(to_html(report), HasSubstr("<strong class=\"pass\">FIXED</strong>"));
}

// 400 in two seconds.
TEST(FuzzReport, DrawsTheRateOverTime) {
  const std::string page = to_html(some_report());
  EXPECT_THAT(page, HasSubstr("executions: up to 400 in 2 s"));
  EXPECT_THAT(page, HasSubstr("executions a second, all together: up to 200 in 2 s"));
  EXPECT_THAT(page, HasSubstr("edges: up to 30 in 2 s"));
}

// The second begins when the first is over, and is twice as fast.
TEST(FuzzReport, CountsTheRateOfWhatRanWhen) {
  FuzzReport report = some_report();
  report.series = {{"a", 100, 1, {{0, 0, 1, 0}, {1, 100, 1, 0}}},
                   {"b", 210, 1, {{1, 10, 1, 0}, {2, 210, 1, 0}}}};
  const std::string page = to_html(report);
  EXPECT_THAT(page, HasSubstr("executions a second, all together: up to 200 in 2 s"));
  EXPECT_THAT(page, HasSubstr(">a</text>"));
  EXPECT_THAT(page, HasSubstr(">b</text>"));
}

TEST(FuzzReport, SaysThatNothingWasFound) {
  FuzzReport none;
  none.title = "Nothing";
  EXPECT_THAT(to_html(none), HasSubstr("<p>None.</p>"));
  EXPECT_THAT(to_html(none), HasSubstr("edges: up to 0 in 0 s"));
}

}  // namespace
}  // namespace wsconform::fuzz_report_test
