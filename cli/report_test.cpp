// wsconform report of two results: one run beside another.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/exit_code.h"
#include "cli/tested_program.h"
#include "cli/unpacked_page.h"
#include "reports/results/results.h"
#include "reports/results/results_json.h"

namespace wsconform::report_test {
namespace {

using nlohmann::json;
using tested::Ended;
using tested::run;

CaseResult result(const std::string& id, Verdict verdict) {
  CaseResult made;
  made.id = "s/" + id;
  made.section = "s";
  made.verdict = verdict;
  return made;
}

class ReportOfTwo : public tested::Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    Results now;
    now.target.name = "now";
    now.cases = {result("a", Verdict::pass), result("b", Verdict::fail),
                 result("c", Verdict::pass)};
    Results before;
    before.target.name = "before";
    before.cases = {result("a", Verdict::fail), result("b", Verdict::pass)};
    write("now.json", to_json(now));
    write("before.json", to_json(before));
  }
  json index_of(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    return json::parse(tested::blocks_of_page(page).at("index"));
  }
};

TEST_F(ReportOfTwo, HasTheVerdictsOfTheSecondBesideTheFirst) {
  const Ended ended =
      run({"report", path("now.json"), path("before.json"), "-o", path("both.html")});
  EXPECT_EQ(ended.exit_code, exit_as_expected) << ended.err;
  const json index = index_of("both.html");
  EXPECT_EQ(index["cases"].size(), 3U);
  EXPECT_EQ(index["other"]["name"], "before");
  std::map<std::string, std::string> verdicts;
  for (const json& each : index["other"]["verdicts"]) verdicts[each[0]] = each[1];
  EXPECT_EQ(verdicts, (std::map<std::string, std::string>{{"s/a", "fail"}, {"s/b", "pass"}}));
}

TEST_F(ReportOfTwo, HasNothingBesideItWithoutASecond) {
  EXPECT_EQ(run({"report", path("now.json"), "-o", path("one.html")}).exit_code, exit_as_expected);
  EXPECT_EQ(index_of("one.html")["other"], nullptr);
}

TEST_F(ReportOfTwo, IsRefusedWhereItCannotBeMade) {
  const Ended other_format =
      run({"report", path("now.json"), path("before.json"), "-o", path("both.xml")});
  EXPECT_EQ(other_format.exit_code, exit_usage);
  EXPECT_EQ(other_format.err, "wsconform: Only HTML can compare two results files.\n");
  write("broken.json", "{");
  EXPECT_EQ(run({"report", path("now.json"), path("broken.json"), "-o", path("r.html")}).exit_code,
            exit_usage);
  EXPECT_FALSE(std::filesystem::exists(path("r.html")));
  EXPECT_EQ(
      run({"report", path("now.json"), path("now.json"), path("now.json"), "-o", path("r.html")})
          .exit_code,
      exit_usage);
}

}  // namespace
}  // namespace wsconform::report_test
