#include "runner/casebook/payload_writer.h"

#include <gtest/gtest.h>

#include "runner/casebook/case_layout.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::payload_writer_test {
namespace {

// The payload as it is written once it was read.
std::string again(const std::string& payload) {
  const auto step = step_of<SendBytes>(R"({"send": "bytes", "payload": )" + payload + "}");
  return on_one_line(written(step.payload));
}

class WrittenPayload : public testing::TestWithParam<const char*> {};

TEST_P(WrittenPayload, IsWhatWasRead) {
  EXPECT_EQ(again(GetParam()), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Forms, WrittenPayload,
    testing::Values(R"("")", R"("Hello")", R"("κόσμε")", R"("two\r\nlines")",
                    R"("{path} and {policy.cookie}")", R"({ "hex": "00ff" })",
                    R"({ "repeat": "*", "times": 126 })", R"({ "repeat-hex": "fe", "times": 126 })",
                    R"({ "random": 16 })", R"({ "prose": 16 })",
                    R"({ "join": ["a", { "hex": "03e8" }, { "random": 2 }] })"));

TEST(WrittenPayload, IsATextWhereAReaderSeesIt) {
  EXPECT_EQ(again(R"({"hex": "48656c6c6f"})"), R"("Hello")");
  EXPECT_EQ(again("12"), R"("12")");
  EXPECT_EQ(again(R"("\u0000")"), R"({ "hex": "00" })");
  EXPECT_EQ(again(R"({"repeat-hex": "2a", "times": 3})"), R"({ "repeat": "*", "times": 3 })");
  EXPECT_EQ(again(R"("\u202e")"), R"({ "hex": "e280ae" })");
}

TEST(WrittenPayload, HidesInHexWhatWouldBeTakenForAPlaceholder) {
  for (const char* text : {"{row}", "{limit.message}", "{limit}", "{policy.nothing}"})
    EXPECT_EQ(on_one_line(written(Payload(to_bytes(text)))),
              R"({ "hex": ")" + to_hex(bytes_of(text)) + R"(" })");
  EXPECT_EQ(on_one_line(written(Payload(to_bytes("{ \"a\": 1 }")))), R"("{ \"a\": 1 }")");
}

TEST(WrittenText, IsShortWhereItRepeatsItself) {
  EXPECT_EQ(on_one_line(written_text("X-A: " + std::string(100, 'a'))),
            R"({ "join": ["X-A: ", { "repeat": "a", "times": 100 }] })");
  EXPECT_EQ(on_one_line(written_text(std::string(24, ' '))), R"({ "repeat": " ", "times": 24 })");
  EXPECT_EQ(on_one_line(written_text(std::string(23, '-'))), '"' + std::string(23, '-') + '"');
  std::string pairs = "q=\"";
  for (int i = 0; i < 20; ++i) pairs += "\\c";
  EXPECT_EQ(on_one_line(written_text(pairs + "\"")),
            R"({ "join": ["q=\"", { "repeat": "\\c", "times": 20 }, "\""] })");
}

TEST(WrittenText, HasHexOnlyForBytesThatNobodySees) {
  EXPECT_EQ(on_one_line(written_text(std::string_view("a\0b", 3))),
            R"({ "join": ["a", { "hex": "00" }, "b"] })");
  EXPECT_EQ(on_one_line(written_text("\xff")), R"({ "hex": "ff" })");
  EXPECT_EQ(on_one_line(written_text("a\x01 b\x01 c\x01 d\x01")),
            R"({ "hex": "6101206201206301206401" })");
}

}  // namespace
}  // namespace wsconform::payload_writer_test
