#include "runner/casebook/ending_words.h"

#include <gtest/gtest.h>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::ending_words_test {
namespace {

std::string said(std::string_view step) {
  return words(step_of<ExpectEnding>(step));
}

TEST(EndingWords, LeaveOutWhatTheRuleAddsToAPlainEnding) {
  EXPECT_EQ(said(R"({"expect": "open"})"), "the connection stays open and nothing else comes");
  EXPECT_EQ(said(R"({"endings": [{"expect": "failed-connection", "code": 1002, "verdict": "pass"},
                                 {"expect": "open", "verdict": "observed"}]})"),
            "the connection fails with 1002; observed: the connection stays open and nothing else "
            "comes");
}

TEST(EndingWords, TellWhereNoPingBreaksTheSilence) {
  Ending failed;
  failed.kind = EndingKind::failed_connection;
  failed.codes = {1002};
  EXPECT_EQ(words(ExpectEnding{.endings = {failed}, .asks = false}),
            "the connection fails with 1002, without another byte from us");
}

}  // namespace
}  // namespace wsconform::ending_words_test
