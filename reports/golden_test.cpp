// Every report of the sample results but HTML, whose packed parts zlib decides, byte for byte.
// WSCONFORM_UPDATE_GOLDEN=1 rewrites the files.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "reports/console.h"
#include "reports/github.h"
#include "reports/report_format.h"
#include "reports/results/sample_results.h"

namespace wsconform::golden_test {
namespace {

void expect_golden(const std::string& name, const std::string& report) {
  const std::string path = WSCONFORM_SOURCE_DIR "/reports/golden/" + name;
  if (std::getenv("WSCONFORM_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << report;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << "no " << path << "; WSCONFORM_UPDATE_GOLDEN=1 writes it";
  const std::string golden{std::istreambuf_iterator<char>(file), {}};
  // A long report is not printed twice: the first line that differs says enough.
  std::istringstream wanted(golden);
  std::istringstream got(report);
  std::string wanted_line;
  std::string got_line;
  for (int line = 1; std::getline(wanted, wanted_line) && std::getline(got, got_line); ++line) {
    ASSERT_EQ(got_line, wanted_line) << path << ":" << line;
  }
  EXPECT_EQ(report.size(), golden.size());
}

struct GoldenRow {
  ReportFormat format = ReportFormat::json;
  const char* file = "";
};

void PrintTo(const GoldenRow& row, std::ostream* out) {
  *out << row.file;
}

class GoldenTable : public testing::TestWithParam<GoldenRow> {};

TEST_P(GoldenTable, IsWrittenAsBefore) {
  expect_golden(GetParam().file, write_report(sample_results(), GetParam().format));
}

constexpr GoldenRow rows[] = {
    {ReportFormat::json, "results.json"},  {ReportFormat::junit, "report.xml"},
    {ReportFormat::tap, "report.tap"},     {ReportFormat::markdown, "report.md"},
    {ReportFormat::sarif, "report.sarif"}, {ReportFormat::gitlab, "gitlab.json"},
};
INSTANTIATE_TEST_SUITE_P(Golden, GoldenTable, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(name_of(row.param.format)); });

std::string said_about(const Results& results, ConsoleStyle style) {
  std::ostringstream out;
  auto now = std::chrono::steady_clock::time_point{};
  Console console(out, style, [&] { return now += std::chrono::milliseconds(60); });
  console.begin(results.target, results.cases.size());
  for (const CaseResult& result : results.cases) console.finished(result);
  console.end(results, {"report.html", "results.json"});
  return out.str();
}

TEST(Golden, GithubsAnnotationsAreWrittenAsBefore) {
  expect_golden("github.txt", to_github_annotations(sample_results()));
}

TEST(Golden, ConsoleInCiIsWrittenAsBefore) {
  expect_golden("console.txt", said_about(sample_results(), ConsoleStyle{}));
}

}  // namespace
}  // namespace wsconform::golden_test
