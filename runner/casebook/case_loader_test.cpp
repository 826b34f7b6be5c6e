#include "runner/casebook/case_loader.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "runner/casebook/act_writer.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_words.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::case_loader_test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view open = R"({"expect": "open"})";

TEST(CaseLoader, FillsInWhatACaseLeavesOut) {
  const Case made = cases_from(entry_text(open)).at(0);
  EXPECT_EQ(made.id, "s/1/a");
  EXPECT_EQ(made.section, "s/1");
  EXPECT_EQ(made.says, "It does.");
  EXPECT_EQ(made.level, Level::must);
  EXPECT_EQ(made.sides, (std::vector<Role>{Role::server}));
  EXPECT_EQ(made.requirements, (std::vector<std::string>{"x/1-y"}));
  EXPECT_TRUE(made.needs.empty());
  EXPECT_FALSE(made.alone);
  EXPECT_FALSE(made.full_only);
  EXPECT_EQ(made.patience, 1);
  EXPECT_TRUE(made.opens);
  EXPECT_EQ(made.origin.file, "test.json");
  EXPECT_EQ(made.origin.line, 2u);
  EXPECT_EQ(made.origin.pointer, "/cases/0");
}

TEST(CaseLoader, ReadsEveryMember) {
  const Case made =
      cases_from(
          entry_text(open, R"("sides": ["client", "server"], "needs": ["echo"], "autobahn": ["2.5"],
          "because": "b", "about": ["accept-repeated"], "alone": true, "intensity": "full", "patience": 4, "handshake": {"drop": ["Host"]})"))
          .at(0);
  EXPECT_EQ(made.sides, (std::vector<Role>{Role::client, Role::server}));
  EXPECT_EQ(made.needs, (std::vector<std::string>{"echo"}));
  EXPECT_EQ(made.autobahn, (std::vector<std::string>{"2.5"}));
  EXPECT_EQ(made.because, "b");
  EXPECT_EQ(made.about, std::vector<HandshakeFault>{HandshakeFault::accept_repeated});
  EXPECT_TRUE(made.alone);
  EXPECT_TRUE(made.full_only);
  EXPECT_EQ(made.patience, 4);
  EXPECT_EQ(made.handshake.drop, (std::vector<std::string>{"Host"}));
}

TEST(CaseLoader, CountsTheFormOfTheTargetsTextsInItsLimits) {
  const std::string text = case_file_text(entry_text(
      R"({"send": "{o}", "payload": {"repeat": "*", "times": "{limit.message}"}}, {"expect": "open"})",
      R"("needs": ["message-limit"], "each": {"o": ["text", "binary"]})"));
  const auto made = load_cases_of(JsonSource::parse("test.json", text), "s/1",
                                  {.max_message = 1000, .max_frame = {}, .text_form = 11});
  EXPECT_EQ(as<SendFrame>(made.at(0).steps[0])->payload.size(), 989U);
  EXPECT_EQ(as<SendFrame>(made.at(1).steps[0])->payload.size(), 1000U) << "binary has no form";
}

TEST(CaseLoader, MakesACaseOfEveryVariant) {
  const auto made = cases_from(entry_text(
      R"({"send": "{opcode}", "payload": {"repeat": "*", "times": "{length}"}}, {"expect": "open"})",
      R"("each": {"opcode": ["text", "binary"], "length": [0, 125]})"));
  ASSERT_EQ(made.size(), 4u);
  EXPECT_EQ(made[0].id, "s/1/a/text-0");
  EXPECT_EQ(made[3].id, "s/1/a/binary-125");
  EXPECT_EQ(as<SendFrame>(made[3].steps[0])->opcode, Opcode::binary);
  EXPECT_EQ(as<SendFrame>(made[3].steps[0])->payload.size(), 125u);
}

TEST(CaseLoader, OpensNoConnectionForACaseThatSendsARequest) {
  EXPECT_FALSE(case_with(R"({"request": {}})").opens);
}

TEST(CaseLoader, NamesTheVariantThatIsWrong) {
  const std::string fault = fault_of(
      entry_text(R"({"send": "{o}"}, {"expect": "open"})", R"("each": {"o": ["ping", "pingg"]})"));
  EXPECT_TRUE(fault.starts_with(R"(/cases/0/steps/0/send: is "pingg", but has to be one of )"));
  EXPECT_TRUE(fault.ends_with(R"("bytes" (in the variant pingg))")) << fault;
}

TEST(CaseLoader, KnowsTheLineOfAStep) {
  try {
    cases_from(entry_text("{\"expect\": \"open\"},\n\n{\"send\": 1}"));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.line(), 4u);
  }
}

