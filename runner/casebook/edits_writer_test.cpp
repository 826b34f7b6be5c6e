#include "runner/casebook/edits_writer.h"

#include <gtest/gtest.h>

#include "runner/casebook/case_layout.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::edits_writer_test {
namespace {

std::string again(const std::string& edits) {
  return on_one_line(written(step_of<SendRequest>("{\"request\": " + edits + "}")));
}

class WrittenEdits : public testing::TestWithParam<const char*> {};

TEST_P(WrittenEdits, AreWhatWasRead) {
  EXPECT_EQ(again(GetParam()), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Forms, WrittenEdits,
    testing::Values(
        "{}", R"({ "method": "POST", "target": "/{host}", "version": "HTTP/1.0" })",
        R"({ "line": "GET" })", R"({ "set": { "Host": "a", "X": ["1", "2"], "Y": "{key}" } })",
        R"({ "drop": ["Host", "Upgrade"] })", R"({ "spell": { "Host": "Host : {host}" } })",
        R"({ "first": ["x: 1"], "append": [{ "line": "X-{n}: a", "times": 300 }, "y: 2"] })",
        R"({ "set": { "X": { "repeat": "a", "times": 4000 } } })",
        R"({ "line-end": "\n", "finished": false, "body": { "hex": "00" }, "cut": "bytes" })",
        R"({ "bytes": "GET / HTTP/1.1\r\n\r\n", "body": "b", "cut": 7 })",
        R"({ "cut": [1, 2, 30] })"));

TEST(WrittenEdits, LeaveOutWhatANormalRequestHas) {
  EXPECT_EQ(again(R"({"method": "GET", "target": "{path}", "line-end": "\r\n", "body": "",
                      "finished": true, "set": {}, "drop": [], "append": []})"),
            "{}");
}

}  // namespace
}  // namespace wsconform::edits_writer_test
