#include "reports/results/results_json.h"

#include <gmock/gmock.h>
#include <other/valijson.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/results/sample_results.h"

namespace wsconform::results_json_test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

json schema() {
  std::ifstream file(WSCONFORM_SOURCE_DIR "/reports/results/results.schema.json");
  return json::parse(file);
}

bool fits_schema(const json& document) {
  static const Valijson validator(schema().dump());
  return validator.keeps(document.dump());
}

// The error of reading the sample after a change to its JSON.
std::string error_after(const std::function<void(json&)>& change) {
  json document = json::parse(to_json(sample_results()));
  change(document);
  const auto results = results_from_json(document.dump());
  return results ? "no error" : results.error();
}

TEST(ResultsJson, ReadsBackExactlyWhatItWrote) {
  Results results = large_results(3);
  const auto read = results_from_json(to_json(results));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->target.url, results.target.url);
  EXPECT_EQ(read->seed, results.seed);
  EXPECT_EQ(to_json(*read), to_json(results));
}

TEST(ResultsJson, LosesNothingOfValidStrings) {
  Results results = sample_results();
  results.target.facts.clear();  // holds a byte that is not UTF-8
  std::erase_if(results.cases,
                [](const CaseResult& result) { return result.id.ends_with("hostile-head"); });
  results.target.server = "é \x1b \" \\ \u2028";
  const auto read = results_from_json(to_json(results));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(*read, results);
}

TEST(ResultsJson, KeepsTheOutermostNumbers) {
  Results results;
  results.seed = std::numeric_limits<std::uint64_t>::max();
  results.duration_ms = 0.1 + 0.2;
  results.cases.resize(1);
  results.cases[0].wire_left_out = std::numeric_limits<std::uint64_t>::max();
  results.cases[0].total_ms = std::numeric_limits<double>::denorm_min();
  const auto read = results_from_json(to_json(results));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(*read, results);
}

TEST(ResultsJson, WritesZeroForANumberThatJsonLacks) {
  Results results;
  results.duration_ms = std::nan("");
  results.target.round_trip_ms = std::numeric_limits<double>::infinity();
  const auto read = results_from_json(to_json(results));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->duration_ms, 0);
  EXPECT_EQ(read->target.round_trip_ms, 0);
}

TEST(ResultsJson, ShowsBytesThatAreNotUtf8) {
  Results results;
  results.target.server = "\xff ok \xc0\xaf";
  const json document = json::parse(to_json(results));
  EXPECT_EQ(document["target"]["server"], "\\xff ok \\xc0\\xaf");
}

TEST(ResultsJson, WritesWireBytesAsLowerCaseHex) {
  Results results;
  results.cases.resize(1);
  results.cases[0].wire.resize(1);
  results.cases[0].wire[0].bytes = {0x00, 0x8A, 0xFF};
  const json document = json::parse(to_json(results));
  EXPECT_EQ(document["cases"][0]["wire"][0]["bytes"], "008aff");
}

TEST(ResultsJson, SumsUpTheVerdicts) {
  const json summary = json::parse(to_json(sample_results()))["summary"];
  EXPECT_EQ(summary, json::parse(R"({"cases": 9, "pass": 3, "lenient": 1, "fail": 2, "observed": 1,
                                     "skipped": 1, "error": 1, "unexpected": 2})"));
}

TEST(ResultsJson, TellsTheCausesAndWhichOfThemACaseHas) {
  const json document = json::parse(to_json(sample_results()));
  ASSERT_EQ(document["causes"].size(), 4U);
  const json& worst = document["causes"][0];
  EXPECT_EQ(worst["key"], "control-frame-too-long:accepted");
  EXPECT_EQ(worst["weight"], "must");
  EXPECT_EQ(worst["title"], "A control frame of more than 125 bytes: accepted");
  EXPECT_EQ(worst["section"], "RFC 6455 §5.5");
  EXPECT_EQ(worst["fail"], 1);
  EXPECT_EQ(worst["simplest"], "rfc6455/5.5-control-frames/ping-126");
  EXPECT_EQ(document["cases"][5]["cause"], worst["key"]);
  EXPECT_EQ(document["cases"][2]["cause"], "");
}

