#include "runner/casebook/case_expansion.h"

#include <gtest/gtest.h>

#include "runner/input/input_error.h"

namespace wsconform::case_expansion_test {
namespace {

std::vector<Variant> variants(std::string_view entry, std::size_t left = max_expansion) {
  const JsonSource source = JsonSource::parse("p", entry);
  std::vector<Variant> all;
  for_each_variant(source, "", {}, left, [&](const Variant& variant) { all.push_back(variant); });
  return all;
}

std::string fault(std::string_view entry, std::size_t left = max_expansion) {
  try {
    variants(entry, left);
  } catch (const InputError& error) {
    return error.pointer() + ": " + error.message();
  }
  return "";
}

std::string only(std::string_view entry) {
  return variants(entry).at(0).value.dump();
}

TEST(CaseExpansion, LeavesAnEntryWithoutEachAsItIs) {
  const auto all = variants(R"({"id": "a", "steps": [1, true, null, "x"]})");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].name, "");
  EXPECT_EQ(all[0].value.dump(), R"({"id":"a","steps":[1,true,null,"x"]})");
}

TEST(CaseExpansion, GivesTheProductWithTheLastValueFastest) {
  std::string names;
  for (const Variant& each : variants(R"({"each": {"b": ["x", "y"], "a": [1, 2, 3]}, "v": "{b}"})"))
    names += each.name + " ";
  EXPECT_EQ(names, "x-1 x-2 x-3 y-1 y-2 y-3 ");
}

TEST(CaseExpansion, KeepsTheTypeOfATextThatIsOnePlaceholder) {
  EXPECT_EQ(only(R"({"each": {"x": [7]}, "v": ["{x}", "a{x}", "{x}{x}"]})"),
            R"({"v":[7,"a7","77"]})");
  EXPECT_EQ(only(R"({"each": {"x": [true]}, "v": ["{x}", " {x}"]})"), R"({"v":[true," true"]})");
}

TEST(CaseExpansion, PutsTheMembersOfARow) {
  EXPECT_EQ(only(R"({"each": {"row": [{"name": "r1", "hex": "c0", "list": [1, 2], "p": {"a": 1}}]},
                     "v": ["{row}", "{row.hex}", "{row.list}", "{row.p}", "-{row.name}-"]})"),
            R"({"v":["r1","c0",[1,2],{"a":1},"-r1-"]})");
}

TEST(CaseExpansion, PutsValuesIntoNamesOfMembers) {
  EXPECT_EQ(only(R"({"each": {"f": ["Host"]}, "set": {"{f}": "{f}"}})"),
            R"({"set":{"Host":"Host"}})");
}

TEST(CaseExpansion, LeavesTheRunnersPlaceholdersAndOtherBraces) {
  EXPECT_EQ(
      only(
          R"({"v": ["{host}:{port}{path}", "{key}{n}", "{}", "{ a }", "{\"a\":1}", "{A}", "{a", "{a..b}"]})"),
      R"({"v":["{host}:{port}{path}","{key}{n}","{}","{ a }","{\"a\":1}","{A}","{a","{a..b}"]})");
}

TEST(CaseExpansion, FindsAPlaceholderBehindAnOpenBrace) {
  EXPECT_EQ(only(R"({"each": {"x": [7]}, "v": "{{x}}"})"), R"({"v":"{7}"})");
}

struct Row {
  std::string_view name;
  std::string_view entry;
  std::string_view fault;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class BadEntry : public testing::TestWithParam<Row> {};

TEST_P(BadEntry, IsAnInputError) {
  EXPECT_EQ(fault(GetParam().entry), GetParam().fault);
}

constexpr Row rows[] = {
    {"UnknownName", R"({"v": "{x}"})", "/v: uses {x}, which `each` does not name"},
    {"UnknownMember", R"({"each": {"r": [{"name": "a"}]}, "v": "{r.x}"})",
     "/v: uses {r.x}, which the row \"a\" lacks"},
    {"MemberOfNoRow", R"({"each": {"r": [1]}, "v": "{r.x}"})",
     "/v: uses {r.x} of a value that is no row"},
    {"MemberOfTheRunners", R"({"v": "{host.x}"})", "/v: uses {host.x}, which `each` does not name"},
    {"UnknownOfThePolicy", R"({"v": "{policy.pass}"})",
     "/v: uses {policy.pass}, which no policy has"},
    {"PolicyWithoutName", R"({"v": "{policy}"})", "/v: uses {policy}, which no policy has"},
    {"NoList", R"({"each": {"r": 1}})", "/each/r: is no list of values"},
    {"EmptyList", R"({"each": {"r": []}})", "/each/r: is no list of values"},
    {"ListAsValue", R"({"each": {"r": [[1]]}})",
     "/each/r/0: is a list; write it as a row, { \"name\": ..., ... }"},
    {"RowWithoutName", R"({"each": {"r": [{"hex": "00"}]}})", "/each/r/0: is a row without a name"},
    {"NameNoSlug", R"({"each": {"r": ["ok", "a b"]}})",
     "/each/r/1: has a name that does not fit into an id; write it as a row"},
    {"EmptyName", R"({"each": {"r": [""]}})",
     "/each/r/0: has a name that does not fit into an id; write it as a row"},
    {"KeptName", R"({"each": {"host": [1]}})", "/each/host: is a name that the runner fills in"},
    {"BadName", R"({"each": {"A b": [1]}})", "/each/A b: is no name for a placeholder"},
    {"ObjectInText", R"({"each": {"r": [{"name": "a", "o": {}}]}, "v": "x{r.o}"})",
     "/v: puts a value into a text that is neither text nor number"},
    {"MemberTwice", R"({"each": {"r": ["a"]}, "v": {"a": 1, "{r}": 2}})",
     "/v/{r}: is named twice once values are put in"},
};
INSTANTIATE_TEST_SUITE_P(Rows, BadEntry, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

std::string hundred_numbers() {
  std::string list = "[0";
  for (int i = 1; i < 100; ++i) list += "," + std::to_string(i);
  return list + "]";
}

TEST(CaseExpansion, LeavesThePlaceholdersOfThePolicyToTheRunner) {
  EXPECT_EQ(fault(R"({"v": "{policy.origin}.x {policy.ticket-again}"})"), "");
}

TEST(CaseExpansion, StopsBeforeAMillionVariants) {
  const std::string list = hundred_numbers();
  EXPECT_EQ(fault(R"({"each": {"a": )" + list + R"(, "b": )" + list + R"(, "c": )" + list + "}}"),
            "/each/c: makes too many variants");
}

TEST(CaseExpansion, StopsWhereValuesGrowPastTheBound) {
  const std::string entry = R"({"each": {"r": [{"name": "a", "t": ")" + std::string(1000, 'x') +
                            R"("}]}, "v": "{r.t}{r.t}{r.t}{r.t}"})";
  EXPECT_EQ(fault(entry, 4500), "");
  EXPECT_EQ(fault(entry, 3500), "/v: makes the variants of this file too large");
}

TEST(IsSlug, TakesWhatFitsIntoAnId) {
  for (const char* good : {"a", "0", "ping-126", "1.5_x+y", "Text"})
    EXPECT_TRUE(is_slug(good)) << good;
  for (const char* bad : {"", "-a", "a/b", "a b", "a*", "é", ".."})
    EXPECT_FALSE(is_slug(bad)) << bad;
}

}  // namespace
}  // namespace wsconform::case_expansion_test
