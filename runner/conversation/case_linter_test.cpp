#include "runner/conversation/case_linter.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::case_linter_test {
namespace {

namespace fs = std::filesystem;

TEST(CaseLinter, TakesAPlainSentence) {
  EXPECT_EQ(fault_of_says("A Ping one byte too long fails the connection."), "");
  EXPECT_EQ(fault_of_says("A length of 2.5 is e.g. fine."), "");
}

TEST(CaseLinter, WantsCasesToSayWhatHappens) {
  EXPECT_EQ(fault_of_says("A Ping"), "does not end with a period");
  EXPECT_EQ(fault_of_says("It Should fail."), "says \"should\": it states what happens");
  EXPECT_EQ(fault_of_says("Test that it fails."), "says \"test that\": it states what happens");
  EXPECT_EQ(fault_of_says("It fails. It ends."), "is more than one sentence");
}

Requirement requirement(std::string id, Level level, std::vector<Role> binds) {
  Requirement made;
  made.id = std::move(id);
  made.level = level;
  made.binds = std::move(binds);
  return made;
}

std::vector<Requirement> catalogue() {
  return {requirement("x/1-must", Level::must, {Role::server, Role::client}),
          requirement("x/1-may", Level::may, {Role::server})};
}

Case citing(std::vector<std::string> requirements, Level level,
            std::vector<Role> sides = {Role::server}) {
  Case made;
  made.requirements = std::move(requirements);
  made.level = level;
  made.sides = std::move(sides);
  return made;
}

TEST(CaseLinter, WantsAKnownRequirementOfTheLevelForEverySide) {
  EXPECT_EQ(fault_of_requirements(citing({"x/1-may", "x/1-must"}, Level::must), catalogue()), "");
  EXPECT_EQ(fault_of_requirements(citing({"x/1-may"}, Level::observe), catalogue()), "");
  EXPECT_EQ(fault_of_requirements(citing({"x/1-nay"}, Level::may), catalogue()),
            "names \"x/1-nay\", which no catalogue has");
  EXPECT_EQ(fault_of_requirements(citing({"x/1-may"}, Level::should), catalogue()),
            "names no requirement of the level should");
  EXPECT_EQ(fault_of_requirements(citing({"x/1-may"}, Level::may, {Role::client}), catalogue()),
            "names no requirement that binds a client");
}

class LintedFolder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("case_linter_test_" + std::to_string(getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "s");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  std::string catalogue_entry(const std::string& slug) {
    return R"({"id": "x/1-)" + slug +
           R"(", "section": "1", "level": "must", "binds": ["server"], "says": "It is.", "testable": true})";
  }

  fs::path folder_;
};

TEST_F(LintedFolder, TellsOfEveryFileThatIsWrong) {
  write("s/1.json", "nonsense");
  write("s/2.json", "{}");
  write("s/3.json", case_file_text(entry_text("{\"expect\": \"open\"}")));
  const LintReport report = lint_cases(folder_);
  EXPECT_EQ(report.files, 3u);
  EXPECT_EQ(report.cases, 1u);
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_NE(report.findings[0].text().find("s/1.json:1: is not JSON"), std::string::npos)
      << report.findings[0].text();
}

TEST_F(LintedFolder, AsksOfAWholeSuiteThatNothingIsLeftOut) {
  write("s/1.json",
        case_file_text(entry_text("{\"send\": \"reserved-3\"},\n{\"expect\": \"open\"}")));
  EXPECT_TRUE(lint_cases(folder_).unreached.empty());
  write("requirements/x.json", R"({"standard": "x", "title": "X", "requirements": [)" +
                                   catalogue_entry("y") + "," + catalogue_entry("z") + "]}");
  const LintReport report = lint_cases(folder_);
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.uncovered, (std::vector<std::string>{"x/1-z"}));
  const auto has = [&](std::string_view name) {
    return std::find(report.unreached.begin(), report.unreached.end(), name) !=
           report.unreached.end();
  };
  EXPECT_TRUE(has("reserved-control-opcode"));
  EXPECT_TRUE(has("host-missing"));
  EXPECT_FALSE(has("reserved-data-opcode"));
  EXPECT_FALSE(has("control-flood"));
}

TEST_F(LintedFolder, AsksOfASuiteForClientsWhatConcernsThem) {
  write("s/1.json",
        case_file_text(entry_text("{\"send\": \"reserved-3\"},\n{\"expect\": \"open\"}")));
  write("requirements/x.json", R"({"standard": "x", "title": "X", "requirements": [)" +
                                   catalogue_entry("y") + "," + catalogue_entry("z") + "]}");
  const LintReport report = lint_cases(folder_, Role::client);
  EXPECT_TRUE(report.uncovered.empty()) << "both bind a server";
  const auto has = [&](std::string_view name) {
    return std::ranges::find(report.unreached, name) != report.unreached.end();
  };
  EXPECT_TRUE(has("reserved-data-opcode")) << "its case is for servers";
  EXPECT_TRUE(has("masked-server-frame"));
  EXPECT_FALSE(has("unmasked-client-frame"));
  EXPECT_TRUE(has("accept-wrong"));
  EXPECT_FALSE(has("host-missing"));
}

TEST_F(LintedFolder, KnowsRequirementsFromElsewhere) {
  const std::vector<Requirement> others = {requirement("x/1-must", Level::must, {Role::server})};
  write("s/1.json", case_file_text(entry_text(R"({"expect": "open"})")));
  const LintReport report = lint_cases(folder_, Role::server, others);
  ASSERT_EQ(report.findings.size(), 1u) << "x/1-y is none of x";
  EXPECT_NE(report.findings[0].text().find("names \"x/1-y\", which no catalogue has"),
            std::string::npos);
  EXPECT_TRUE(report.unreached.empty());
  const std::vector<Requirement> foreign = {requirement("y/1-must", Level::must, {Role::server})};
  EXPECT_TRUE(lint_cases(folder_, Role::server, foreign).findings.empty()) << "x is of its own";
}

TEST_F(LintedFolder, TellsAFaultOfManyVariantsOnce) {
  write(
      "s/1.json",
      case_file_text(R"({"id": "a", "says": "No period", "requirements": ["x/1-y"], "level": "must",
      "each": {"n": [1, 2, 3]}, "steps": [{"expect": "open"}]})"));
  EXPECT_EQ(lint_cases(folder_).findings.size(), 1u);
}

TEST(CaseLinter, FindsNothingInTheSuite) {
  const LintReport report = lint_cases(WSCONFORM_SOURCE_DIR "/cases");
  for (const LintFinding& finding : report.findings) ADD_FAILURE() << finding.text();
  for (const std::string& name : report.unreached) ADD_FAILURE() << "no case breaks " << name;
  EXPECT_GE(report.cases, 220u);
}

}  // namespace
}  // namespace wsconform::case_linter_test
