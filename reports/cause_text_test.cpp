#include "reports/cause_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/results/results.h"

namespace wsconform::cause_text_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Of a case that broke off so, with the last words of the target in its notes.
std::string told(std::string_view came) {
  Results results;
  CaseResult result;
  result.id = "s/slug";
  result.section = "s";
  result.says = "It is served.";
  result.reason = "It broke off.";
  result.verdict = Verdict::fail;
  result.unexpected = true;
  result.cause = {"s/1-asked", std::string(came)};
  result.notes = {"Its last error output: node:1\n\n   ^\nTypeError: \x1b[2J",
                  "2\n3\n4\n5\n6\n7\n8\n9"};
  results.cases = {result};
  return causes_in_words(results, 1);
}

TEST(CauseInWords, TellsTheFirstLinesOfWhatATargetSaidThatDied) {
  const std::string text = told("died");
  EXPECT_THAT(text, HasSubstr("     Notes    Its last error output: node:1\n"
                              "                 ^\n"
                              "              TypeError: \\x1b[2J\n"
                              "              2\n"));
  EXPECT_THAT(text, HasSubstr("              6\n     Again"));
}

TEST(CauseInWords, LeavesNotesToTheReportWhereTheTargetLives) {
  EXPECT_THAT(told("accepted"), Not(HasSubstr("Notes")));
}

}  // namespace
}  // namespace wsconform::cause_text_test
