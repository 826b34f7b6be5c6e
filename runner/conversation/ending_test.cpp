#include "runner/conversation/ending.h"

#include <gtest/gtest.h>

#include "core/tested_connection.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform {
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
const Reaction response_400{.status = 400};
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

struct WordsRow {
  std::string_view name;
  Reaction reaction;
  std::string_view words;
};
void PrintTo(const WordsRow& row, std::ostream* out) {
  *out << row.name;
}

class ReactionInWords : public testing::TestWithParam<WordsRow> {};

TEST_P(ReactionInWords, SaysWhatCame) {
  EXPECT_EQ(words_for(GetParam().reaction), GetParam().words);
}

const WordsRow told[] = {
    {"Open", open, "The connection stayed open: a Ping was answered"},
    {"OpenWithoutEcho", open_without_echo,
     "The connection stayed open: a Ping was answered, a message was not echoed"},
    {"AssumedOpen",
     {.open = true, .all_echoed = true, .upgraded = true, .assumed = true},
     "The connection stayed open"},
    {"Silence", silence, "Nothing: silence, with TCP open"},
    {"SilenceThatLasted", {.silent = true}, "Nothing: silence, with TCP open"},
    {"Fin", fin, "The end of TCP without a Close"},
    {"Reset", reset, "A reset of TCP without a Close"},
    {"Closed", closed_1002, "Close 1002 (protocol error), then the end of TCP"},
    {"ClosedAndReset",
     {.upgraded = true, .end = StreamEnd::reset, .close = SawClose{}},
     "Close without a code, then a reset of TCP"},
    {"CloseWithoutEnd", close_without_end, "Close 1002 (protocol error), and TCP was not ended"},
    {"Response", response_400, "A response with status 400"},
    {"ResponseAndEnd",
     {.end = StreamEnd::fin, .status = 400},
     "A response with status 400, then the end of TCP"},
    {"EndWithoutResponse", end_without_response, "The end of TCP without a response"},
};
INSTANTIATE_TEST_SUITE_P(Of, ReactionInWords, testing::ValuesIn(told),
                         [](const auto& row) { return std::string(row.param.name); });

class ReactionTest : public testing::Test {
 protected:
  static constexpr Instant now = tested::test_start;

  void SetUp() override { receive("HTTP/1.1 101 S\r\n\r\n"); }
  void receive(std::string_view text) { exchange_.receive(bytes_of(text), now); }
  void pass_barrier() {
    exchange_.sent_barrier({}, to_bytes("b"));
    receive(
        "\x8a\x01"
        "b");
  }

  WireLog log_{now};
  Exchange exchange_{Role::server, true, log_, now};
};

TEST_F(ReactionTest, IsOpenOnceTheBarrierIsAnswered) {
  EXPECT_FALSE(reaction_of(exchange_).open);
  pass_barrier();
  EXPECT_TRUE(reaction_of(exchange_).open);
  EXPECT_TRUE(reaction_of(exchange_).upgraded);
  EXPECT_EQ(reaction_of(exchange_).status, 101);
}

TEST_F(ReactionTest, IsNotOpenOnceACloseCame) {
  pass_barrier();
  exchange_.receive(tested::close_from(Role::server, 1000), now);
  EXPECT_FALSE(reaction_of(exchange_).open);
  EXPECT_EQ(reaction_of(exchange_).close->code, 1000);
}

TEST_F(ReactionTest, IsNotOpenOnceTcpEnded) {
  pass_barrier();
  exchange_.receive_end(StreamEnd::reset, now);
  EXPECT_FALSE(reaction_of(exchange_).open);
  EXPECT_EQ(reaction_of(exchange_).end, StreamEnd::reset);
}

}  // namespace
}  // namespace wsconform
