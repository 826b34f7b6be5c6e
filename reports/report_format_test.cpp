#include "reports/report_format.h"

#include <gmock/gmock.h>

#include "reports/results/results_json.h"
#include "reports/results/sample_results.h"

namespace wsconform::report_format_test {
namespace {

using testing::StartsWith;

TEST(ReportFormat, EveryFormatIsFoundAgainByItsName) {
  for (const ReportFormat format : all_report_formats) {
    EXPECT_EQ(report_format_named(name_of(format)), format);
  }
}

TEST(ReportFormat, AnUnknownNameIsNoFormat) {
  for (const char* name : {"", "HTML", "xml", "junit "}) {
    EXPECT_EQ(report_format_named(name), std::nullopt) << name;
  }
}

TEST(ReportFormat, TheEndOfAFileNameNamesAFormat) {
  EXPECT_EQ(report_format_of_path("out/report.html"), ReportFormat::html);
  EXPECT_EQ(report_format_of_path("REPORT.HTM"), ReportFormat::html);
  EXPECT_EQ(report_format_of_path("results.json"), ReportFormat::json);
  EXPECT_EQ(report_format_of_path("junit.xml"), ReportFormat::junit);
  EXPECT_EQ(report_format_of_path("a.b.tap"), ReportFormat::tap);
  EXPECT_EQ(report_format_of_path("summary.md"), ReportFormat::markdown);
  EXPECT_EQ(report_format_of_path("summary.markdown"), ReportFormat::markdown);
  EXPECT_EQ(report_format_of_path("scan.sarif"), ReportFormat::sarif);
  EXPECT_EQ(report_format_of_path("scan.sarif.json"), ReportFormat::sarif);
  EXPECT_EQ(report_format_of_path("gl-code-quality-report.json"), ReportFormat::gitlab);
}

TEST(ReportFormat, AnotherFileNameNamesNone) {
  for (const char* path : {"", "report", "html", "report.html.gz", "report.txt"}) {
    EXPECT_EQ(report_format_of_path(path), std::nullopt) << path;
  }
}

TEST(ReportFormat, EachIsWrittenByItsOwnWriter) {
  const Results results = sample_results();
  EXPECT_THAT(write_report(results, ReportFormat::html), StartsWith("<!doctype html>"));
  EXPECT_EQ(write_report(results, ReportFormat::json), to_json(results));
  EXPECT_THAT(write_report(results, ReportFormat::junit), StartsWith("<?xml"));
  EXPECT_THAT(write_report(results, ReportFormat::tap), StartsWith("TAP version 14\n"));
  EXPECT_THAT(write_report(results, ReportFormat::markdown), StartsWith("## sample server"));
  EXPECT_THAT(write_report(results, ReportFormat::sarif), StartsWith("{\n \"$schema\""));
  EXPECT_THAT(write_report(results, ReportFormat::gitlab),
              StartsWith("[\n {\n  \"type\": \"issue\""));
}

TEST(ReportFormat, ResultsReadBackFromJsonGiveTheSameReports) {
  const Results results = sample_results();
  const auto read = results_from_json(to_json(results));
  ASSERT_TRUE(read) << read.error();
  for (const ReportFormat format : all_report_formats) {
    EXPECT_EQ(write_report(*read, format), write_report(results, format)) << name_of(format);
  }
}

TEST(ReportFormat, ARunWithoutCasesIsReportedInEveryFormat) {
  for (const ReportFormat format : all_report_formats) {
    EXPECT_FALSE(write_report(Results{}, format).empty()) << name_of(format);
  }
}

}  // namespace
}  // namespace wsconform::report_format_test
