#include "fuzz/live/finding_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/conversation/case_linter.h"

namespace wsconform::finding_case_test {
namespace {

using testing::UnorderedElementsAre;

class FindingCase : public testing::Test {
 protected:
  FindingCase() {
    std::filesystem::remove_all(folder_);
    SendFrame frame;
    frame.opcode = static_cast<Opcode>(5);
    LiveSession session;
    session.moves = {{frame}};
    finding_.cause = {Place::open, "reserved-data-opcode", "open"};
    finding_.sessions = {session};
    finding_.reason = "The connection stays open.";
  }
  ~FindingCase() override { std::filesystem::remove_all(folder_); }

  Oracle oracle_{std::vector<Case>{cited_by(static_cast<Opcode>(3), "rfc6455/5.2-reserved-opcodes"),
                                   cited_by(Opcode::text, "rfc6455/6.2-messages")}};
  Finding finding_;
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("finding_case_" + std::to_string(getpid()));

 private:
  static Case cited_by(Opcode opcode, const std::string& requirement) {
    Case made;
    made.requirements = {requirement};
    SendFrame frame;
    frame.opcode = opcode;
    made.steps = {frame};
    return made;
  }
};

TEST_F(FindingCase, ReadsAsAPersonWouldWriteIt) {
  const Case made = cases_of(finding_, oracle_, true, 7).front();
  EXPECT_EQ(made.id, "reserved-data-opcode/open-open");
  EXPECT_EQ(made.says,
            "The connection fails between messages: the frame had an opcode that is reserved for "
            "further data frames.");
  EXPECT_EQ(made.because,
            "RFC 6455 §5.2 asks it. Found by fuzzing (seed 7): The connection stays open.");
  EXPECT_EQ(made.requirements, std::vector<std::string>{"rfc6455/5.2-reserved-opcodes"});
  EXPECT_EQ(fault_of_says(made.says), "");
}

TEST_F(FindingCase, IsReadAgainAsItWasWritten) {
  Case made = cases_of(finding_, oracle_, true, 7).front();
  const auto file = keep_cases(folder_, {made});
  std::vector<Case> read = load_cases(folder_);
  ASSERT_EQ(read.size(), 1U);
  made.origin = read.front().origin;
  EXPECT_EQ(read.front(), made);
  EXPECT_EQ(file.filename(), "reserved-data-opcode.json");
}

TEST_F(FindingCase, StandsBesideWhatWasFoundBefore) {
  keep_cases(folder_, cases_of(finding_, oracle_, true, 7));
  finding_.cause.instead = "unasked-message";
  keep_cases(folder_, cases_of(finding_, oracle_, true, 8));
  keep_cases(folder_, cases_of(finding_, oracle_, true, 9));
  EXPECT_EQ(load_cases(folder_).size(), 2U);
}

TEST_F(FindingCase, OfSeveralSessionsAsksWhetherTheNextIsServed) {
  finding_.sessions.push_back(finding_.sessions.front());
  finding_.cause = {Place::open, "together", "died-late"};
  keep_cases(folder_, cases_of(finding_, oracle_, true, 7));
  EXPECT_EQ(load_cases(folder_).front().says,
            "After 2 connections, each as it is here, the server serves the next.");
}

TEST_F(FindingCase, OfSessionsSideBySideIsACaseEachAndOneBesideThem) {
  finding_.sessions.resize(3, finding_.sessions.front());
  finding_.side_by_side = true;
  finding_.cause = {Place::open, "together", "other-connection-not-served"};
  keep_cases(folder_, cases_of(finding_, oracle_, true, 7));
  finding_.sessions.pop_back();
  const auto file = keep_cases(folder_, cases_of(finding_, oracle_, true, 7));
  std::vector<std::string> ids;
  for (const Case& each : load_cases(folder_)) {
    ids.push_back(each.id);
    EXPECT_EQ(fault_of_says(each.says), "") << each.id;
  }
  const std::string name = "together/open-other-connection-not-served";
  EXPECT_THAT(ids, UnorderedElementsAre(name + "/1", name + "/2", name + "/beside"));
  EXPECT_EQ(file, folder_ / (name + ".json"));
  EXPECT_EQ(options_to_replay(finding_), "--case '" + name + "/*' --jobs 3");
}

TEST_F(FindingCase, OnlyObservesWhatTwoEndpointsDifferIn) {
  finding_.cause.there = "close-1002";
  const Case made = cases_of(finding_, oracle_, true, 7).front();
  EXPECT_EQ(made.id, "reserved-data-opcode/open-open-there-close-1002");
  EXPECT_EQ(made.level, Level::observe);
}

}  // namespace
}  // namespace wsconform::finding_case_test
