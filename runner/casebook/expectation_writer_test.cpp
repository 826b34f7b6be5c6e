#include "runner/casebook/expectation_writer.h"

#include <gtest/gtest.h>

#include "runner/casebook/case_layout.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::expectation_writer_test {
namespace {

std::string again(const std::string& step) {
  return on_one_line(
      written(std::get<Expectation>(cases_from(entry_text(step)).front().steps.back())));
}

class WrittenExpectation : public testing::TestWithParam<const char*> {};

TEST_P(WrittenExpectation, IsWhatWasRead) {
  EXPECT_EQ(again(GetParam()), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Forms, WrittenExpectation,
    testing::Values(
        R"({ "expect": "response", "status": 101 })",
        R"({ "expect": "response", "status": [101, "4xx"], "fields": { "A": "b", "B": true, "C": false }, "subprotocol": null })",
        R"({ "expect": "response", "status": "3xx", "fields": { "A": { "lists": "b" }, "B": { "elements": "token" } }, "subprotocol": "chat" })",
        R"({ "expect": "refusal" })",
        R"({ "expect": "refusal", "status": [400, 426], "tolerate": ["4xx", 501], "end": "pass", "silence": "pass", "missing": "fail", "fields": { "Allow": true } })",
        R"({ "expect": "refusal", "tolerate": [] })", R"({ "expect": "text" })",
        R"({ "expect": "text", "payload": { "hex": "73616d65" } })",
        R"({ "expect": "binary", "payload": "", "compressed": true })", R"({ "expect": "pong" })",
        R"({ "expect": "ping", "payload": "a" })", R"({ "expect": "open" })",
        R"({ "expect": "echo" })", R"({ "expect": "end" })",
        R"({ "expect": "failed-connection", "code": 1002, "ask": false })",
        R"({ "expect": "failed-connection", "code": [1002, 1007] })",
        R"({ "expect": "closed", "code": "none" })", R"({ "expect": "closed", "code": "any" })",
        R"({ "expect": "proportion", "harmless": {}, "quarter": { "method": "A" }, "whole": { "method": "B" } })",
        R"({ "endings": [{ "expect": "closed", "code": 1000, "verdict": "pass" }, { "expect": "open", "verdict": "observed", "because": "It may." }] })",
        R"({ "endings": [{ "expect": "response", "status": "4xx", "verdict": "pass" }, { "expect": "silence", "verdict": "fail", "because": "It hangs." }] })"));

TEST(WrittenExpectation, LeavesOutWhatIsUsual) {
  EXPECT_EQ(again(R"({"expect": "text", "payload": "same"})"), R"({ "expect": "text" })");
  EXPECT_EQ(
      again(R"({"expect": "refusal", "status": [400], "tolerate": ["4xx", 502], "end": "lenient",
                      "fields": {}})"),
      R"({ "expect": "refusal" })");
}

TEST(WrittenExpectation, KeepsAGradedListThatSaysWhatAPlainEndingMeans) {
  const ExpectEnding plain =
      step_of<ExpectEnding>(R"({"expect": "closed", "code": 1000}, {"connect": "again"})");
  ExpectEnding graded = plain;
  graded.plain = false;
  EXPECT_EQ(on_one_line(written(Expectation(plain))), R"({ "expect": "closed", "code": 1000 })");
  EXPECT_EQ(written(Expectation(graded))["endings"].size(), 2u);
}

}  // namespace
}  // namespace wsconform::expectation_writer_test