struct Row {
  std::string_view name;
  std::string entries;
  std::string_view fault;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class BadFile : public testing::TestWithParam<Row> {};

TEST(CaseLoader, TakesAVariantThatIsWrittenWhole) {
  const auto cases = cases_from(R"({"id": "a/text-1", "says": "b", "requirements": ["c"],
                                    "level": "must", "steps": [{"expect": "open"}]})");
  EXPECT_EQ(cases.front().id, "s/1/a/text-1");
}

TEST_P(BadFile, IsAnInputError) {
  EXPECT_EQ(fault_of(GetParam().entries), GetParam().fault);
}

const Row rows[] = {
    {"NoCases", "", "/cases: has too few elements: the least is 1"},
    {"NumberForACase", "7", "/cases/0: is 7, but has to be an object"},
    {"NullForACase", "null", "/cases/0: is null, but has to be an object"},
    {"CaseWithoutMembers", "{}", "/cases/0: lacks the member \"id\""},
    {"StepsNoList",
     R"({"id": "a", "says": "b", "requirements": ["c"], "level": "must", "steps": {}})",
     "/cases/0/steps: is an object, but has to be a list"},
    {"NoSteps", entry_text(""), "/cases/0/steps: has too few elements: the least is 1"},
    {"UnknownMember", entry_text(open, R"("alone?": true)"),
     R"(/cases/0: has an unknown member "alone?")"},
    {"WrongLevel", entry_text(open, R"("sides": ["servers"])"),
     R"(/cases/0/sides/0: is "servers", but has to be one of "server", "client")"},
    {"AboutNoFault", entry_text(open, R"("about": ["accept-thrice"])"),
     "/cases/0/about: names no fault of a response: accept-thrice"},
    {"AboutAFaultOfARequest", entry_text(open, R"("about": ["key-missing"])"),
     "/cases/0/about: names no fault of a response: key-missing"},
    {"TwiceTheSameId", entry_text(open) + "," + entry_text(open),
     R"(/cases/1: makes the id "s/1/a" a second time)"},
    {"TwiceTheSameVariant", entry_text(open, R"("each": {"x": [1, "1"]})"),
     R"(/cases/0: makes the id "s/1/a/1" a second time)"},
    {"IdWithTwoSlashes",
     R"({"id": "a/b/c", "says": "b", "requirements": ["c"], "level": "must", "steps": [{"expect": "open"}]})",
     "/cases/0/id: is made of more than letters, digits and - . _ +"},
    {"VariantBesideEach",
     R"({"id": "a/b", "each": {"x": [1]}, "says": "b", "requirements": ["c"], "level": "must",
         "steps": [{"expect": "open"}]})",
     "/cases/0/id: names a variant, and `each` makes some"},
    {"NoExpectation", entry_text(R"({"send": "ping"})"),
     "/cases/0/steps: ends without an expectation"},
    {"StepAfterTheEnd", entry_text(R"({"expect": "end"}, {"send": "ping"}, {"expect": "open"})"),
     R"(/cases/0/steps/1: comes after the end of the connection; only "connect" and "turn-to" can)"},
    {"TurnToNone", entry_text(R"({"turn-to": 2}, {"expect": "open"})"),
     "/cases/0/steps/0/turn-to: names a connection that is not open there"},
    {"TurnToTheSame", entry_text(R"({"turn-to": 1}, {"expect": "open"})"),
     "/cases/0/steps/0/turn-to: is the connection at hand"},
    {"TurnToOneThatIsOver",
     entry_text(R"({"expect": "end"}, {"connect": "again"}, {"turn-to": 1}, {"expect": "open"})"),
     "/cases/0/steps/2/turn-to: names a connection that is not open there"},
    {"HeardByNone", entry_text(R"({"send": "text", "heard-by": [1, 2]}, {"expect": "open"})"),
     "/cases/0/steps/0/heard-by: names a connection that is not open there"},
    {"PingHeardByOthers", entry_text(R"({"send": "ping", "heard-by": [1]}, {"expect": "open"})"),
     "/cases/0/steps/0/heard-by: is only for a message"},
    {"HandshakeBesideRequest",
     entry_text(R"({"request": {}}, {"expect": "refusal"})", R"("handshake": {})"),
     "/cases/0/handshake: has no effect in a case that sends a request"},
    {"EachNoObject", entry_text(open, R"("each": [1])"),
     "/cases/0/each: is a list, but has to be an object"},
};
INSTANTIATE_TEST_SUITE_P(Rows, BadFile, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(CaseLoader, TakesAnotherConnectionAfterTheEnd) {
  EXPECT_EQ(fault_of(entry_text(R"({"expect": "end"}, {"connect": "again"}, {"expect": "open"})")),
            "");
}

TEST(CaseLoader, ReadsHowConnectionsAreLeftAndTakenUp) {
  const Case made = cases_from(entry_text(R"({"connect": "again"},
      {"send": "text", "payload": "a", "heard-by": [1, 2]}, {"expect": "text"}, {"turn-to": 1},
      {"expect": "end"}, {"turn-to": 2}, {"expect": "open"})"))
                        .front();
  EXPECT_EQ(as<SendFrame>(made.steps.at(1))->heard_by, (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(as<TurnTo>(made.steps.at(3))->connection, 1U);
  EXPECT_EQ(written(std::get<Act>(made.steps.at(5))), Json({{"turn-to", 2}}));
  EXPECT_EQ(step_words(made.steps.at(5)), "Go on with connection 2.");
}

TEST(CaseLoader, RefusesAFileThatIsNoListOfCases) {
  for (const char* text :
       {"[]", "1", "{}", R"({"title": "a", "standard": "b", "cases": 1})", "null"})
    EXPECT_THROW(load_cases_of(JsonSource::parse("p", text), "s"), InputError) << text;
}

TEST(CaseLoader, SurvivesALongIdAndALongText) {
  const std::string letters(1'000'000, 'a');
  EXPECT_EQ(fault_of(entry_text(R"({"send": ")" + letters + R"("})")).size() < 400, true);
}

class CaseFolder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("case_loader_test_" + std::to_string(getpid()));
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  fs::path folder_;
};

TEST_F(CaseFolder, IsReadFileByFileInTheOrderOfPaths) {
  write("rfc6455/5.5-control.json", case_file_text(entry_text(open)));
  write("rfc6455/5.2-framing.json", case_file_text(entry_text(open)));
  write("rfc6455/README.md", "no case");
  write("case.schema.json", "{}");
  write("requirements/rfc6455.json", "{}");
  const auto cases = load_cases(folder_);
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].id, "rfc6455/5.2-framing/a");
  EXPECT_EQ(cases[1].section, "rfc6455/5.5-control");
}

TEST_F(CaseFolder, WithoutCasesIsAnInputError) {
  EXPECT_THROW(load_cases(folder_), InputError);
  write("requirements/a.json", "{}");
  EXPECT_THROW(load_cases(folder_), InputError);
}

}  // namespace
}  // namespace wsconform::case_loader_test
