#include "runner/input/json_source.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "runner/input/input_error.h"

namespace wsconform::json_source_test {
namespace {

constexpr std::string_view text = R"({
  "a": 1,
  "b": [
    true, null,
    { "c/d": "x",
      "~": -2.5
    }
  ], "e": 7
})";

TEST(JsonSource, KnowsTheLineOfEveryValue) {
  const JsonSource source = JsonSource::parse("p", text);
  EXPECT_EQ(source.line_of(""), 1u);
  EXPECT_EQ(source.line_of("/a"), 2u);
  EXPECT_EQ(source.line_of("/b"), 3u);
  EXPECT_EQ(source.line_of("/b/0"), 4u);
  EXPECT_EQ(source.line_of("/b/1"), 4u);
  EXPECT_EQ(source.line_of("/b/2"), 5u);
  EXPECT_EQ(source.line_of("/b/2/c~1d"), 5u);
  EXPECT_EQ(source.line_of("/b/2/~0"), 6u);
  EXPECT_EQ(source.line_of("/e"), 8u);
}

TEST(JsonSource, FallsBackToTheNearestValueAround) {
  const JsonSource source = JsonSource::parse("p", text);
  EXPECT_EQ(source.line_of("/b/2/none/0"), 5u);
  EXPECT_EQ(source.line_of("/b/99"), 3u);
  EXPECT_EQ(source.line_of("/b/99999999999999999999"), 3u);
  EXPECT_EQ(source.line_of("/a/b"), 2u);
}

TEST(JsonSource, KeepsValuesAndTheirOrder) {
  const JsonSource source = JsonSource::parse("p", R"({"z": 1, "a": [2, "x"], "m": null})");
  EXPECT_EQ(source.value().dump(), R"({"z":1,"a":[2,"x"],"m":null})");
}

TEST(JsonSource, KeepsTheLargestUnsignedNumber) {
  const JsonSource source = JsonSource::parse("p", "[18446744073709551615]");
  EXPECT_EQ(source.value()[0].get<std::uint64_t>(), UINT64_MAX);
}

TEST(JsonSource, WritesPointersWithTheirEscapes) {
  EXPECT_EQ(pointer_to("/a", "b/c~d"), "/a/b~1c~0d");
  EXPECT_EQ(pointer_to("", std::size_t{3}), "/3");
}

struct Row {
  std::string_view name;
  std::string text;
  std::string_view message;
  std::size_t line;
  std::size_t times = 1;         // so often the text stands in the file,
  std::string_view before = "";  // behind this
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class BadText : public testing::TestWithParam<Row> {};

TEST_P(BadText, IsAnInputError) {
  std::string whole(GetParam().before);
  for (std::size_t i = 0; i < GetParam().times; ++i) whole += GetParam().text;
  try {
    JsonSource::parse("p", whole);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(error.line(), GetParam().line);
    EXPECT_NE(error.message().find(GetParam().message), std::string::npos) << error.message();
    EXPECT_LT(error.message().size(), 250u);
  }
}

std::string many_members() {
  std::string object = "{";
  for (int i = 0; i < 1001; ++i) object += "\"" + std::to_string(i) + "\": 0,";
  return object + "\"last\": 0}";
}

const Row rows[] = {
    {"Empty", "", "is not JSON", 1},
    {"OnlySpace", " \n \n", "is not JSON", 2},
    {"NoJson", "\nhello", "is not JSON", 2},
    {"Unfinished", "{\n\"a\": [1,\n2", "is not JSON", 3},
    {"TwoTexts", "{}\n{}", "is not JSON", 2},
    {"MemberTwice", "{\"a\": 1,\n\"a\": 2}", "names the member \"a\" twice", 2},
    {"InvalidUtf8", "[\"\xff\"]", "is not JSON", 1},
    {"NumberTooLarge", "[1e999]", "is not JSON", 1},
    {"DeepNesting", "[", "is nested too deeply", 1, 100'000},
    {"DeepObjects", "{\"a\":", "is nested too deeply", 1, 100'000},
    {"TooManyValues", "1,", "holds too many values", 1, 300'000, "["},
    {"TooManyMembers", many_members(), "has an object with too many members", 1},
    {"TooLarge", " ", "is too large", 0, max_json_size + 1},
};
INSTANTIATE_TEST_SUITE_P(Rows, BadText, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(JsonSource, ReadsAFile) {
  const auto path = std::filesystem::path(testing::TempDir()) / "json_source_test.json";
  std::ofstream(path) << "[1,\n2]";
  const JsonSource source = JsonSource::read(path);
  EXPECT_EQ(source.path(), path.string());
  EXPECT_EQ(source.line_of("/1"), 2u);
}

TEST(JsonSource, SaysThatAFileCannotBeRead) {
  EXPECT_THROW(JsonSource::read("/nonexistent/x.json"), InputError);
  EXPECT_THROW(JsonSource::read("/"), InputError);
}

TEST(JsonSource, ReadsNoMoreOfAnEndlessFileThanItsBound) {
  EXPECT_THROW(JsonSource::read("/dev/zero"), InputError);
}

}  // namespace
}  // namespace wsconform::json_source_test