TEST(ResultsJson, TellsWhyARunStoppedAsAValueAndInWords) {
  Results results;
  EXPECT_EQ(json::parse(to_json(results))["stop"], nullptr);
  EXPECT_EQ(json::parse(to_json(results))["stopped"], "");
  results.stop = Stop{.kind = Stop::Kind::target_died, .under_way = {"s/a", "s/b"}};
  const json document = json::parse(to_json(results));
  EXPECT_EQ(document["stop"],
            json::parse(R"({"kind": "target-died", "under_way": ["s/a", "s/b"], "why": ""})"));
  EXPECT_EQ(document["stopped"], "the target died or hangs; cases under way: s/a, s/b");
}

TEST(ResultsJson, ReadsWhyARunStoppedFromItsKindAndNeverFromItsWords) {
  for (const auto kind : {Stop::Kind::interrupted, Stop::Kind::unexpected_result,
                          Stop::Kind::target_died, Stop::Kind::target_silent,
                          Stop::Kind::out_of_time, Stop::Kind::machine_fault, Stop::Kind::killed}) {
    Results results;
    results.stop = Stop{.kind = kind, .under_way = {}, .why = "Gone."};
    json document = json::parse(to_json(results));
    document["stopped"] = "other words";
    EXPECT_EQ(results_from_json(document.dump()), results) << document["stop"]["kind"];
  }
  EXPECT_EQ(error_after([](json& all) { all["stop"]["kind"] = "the target died"; }),
            "/stop/kind: unknown name \"the target died\"");
}

TEST(ResultsJson, NamesThePlaceOfALevelThatIsNone) {
  EXPECT_EQ(error_after([](json& all) { all["cases"][1]["level"] = "MUST"; }),
            "/cases/1/level: unknown name \"MUST\"");
  EXPECT_EQ(error_after([](json& all) { all["requirements"][0]["level"] = ""; }),
            "/requirements/0/level: unknown name \"\"");
}

TEST(ResultsJson, FitsItsSchema) {
  EXPECT_TRUE(fits_schema(json::parse(to_json(sample_results()))));
  EXPECT_FALSE(fits_schema(json::parse(R"({"version": 1})")));
}

TEST(ResultsJson, SchemaKnowsNoMemberThatIsNeverWritten) {
  json document = json::parse(to_json(sample_results()));
  for (const char* path : {"/target", "/target/facts/0", "/summary", "/causes/0", "/cases/0",
                           "/cases/0/wire/0", "/requirements/0", "/stop", ""}) {
    const json::json_pointer pointer(path);
    const json object = document[pointer];
    for (const auto& [name, value] : object.items()) {
      document[pointer].erase(name);
      EXPECT_FALSE(fits_schema(document)) << "without " << path << "/" << name;
      document[pointer] = object;
    }
    document[pointer]["stranger"] = 1;
    EXPECT_FALSE(fits_schema(document)) << path << " with a stranger";
    document[pointer] = object;
  }
}

void expect_described(const json& node, const std::string& path) {
  if (!node.contains("properties")) return;
  std::set<std::string> required(node["required"].begin(), node["required"].end());
  for (const auto& [name, property] : node["properties"].items()) {
    EXPECT_FALSE(property.value("description", "").empty()) << path << "/" << name;
    EXPECT_TRUE(required.contains(name)) << path << "/" << name;
    if (property.contains("items")) expect_described(property["items"], path + "/" + name);
  }
}

TEST(ResultsJson, SchemaDescribesEveryMember) {
  const json root = schema();
  expect_described(root, "");
  for (const auto& [name, node] : root["definitions"].items()) expect_described(node, name);
}

TEST(ResultsJson, NamesTheMemberThatIsMissing) {
  EXPECT_EQ(error_after([](json& all) { all["cases"][3].erase("verdict"); }),
            "/cases/3: the member \"verdict\" is missing");
}

