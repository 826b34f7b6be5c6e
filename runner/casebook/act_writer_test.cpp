#include "runner/casebook/act_writer.h"

#include <gtest/gtest.h>

#include "runner/casebook/case_layout.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::act_writer_test {
namespace {

std::string again(const std::string& step) {
  return on_one_line(written(std::get<Act>(case_with(step).steps.front())));
}

class WrittenAct : public testing::TestWithParam<const char*> {};

TEST_P(WrittenAct, IsWhatWasRead) {
  EXPECT_EQ(again(GetParam()), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Forms, WrittenAct,
    testing::Values(
        R"({ "send": "ping" })", R"({ "send": "text", "payload": "Hello" })",
        R"({ "send": "reserved-3", "payload": "a", "fin": false, "rsv": 4, "mask": "none" })",
        R"({ "send": "binary", "mask": "00ff00ff", "length-form": 64, "declared-length": 9 })",
        R"({ "send": "text", "length-form": 7, "declared-length": 9223372036854775808 })",
        R"({ "send": "text", "payload": "Hello", "fragments": [2, 0, 3] })",
        R"({ "send": "text", "payload": "Hello", "fragment-size": 2, "times": 3, "cut": "frames" })",
        R"({ "send": "text", "payload": "Hello", "deflate": true })",
        R"({ "send": "text", "deflate": { "level": 0, "codes": "fixed", "block": 9, "final": true, "fresh": true } })",
        R"({ "send": "text", "deflate": { "level": 6 } })",
        R"({ "send": "text", "deflate": { "codes": "huffman-only" } })",
        R"({ "send": "text", "payload": "Hello", "times": 2, "heard-by": [1] })",
        R"({ "send": "close", "code": 1000 })",
        R"({ "send": "close", "payload": { "hex": "03" } })",
        R"({ "send": "close", "code": 1000, "reason": { "repeat": "*", "times": 124 } })",
        R"({ "send": "bytes", "payload": "" })",
        R"({ "send": "bytes", "payload": { "hex": "81" }, "cut": [1] })", R"({ "request": {} })",
        R"({ "request": { "drop": ["Host"] } })", R"({ "end": "send" })", R"({ "end": "reset" })",
        R"({ "connect": "again" })", R"({ "connect": "bare" })", R"({ "connect": "plain" })"));

TEST(WrittenAct, LeavesOutWhatANormalFrameHas) {
  EXPECT_EQ(again(R"({"send": "text", "payload": "", "fin": true, "rsv": 0, "times": 1,
                      "deflate": false})"),
            R"({ "send": "text" })");
}

TEST(WrittenAct, SaysTheCodeOfAClose) {
  EXPECT_EQ(again(R"({"send": "close", "payload": {"hex": "03e8"}})"),
            R"({ "send": "close", "code": 1000 })");
  EXPECT_EQ(again(R"({"send": "close", "payload": {"join": [{"hex": "03e8"}, "bye"]}})"),
            R"({ "send": "close", "code": 1000, "reason": "bye" })");
}

}  // namespace
}  // namespace wsconform::act_writer_test
