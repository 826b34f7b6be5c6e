#include "runner/input/json_schema.h"

#include <gtest/gtest.h>
#include <other/valijson.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

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
  EXPECT_EQ(fault(schema, R"({"a": "1"})"), R"(/a: is "1", but has to be a whole number)");
  EXPECT_EQ(fault(schema, R"({"a": 0})"), "/a: is 0, but has to be at least 1");
  EXPECT_EQ(fault(schema, R"({"a": 10})"), "/a: is 10, but has to be at most 9");
  EXPECT_EQ(fault(schema, R"({"a": 1, "b": ["z"]})"),
            R"(/b/0: is "z", but has to be one of "x", "y")");
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

// Our own validator against one that others wrote, over values that keep a schema of
// ours or nearly do.

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Json> case_entries() {
  std::vector<Json> entries;
  for (const auto& each : fs::recursive_directory_iterator(WSCONFORM_SOURCE_DIR "/cases")) {
    if (each.path().extension() != ".json") continue;
    const Json file = Json::parse(text_of(each.path()));
    if (file.contains("cases"))
      for (const Json& entry : file["cases"]) entries.push_back(entry);
  }
  return entries;
}

using Random = std::mt19937;

std::size_t below(std::size_t bound, Random& random) {
  return random() % bound;
}

Json& any_part(Json& whole, Random& random) {
  Json* part = &whole;
  while (part->is_structured() && !part->empty() && below(4, random) != 0) {
    auto inner = part->begin();
    std::advance(inner, below(part->size(), random));
    part = &*inner;
  }
  return *part;
}

// Takes away, puts in, or changes one value.
void disturb(Json& whole, Random& random) {
  static const std::vector<Json> others{nullptr,
                                        true,
                                        -1,
                                        0,
                                        3.5,
                                        70'000,
                                        "",
                                        "x",
                                        "1000",
                                        "open",
                                        Json::array(),
                                        Json::array({1, 1}),
                                        Json::object(),
                                        {{"x", 1}}};
  Json& part = any_part(whole, random);
  const std::size_t how = below(3, random);
  if (how == 0 && part.is_object()) {
    part["stranger"] = 1;
  } else if (how == 1 && part.is_structured() && !part.empty()) {
    auto inner = part.begin();
    std::advance(inner, below(part.size(), random));
    part.erase(inner);
  } else {
    part = others[below(others.size(), random)];
  }
}

TEST(JsonSchema, AgreesWithAValidatorOfOthers) {
  const std::string text = text_of(WSCONFORM_SOURCE_DIR "/cases/case.schema.json");
  const JsonSchema ours(text, "case");
  Json theirs_text = {{"definitions", Json::parse(text)["definitions"]},
                      {"allOf", Json::array({{{"$ref", "#/definitions/case"}}})}};
  const Valijson theirs(theirs_text.dump());
  Random random(1);
  std::size_t kept = 0;
  std::size_t broken = 0;
  for (const Json& entry : case_entries()) {
    Json changed = entry;
    for (int changes = 0; changes < 3; ++changes) {
      const bool keeps = theirs.keeps(changed.dump());
      const auto fault = ours.check(changed);
      ASSERT_EQ(!fault, keeps) << changed.dump() << (fault ? fault->pointer + fault->message : "");
      ++(keeps ? kept : broken);
      disturb(changed, random);
    }
  }
  EXPECT_GT(kept, 100U);
  EXPECT_GT(broken, 500U);
}

}  // namespace
}  // namespace wsconform::json_schema_test
