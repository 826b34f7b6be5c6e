#include "runner/input/schema_rules.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace wsconform::schema_rules_test {
namespace {

using enum SchemaKeyword;

std::optional<BrokenKeyword> broken(std::string_view schema, std::string_view value) {
  return SchemaRules(nlohmann::json::parse(schema)).broken_by(Json::parse(value));
}

struct Row {
  std::string_view name;
  std::string_view schema;
  std::string_view kept;
  std::string_view breaking;
  SchemaKeyword keyword;
  std::string_view pointer = "";
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class BrokenKeywordOf : public testing::TestWithParam<Row> {};

TEST_P(BrokenKeywordOf, IsFoundWhereItIsBroken) {
  const Row& row = GetParam();
  EXPECT_FALSE(broken(row.schema, row.kept));
  const auto found = broken(row.schema, row.breaking);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->keyword, row.keyword);
  EXPECT_EQ(found->pointer, row.pointer);
}

constexpr Row rows[] = {
    {"Type", R"({"type": "integer"})", "1", "1.5", type},
    {"OneOfTwoTypes", R"({"type": ["string", "null"]})", "null", "false", type},
    {"Enum", R"({"enum": ["a", 1]})", "1", R"("b")", enumeration},
    {"Const", R"({"const": "a"})", R"("a")", R"("b")", constant},
    {"Minimum", R"({"minimum": 2})", "2", "1", minimum},
    {"Maximum", R"({"maximum": 2})", "2", "2.5", maximum},
    {"NoNumber", R"({"maximum": 2, "type": "string"})", R"("9")", "2", type},
    {"MinItems", R"({"minItems": 1})", "[0]", "[]", min_items},
    {"MaxItems", R"({"maxItems": 1})", "[0]", "[0, 0]", max_items},
    {"UniqueItems", R"({"uniqueItems": true})", "[0, 1]", "[0, 1, 0]", unique_items},
    {"MinLength", R"({"minLength": 2})", R"("éé")", R"("é")", min_length},
    {"MinProperties", R"({"minProperties": 1})", R"({"a": 1})", "{}", min_properties},
    {"MaxProperties", R"({"maxProperties": 0})", "{}", R"({"a": 1})", max_properties},
    {"Required", R"({"required": ["a"]})", R"({"a": 1})", "{}", required},
    {"NoOtherMember", R"({"properties": {"a": {}}, "additionalProperties": false})", R"({"a": 1})",
     R"({"b": 1})", additional_properties},
    {"OtherMembers", R"({"additionalProperties": {"type": "string"}})", R"({"a": "1"})",
     R"({"a/b": 1})", type, "/a~1b"},
    {"Member", R"({"properties": {"a": {"type": "string"}}})", R"({"a": "1"})", R"({"a": 1})", type,
     "/a"},
    {"Items", R"({"items": {"type": "string"}})", R"(["1"])", R"(["1", 2])", type, "/1"},
    {"AllOf", R"({"allOf": [{"minimum": 1}, {"maximum": 2}]})", "2", "3", maximum},
    {"Then", R"({"if": {"minimum": 5}, "then": {"maximum": 9}, "else": {"minimum": 1}})", "9", "10",
     maximum},
    {"Else", R"({"if": {"minimum": 5}, "then": {"maximum": 9}, "else": {"minimum": 1}})", "1", "0",
     minimum},
    {"Reference", R"({"$ref": "#/definitions/a", "definitions": {"a": {"type": "string"}}})",
     R"("1")", "1", type},
};
INSTANTIATE_TEST_SUITE_P(Rows, BrokenKeywordOf, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(BrokenKeyword, LiesDeepest) {
  const auto found = broken(R"({"maxProperties": 1, "properties": {"a": {"items": {"const": 1}}}})",
                            R"({"a": [1, 2], "b": 1})");
  EXPECT_EQ(found->pointer, "/a/1");
  EXPECT_EQ(found->depth, 2U);
}

TEST(BrokenKeyword, NamesTheMember) {
  constexpr auto schema = R"({"required": ["b", "a"], "additionalProperties": false})";
  EXPECT_EQ(broken(schema, "{}")->member, "b");
  EXPECT_EQ(broken(schema, R"({"c": 1})")->member, "c");
  EXPECT_EQ(broken(schema, R"({"c": 1})")->keyword, additional_properties);
}

TEST(BrokenKeyword, ComparesWholeNumbersExactly) {
  EXPECT_TRUE(broken(R"({"maximum": 9223372036854775806})", "9223372036854775807"));
  EXPECT_FALSE(broken(R"({"enum": [18446744073709551615]})", "18446744073709551615"));
  EXPECT_TRUE(broken(R"({"enum": [18446744073709551615]})", "18446744073709551614"));
}

TEST(BrokenKeyword, IsFoundInWhatRefersToItself) {
  constexpr auto tree = R"({"$ref": "#/definitions/tree", "definitions": {"tree": {
    "type": "object", "properties": {"branch": {"$ref": "#/definitions/tree"}}}}})";
  EXPECT_FALSE(broken(tree, R"({"branch": {"branch": {}}})"));
  EXPECT_EQ(broken(tree, R"({"branch": {"branch": 1}})")->pointer, "/branch/branch");
}

TEST(SchemaRules, AreThoseThatAreKnown) {
  const auto refused = [](std::string_view schema) {
    try {
      const SchemaRules rules(nlohmann::json::parse(schema));
    } catch (const std::invalid_argument&) {
      return true;
    }
    return false;
  };
  EXPECT_FALSE(refused(R"({"properties": {"pattern": {"type": "string"}}})"));
  EXPECT_TRUE(refused(R"({"properties": {"a": {"pattern": "b"}}})"));
  EXPECT_TRUE(refused(R"({"allOf": [{"oneOf": []}]})"));
  EXPECT_TRUE(refused(R"({"enum": [[1]]})"));
  EXPECT_TRUE(refused(R"({"const": {}})"));
  EXPECT_TRUE(refused(R"({"$ref": "other.json#/definitions/a"})"));
  EXPECT_TRUE(refused(R"({"items": false})"));
}

}  // namespace
}  // namespace wsconform::schema_rules_test
