#include "runner/conversation/reaction_words.h"

#include <gtest/gtest.h>

#include "core/close_payload.h"

namespace wsconform::reaction_words_test {
namespace {

SawClose close_with(std::uint16_t code) {
  return {code, encode_close_payload(code)};
}

const Reaction open{.open = true, .all_echoed = true, .upgraded = true};
const Reaction open_without_echo{.open = true, .upgraded = true};
const Reaction silence{.upgraded = true};
const Reaction fin{.upgraded = true, .end = StreamEnd::fin};
const Reaction reset{.upgraded = true, .end = StreamEnd::reset};
const Reaction closed_1002{.upgraded = true, .end = StreamEnd::fin, .close = close_with(1002)};
const Reaction close_without_end{.upgraded = true, .close = close_with(1002)};
const Reaction response_400{.status = 400};
const Reaction end_without_response{.end = StreamEnd::fin};

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
     "The connection stayed open: a Ping was answered, but a message was not echoed"},
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
    {"EndWithoutRequest",
     {.of = Role::client, .end = StreamEnd::fin},
     "The end of TCP without a request"},
    {"EndInARequest",
     {.of = Role::client, .end = StreamEnd::reset, .opening_begun = true},
     "A reset of TCP in the middle of the request"},
    {"RequestThatDoesNotEnd",
     {.of = Role::client, .opening_begun = true},
     "A request that did not end"},
};
TEST(ClauseOfAReaction, StandsInTheMiddleOfASentence) {
  EXPECT_EQ(clause_for(fin), "the end of TCP without a Close");
  EXPECT_EQ(clause_for(response_400), "a response with status 400");
  EXPECT_EQ(clause_for(closed_1002), "Close 1002 (protocol error), then the end of TCP");
}

INSTANTIATE_TEST_SUITE_P(Of, ReactionInWords, testing::ValuesIn(told),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace wsconform::reaction_words_test
