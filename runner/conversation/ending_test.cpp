#include "runner/conversation/ending.h"

#include <gtest/gtest.h>

#include "core/close_payload.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::ending_test {
namespace {

SawClose close_with(std::uint16_t code) {
  return {code, encode_close_payload(code)};
}

const Reaction open{.open = true, .all_echoed = true, .upgraded = true};
const Reaction open_without_echo{.open = true, .upgraded = true};
const Reaction silence{.upgraded = true};
const Reaction fin{.upgraded = true, .end = StreamEnd::fin};
const Reaction reset{.upgraded = true, .end = StreamEnd::reset};
const Reaction closed_1000{.upgraded = true, .end = StreamEnd::fin, .close = close_with(1000)};
const Reaction closed_1002{.upgraded = true, .end = StreamEnd::fin, .close = close_with(1002)};
const Reaction closed_empty{.upgraded = true, .end = StreamEnd::fin, .close = SawClose{}};
const Reaction close_without_end{.upgraded = true, .close = close_with(1002)};
const Reaction end_without_response{.end = StreamEnd::fin};

struct FitRow {
  std::string_view name;
  std::string_view expects;
  Reaction reaction;
  std::string_view verdict;  // of the ending that fits
};
void PrintTo(const FitRow& row, std::ostream* out) {
  *out << row.name;
}

class EndingThatFits : public testing::TestWithParam<FitRow> {};

TEST_P(EndingThatFits, GivesItsVerdict) {
  const Case each = cases_from(entry_text(GetParam().expects)).front();
  const auto& step = *as<ExpectEnding>(each.steps.front());
  const Ending* ending = fitting(step.endings, GetParam().reaction);
  EXPECT_EQ(ending == nullptr ? "none" : name_of(ending->verdict), GetParam().verdict);
}

constexpr std::string_view is_open = R"({"expect": "open"})";
constexpr std::string_view is_echo = R"({"expect": "echo"})";
constexpr std::string_view fails_1002 = R"({"expect": "failed-connection", "code": 1002})";
constexpr std::string_view fails_any = R"({"expect": "failed-connection", "code": "any"})";
constexpr std::string_view closed = R"({"expect": "closed", "code": 1000})";
constexpr std::string_view closed_none = R"({"expect": "closed", "code": "none"})";
constexpr std::string_view ends = R"({"expect": "end"})";
const FitRow fits[] = {
    {"OpenIsOpen", is_open, open, "pass"},
    {"OpenNeedsNoEcho", is_open, open_without_echo, "pass"},
    {"SilenceIsNotOpen", is_open, silence, "none"},
    {"EndIsNotOpen", is_open, fin, "none"},
    {"EchoIsAllThatWasSent", is_echo, open, "pass"},
    {"EchoMustNotBeMissing", is_echo, open_without_echo, "none"},
    {"ListedCodePasses", fails_1002, closed_1002, "pass"},
    {"OtherCodeIsLenient", fails_1002, closed_1000, "lenient"},
    {"NoCloseIsLenient", fails_1002, fin, "lenient"},
    {"ResetIsLenient", fails_1002, reset, "lenient"},
    {"CloseWithoutTheEndOfTcp", fails_1002, close_without_end, "none"},
    {"OpenAfterAFault", fails_1002, open, "none"},
    {"AnyCodePasses", fails_any, closed_1000, "pass"},
    {"AnyEndPasses", fails_any, reset, "pass"},
    {"ClosedWithItsCode", closed, closed_1000, "pass"},
    {"ClosedWithAnotherCode", closed, closed_1002, "lenient"},
    {"ClosedNeedsAClose", closed, fin, "none"},
    {"ClosedWithoutACode", closed_none, closed_empty, "pass"},
    {"EndOfAnyKind", ends, reset, "pass"},
    {"EndWithAClose", ends, closed_1000, "pass"},
    {"NoEnd", ends, close_without_end, "none"},
};
INSTANTIATE_TEST_SUITE_P(Reaction, EndingThatFits, testing::ValuesIn(fits),
                         [](const auto& row) { return std::string(row.param.name); });

std::vector<Ending> graded() {
  Ending refused;
  refused.kind = EndingKind::response;
  refused.status.ranges = {{400, 499}};
  Ending ended;
  ended.kind = EndingKind::end;
  ended.verdict = Verdict::lenient;
  return {refused, ended};
}

TEST(Endings, AreDecidedByTheFirstThatFits) {
  const std::vector<Ending> endings = graded();
  const Reaction both{.end = StreamEnd::fin, .status = 404};
  EXPECT_EQ(fitting(endings, both), &endings[0]);
  EXPECT_EQ(fitting(endings, end_without_response), &endings[1]);
  EXPECT_EQ(fitting(endings, {.status = 500}), nullptr);
  EXPECT_EQ(fitting(endings, {.upgraded = true, .end = StreamEnd::fin, .status = 101}), nullptr)
      << "the end of TCP excuses no 101";
}

TEST(Endings, KnowByWhatTheyCanBeDecided) {
  const std::vector<Ending> endings = graded();
  EXPECT_TRUE(any_of_kind(endings, EndingKind::response));
  EXPECT_FALSE(any_of_kind(endings, EndingKind::echo));
  EXPECT_TRUE(allows_status(endings, 404));
  EXPECT_FALSE(allows_status(endings, 101));
  EXPECT_TRUE(may_end(endings));
  EXPECT_FALSE(may_end({Ending{}}));
}

}  // namespace
}  // namespace wsconform::ending_test
