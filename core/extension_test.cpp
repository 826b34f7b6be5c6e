#include "core/extension.h"

#include <gtest/gtest.h>

#include <ostream>

namespace wsconform::extension_test {
namespace {

// A list as text again, values in brackets, to compare with one line.
std::string summary(const std::expected<std::vector<Extension>, GrammarError>& parsed) {
  if (!parsed) return "error";
  std::string text;
  for (const Extension& extension : *parsed) {
    text.append(text.empty() ? "" : " ").append(extension.name);
    for (const ExtensionParameter& parameter : extension.parameters) {
      text.append(";").append(parameter.name);
      if (parameter.value) text.append("[").append(*parameter.value).append("]");
    }
  }
  return text;
}

struct Row {
  const char* name;
  std::string value;
  std::string expected;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class ParseExtensions : public testing::TestWithParam<Row> {};

TEST_P(ParseExtensions, FollowsTheGrammar) {
  EXPECT_EQ(summary(parse_extensions(GetParam().value)), GetParam().expected);
}

// RFC 6455 §9.1.
INSTANTIATE_TEST_SUITE_P(
    WellFormed, ParseExtensions,
    testing::Values(Row{"OneName", "deflate-stream", "deflate-stream"},
                    Row{"SampleWithParameters", "mux; max-channels=4; flow-control, deflate-stream",
                        "mux;max-channels[4];flow-control deflate-stream"},
                    Row{"NoSpaces", "a;b=1;c,d", "a;b[1];c d"},
                    Row{"SpacesEverywhere", " a ; b = 1 ;\tc , d ", "a;b[1];c d"},
                    Row{"QuotedValue", "a; b=\"10\"", "a;b[10]"},
                    Row{"QuotedPair", "a; b=\"1\\0\"", "a;b[10]"},
                    Row{"SpaceBeforeQuote", "a; b= \"10\" ; c", "a;b[10];c"},
                    Row{"EmptyElements", ",, a ,,b,", "a b"},
                    Row{"SameNameTwice", "a; x, a", "a;x a"},
                    Row{"SameParameterTwice", "a; x; x=1", "a;x;x[1]"},
                    Row{"TokenCharacters", "!#$%&'*+-.^_`|~", "!#$%&'*+-.^_`|~"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Malformed, ParseExtensions,
    testing::Values(
        Row{"Empty", "", "error"}, Row{"OnlySpaces", " \t", "error"},
        Row{"OnlyCommas", ",,", "error"}, Row{"OnlySemicolon", ";", "error"},
        Row{"NoParameterAfterSemicolon", "a;", "error"}, Row{"EmptyParameter", "a;;b", "error"},
        Row{"CommaAfterSemicolon", "a;,b", "error"}, Row{"NoName", "=1", "error"},
        Row{"NoParameterName", "a; =1", "error"}, Row{"NoValue", "a; b=", "error"},
        Row{"NoValueBeforeComma", "a; b=,c", "error"}, Row{"TwoValues", "a; b=1=2", "error"},
        Row{"TwoNames", "a b", "error"}, Row{"TwoWordsOfValue", "a; b=1 2", "error"},
        Row{"ValueOfAName", "a=1", "error"}, Row{"QuotedName", "\"a\"", "error"},
        Row{"QuotedEmpty", "a; b=\"\"", "error"}, Row{"QuotedSpace", "a; b=\"1 2\"", "error"},
        Row{"QuotedComma", "a; b=\"1,2\"", "error"}, Row{"QuotedQuote", "a; b=\"\\\"\"", "error"},
        Row{"Unclosed", "a; b=\"10", "error"},
        Row{"UnclosedAfterBackslash", "a; b=\"10\\", "error"},
        Row{"EscapedClosing", "a; b=\"10\\\"", "error"},
        Row{"TextAfterQuote", "a; b=\"1\"0", "error"},
        Row{"SingleQuotedSpace", "a; b='1 2'", "error"}, Row{"Slash", "a/b", "error"},
        Row{"Nul", std::string("a\0b", 3), "error"}, Row{"EightBit", "\xC3\xA9", "error"},
        Row{"EightBitValue", "a; b=\xFF", "error"}, Row{"LineFeed", "a\n", "error"}),
    [](const auto& row) { return row.param.name; });

TEST(ParseExtensionsError, SaysWhereAndWhy) {
  const auto parsed = parse_extensions("foo, bar; baz=");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().offset, 14u);
  EXPECT_EQ(parsed.error().says, "a parameter has an equals sign and no value");
}

// Where the work grows with the square of the length, none of these ends in time.
class HostileExtensions : public testing::TestWithParam<Row> {};

TEST_P(HostileExtensions, EndInOnePass) {
  std::string value = GetParam().value;
  for (int i = 0; i < 1'000'000; ++i) value += GetParam().expected;
  EXPECT_FALSE(parse_extensions(value));
  EXPECT_FALSE(parse_subprotocols(value));
}

INSTANTIATE_TEST_SUITE_P(VeryLong, HostileExtensions,
                         testing::Values(Row{"BackslashesInAnUnclosedQuote", "a; b=\"", "\\"},
                                         Row{"EscapedQuotes", "a; b=\"", "\\\""},
                                         Row{"EscapedLetters", "a; b=\"", "\\c"},
                                         Row{"UnclosedQuote", "a; b=\"", "c"},
                                         Row{"Spaces", "a b", " "}, Row{"Commas", "", ","},
                                         Row{"CommasAndSpaces", "", ", "},
                                         Row{"Semicolons", "a", ";"}, Row{"Equals", "a; b", "="},
                                         Row{"ParametersThenNothing", "a=", ";b"},
                                         Row{"Quotes", "a; b=", "\""}),
                         [](const auto& row) { return row.param.name; });

TEST(ParseExtensionsLong, ReadsAHundredThousandParameters) {
  std::string value = "a";
  for (int i = 0; i < 100'000; ++i) value += "; b=\"\\1\"";
  const auto parsed = parse_extensions(value);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->front().parameters.size(), 100'000u);
}

TEST(ParseSubprotocols, KeepsTheOrder) {
  const auto parsed = parse_subprotocols("superchat,chat , , v1.echo");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, (std::vector<std::string>{"superchat", "chat", "v1.echo"}));
}

TEST(ParseSubprotocols, TakesTokensThatDifferInCase) {
  EXPECT_TRUE(parse_subprotocols("chat, Chat"));
}

TEST(ParseSubprotocols, RefusesWhatIsNotAListOfUniqueTokens) {
  for (const std::string_view value : {"", " ", ",", "chat, chat", "chat superchat", "\"chat\"",
                                       "chat; v=1", "a/b", "a@b", "\xC3\xA9", "chat\x01"}) {
    EXPECT_FALSE(parse_subprotocols(value)) << value;
  }
}

TEST(ParseSubprotocols, ReadsAHundredThousandTokens) {
  std::string value;
  for (int i = 0; i < 100'000; ++i) value += std::to_string(i) + ",";
  const auto parsed = parse_subprotocols(value);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->size(), 100'000u);
  EXPECT_FALSE(parse_subprotocols(value + "99999"));
}

TEST(WriteExtension, WritesWhatParsesToTheSame) {
  const Extension extension{"mux", {{"max-channels", "4"}, {"flow-control", std::nullopt}}};
  EXPECT_EQ(write_extension(extension), "mux; max-channels=4; flow-control");
  EXPECT_EQ(parse_extensions(write_extension(extension))->front(), extension);
}

}  // namespace
}  // namespace wsconform::extension_test