TEST(ResultsJson, TakesResultsThatLackWhatAnEarlierProgramDidNotWrite) {
  json document = json::parse(to_json(sample_results()));
  for (json& each : document["cases"]) {
    each.erase("ground");
    each.erase("came");
    each.erase("cause");
  }
  const auto read = results_from_json(document.dump());
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->cases.at(0).ground, "");
  EXPECT_TRUE(read->cases.at(5).cause.empty());
}

TEST(ResultsJson, NamesThePlaceOfAWrongType) {
  EXPECT_EQ(error_after([](json& all) { all["target"]["echoes"] = 1; }),
            "/target/echoes: expected true or false");
  EXPECT_EQ(error_after([](json& all) { all["cases"] = json::object(); }),
            "/cases: expected an array");
  EXPECT_EQ(error_after([](json& all) { all["cases"][0]["wire"][1] = "x"; }),
            "/cases/0/wire/1: expected an object");
  EXPECT_EQ(error_after([](json& all) { all["cases"][0]["says"] = nullptr; }),
            "/cases/0/says: expected a string");
  EXPECT_EQ(error_after([](json& all) { all["duration_ms"] = "1"; }),
            "/duration_ms: expected a number");
  EXPECT_EQ(error_after([](json& all) { all["jobs"] = 1.5; }), "/jobs: expected a whole number");
}

TEST(ResultsJson, RefusesANumberThatNoNumberIsLargeEnoughFor) {
  EXPECT_EQ(results_from_json(R"({"version": 1, "duration_ms": 1e4000})").error(),
            "a number is larger than any that is read");
}

TEST(ResultsJson, NamesThePlaceOfAValueOutOfRange) {
  EXPECT_EQ(error_after([](json& all) { all["jobs"] = 1'000'000'000'000; }),
            "/jobs: the number is out of range");
  EXPECT_EQ(error_after([](json& all) { all["cases"][0]["wire_left_out"] = -1; }),
            "/cases/0/wire_left_out: the number is out of range");
  EXPECT_EQ(error_after([](json& all) { all["cases"][2]["verdict"] = "passed"; }),
            "/cases/2/verdict: unknown name \"passed\"");
  for (const char* seed : {"", "-1", "1x", "18446744073709551616"}) {
    EXPECT_THAT(error_after([&](json& all) { all["seed"] = seed; }), StartsWith("/seed: expected"));
  }
  for (const char* hex : {"0", "0g", "+1", " 1"}) {
    EXPECT_THAT(error_after([&](json& all) { all["cases"][0]["wire"][0]["bytes"] = hex; }),
                StartsWith("/cases/0/wire/0/bytes: expected"));
  }
}

TEST(ResultsJson, RefusesAnotherVersionBeforeAllElse) {
  const auto results = results_from_json(R"({"version": 2})");
  ASSERT_FALSE(results);
  EXPECT_THAT(results.error(), StartsWith("/version: version 2 of the format is not known"));
}

TEST(ResultsJson, NamesTheLineAtWhichItIsNotJson) {
  EXPECT_EQ(results_from_json("{\n\"version\": 1,\n]").error(), "line 3: not JSON");
}

TEST(ResultsJson, RefusesWhatIsNotJson) {
  for (const char* text : {"", "{", "[1,]", "\xff"}) {
    const auto results = results_from_json(text);
    ASSERT_FALSE(results) << text;
    EXPECT_THAT(results.error(), HasSubstr("not JSON"));
  }
  EXPECT_EQ(results_from_json("[]").error(), "/: expected an object");
}

TEST(ResultsJson, TellsAnErrorInOneVisibleLineWhateverTheFileHolds) {
  EXPECT_EQ(results_from_json("\xFF").error().find('\xFF'), std::string::npos);
  EXPECT_EQ(results_from_json("{\n\"a\x1b").error().find_first_of("\n\x1b"), std::string::npos);
}

TEST(ResultsJson, IgnoresMembersThatItDoesNotKnow) {
  EXPECT_EQ(error_after([](json& all) { all["cases"][0]["stranger"] = 1; }), "no error");
}

}  // namespace
}  // namespace wsconform::results_json_test
