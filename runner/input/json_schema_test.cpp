#include "runner/input/json_schema.h"

#include <gtest/gtest.h>

namespace wsconform::json_schema_test {
namespace {

std::string fault(const JsonSchema& schema, std::string_view value) {
  const auto found = schema.check(Json::parse(value));
  return found ? found->pointer + ": " + found->message : "";
}

constexpr std::string_view small = R"({
  "type": "object",
  "required": ["a"],
  "additionalProperties": false,
  "properties": {
    "a": { "type": "integer", "minimum": 1, "maximum": 9 },
    "b": { "type": "array", "maxItems": 2, "uniqueItems": true, "items": { "enum": ["x", "y"] } },
    "c": { "$ref": "#/definitions/inner" }
  },
  "definitions": { "inner": { "type": "object", "required": ["deep"] } }
})";

TEST(JsonSchema, TakesWhatKeepsIt) {
  EXPECT_EQ(fault(JsonSchema(small), R"({"a": 1, "b": ["x"]})"), "");
}

TEST(JsonSchema, TellsFaultsInAFewWords) {
  const JsonSchema schema(small);
  EXPECT_EQ(fault(schema, "{}"), R"(: lacks the member "a")");
  EXPECT_EQ(fault(schema, R"({"a": 1, "bb": 2})"), R"(: has an unknown member "bb")");
  EXPECT_EQ(fault(schema, R"({"a": "1"})"), R"(/a: is "1", which is of the wrong type)");
  EXPECT_EQ(fault(schema, R"({"a": 0})"), "/a: is 0, which is too small");
  EXPECT_EQ(fault(schema, R"({"a": 10})"), "/a: is 10, which is too large");
  EXPECT_EQ(fault(schema, R"({"a": 1, "b": ["z"]})"),
            R"(/b/0: is "z", which is none of the values allowed here)");
  EXPECT_EQ(fault(schema, R"({"a": 1, "b": ["x", "x"]})"), "/b: has two equal elements");
  EXPECT_EQ(fault(schema, R"({"a": 1, "b": ["x", "y", "x"]})").substr(0, 3), "/b:");
}

TEST(JsonSchema, TellsTheDeepestFault) {
  EXPECT_EQ(fault(JsonSchema(small), R"({"c": {}})"), R"(/c: lacks the member "deep")");
}

TEST(JsonSchema, TellsAnUnknownMemberBeforeAMissingOne) {
  EXPECT_EQ(fault(JsonSchema(small), R"({"aa": 1})"), R"(: has an unknown member "aa")");
}

TEST(JsonSchema, CanUseOneDefinition) {
  const JsonSchema schema(small, "inner");
  EXPECT_EQ(fault(schema, R"({"deep": 1})"), "");
  EXPECT_EQ(fault(schema, "{}"), R"(: lacks the member "deep")");
}

TEST(JsonSchema, CutsLongValues) {
  EXPECT_LT(fault(JsonSchema(small), R"({"a": ")" + std::string(10'000, 'x') + "\"}").size(), 200u);
}

}  // namespace
}  // namespace wsconform::json_schema_test
