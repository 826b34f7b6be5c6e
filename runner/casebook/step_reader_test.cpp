#include "runner/casebook/step_reader.h"

#include <gtest/gtest.h>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::step_reader_test {
namespace {

SendFrame frame(std::string_view step) {
  return step_of<SendFrame>(step);
}
SendRequest request(std::string_view edits) {
  return step_of<SendRequest>(R"({"request": )" + std::string(edits) + "}");
}
std::string fault(std::string_view step) {
  return fault_of(entry_text(std::string(step) + R"(, {"expect": "open"})"));
}

TEST(StepReader, ReadsANormalFrame) {
  const SendFrame read = frame(R"({"send": "text", "payload": "hi"})");
  EXPECT_EQ(read.opcode, Opcode::text);
  EXPECT_TRUE(read.fin);
  EXPECT_EQ(read.rsv, 0);
  EXPECT_EQ(read.masking.kind, Masking::Kind::fresh);
  EXPECT_FALSE(read.length_form);
  EXPECT_FALSE(read.declared_length);
  EXPECT_EQ(read.payload.build(), to_bytes("hi"));
  EXPECT_EQ(read.times, 1u);
  EXPECT_EQ(read.cut.kind, Cut::Kind::whole);
}

TEST(StepReader, ReadsEveryWayInWhichAFrameIsOdd) {
  const SendFrame read = frame(
      R"({"send": "reserved-b", "fin": false, "rsv": 5, "mask": "01020aFf", "length-form": 16,
          "declared-length": 18446744073709551615, "times": 3})");
  EXPECT_EQ(read.opcode, Opcode::reserved_b);
  EXPECT_FALSE(read.fin);
  EXPECT_EQ(read.rsv, 5);
  EXPECT_EQ(read.masking.kind, Masking::Kind::fixed);
  EXPECT_EQ(read.masking.key, (MaskingKey{1, 2, 10, 255}));
  EXPECT_EQ(read.length_form, LengthForm::bits16);
  EXPECT_EQ(read.declared_length, UINT64_MAX);
  EXPECT_EQ(read.times, 3u);
  EXPECT_EQ(frame(R"({"send": "ping", "mask": "none"})").masking.kind, Masking::Kind::none);
  EXPECT_EQ(frame(R"({"send": "ping", "length-form": 7})").length_form, LengthForm::bits7);
  EXPECT_EQ(frame(R"({"send": "ping", "length-form": 64})").length_form, LengthForm::bits64);
}

TEST(StepReader, ReadsCodeAndReasonOfAClose) {
  EXPECT_EQ(to_hex(frame(R"({"send": "close", "code": 1000, "reason": "ab"})").payload.build()),
            "03e86162");
  EXPECT_EQ(
      to_hex(frame(R"({"send": "close", "code": 0, "reason": {"hex": "ff"}})").payload.build()),
      "0000ff");
  EXPECT_EQ(frame(R"({"send": "close"})").payload.size(), 0u);
  EXPECT_EQ(to_hex(frame(R"({"send": "close", "payload": {"hex": "03"}})").payload.build()), "03");
}

TEST(StepReader, ReadsFragmentsAndCuts) {
  EXPECT_EQ(frame(R"({"send": "text", "payload": "123456789", "fragments": [2, 0, 3]})").fragments,
            (std::vector<std::uint64_t>{2, 0, 3}));
  EXPECT_EQ(frame(R"({"send": "text", "payload": "123", "fragment-size": 2})").fragment_size, 2u);
  const Cut bytes = frame(R"({"send": "ping", "cut": "bytes"})").cut;
  EXPECT_EQ(bytes.kind, Cut::Kind::chunks);
  EXPECT_EQ(bytes.chunk, 1u);
  EXPECT_EQ(frame(R"({"send": "ping", "cut": "frames"})").cut.kind, Cut::Kind::frames);
  EXPECT_EQ(frame(R"({"send": "ping", "cut": 997})").cut.chunk, 997u);
  EXPECT_EQ(frame(R"({"send": "ping", "cut": [1, 3]})").cut.positions,
            (std::vector<std::uint64_t>{1, 3}));
}

TEST(StepReader, ReadsBytesEndsAndConnects) {
  EXPECT_EQ(
      to_hex(
          step_of<SendBytes>(R"({"send": "bytes", "payload": {"hex": "8100"}})").payload.build()),
      "8100");
  step_of<EndStream>(R"({"end": "send"})");
  step_of<ResetStream>(R"({"end": "reset"})");
  EXPECT_TRUE(step_of<Reconnect>(R"({"connect": "again"})").handshake);
  EXPECT_FALSE(step_of<Reconnect>(R"({"connect": "bare"})").handshake);
  EXPECT_EQ(step_of<SendFrame>(R"({"send": "text", "heard-by": [1]})").heard_by,
            std::vector<std::uint64_t>{1});
}

TEST(StepReader, ReadsTheEditsOfARequest) {
  const SendRequest read = request(
      R"({"method": "POST", "target": "{path}?a", "version": "HTTP/1.0",
          "set": {"B": "1", "A": ["2", {"hex": "ff"}], "C": 13}, "drop": ["Host"], "spell": {"Upgrade": "upgrade:x"},
          "first": ["X: 1"], "append": ["Y: 2", {"line": "X-{n}: a", "times": 3}], "line-end": "\n",
          "finished": false, "body": "b", "cut": "bytes"})");
  EXPECT_EQ(read.method + read.target + read.version, "POST{path}?aHTTP/1.0");
  ASSERT_EQ(read.set.size(), 3u);
  EXPECT_EQ(read.set[0].name, "B");
  EXPECT_EQ(read.set[1].values, (std::vector<std::string>{"2", "\xff"}));
  EXPECT_EQ(read.set[2].values, (std::vector<std::string>{"13"}));
  EXPECT_EQ(read.drop, (std::vector<std::string>{"Host"}));
  EXPECT_EQ(read.spell.at(0).second, "upgrade:x");
  EXPECT_EQ(read.first.at(0).line, "X: 1");
  EXPECT_EQ(read.append.at(1).line, "X-{n}: a");
  EXPECT_EQ(read.append.at(1).times, 3u);
  EXPECT_EQ(read.line_end, "\n");
  EXPECT_FALSE(read.finished);
  EXPECT_EQ(read.body.build(), to_bytes("b"));
  EXPECT_EQ(read.cut.chunk, 1u);
}

TEST(StepReader, ReadsAWholeHead) {
  EXPECT_EQ(request(R"({"bytes": {"repeat": "x", "times": 5}})").bytes, "xxxxx");
  EXPECT_EQ(request(R"({"line": "GET  / HTTP/1.1"})").line, "GET  / HTTP/1.1");
  EXPECT_FALSE(request("{}").bytes);
}

struct Row {
  std::string_view name;
  std::string_view step;
  std::string_view fault;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class BadStep : public testing::TestWithParam<Row> {};

TEST_P(BadStep, IsAnInputError) {
  EXPECT_EQ(fault(GetParam().step), "/cases/0/steps/0" + std::string(GetParam().fault));
}

constexpr Row rows[] = {
    {"ShortKey", R"({"send": "ping", "mask": "0102"})",
     R"(/mask: is neither "none" nor a key of eight hex digits)"},
    {"CodeOfAPing", R"({"send": "ping", "code": 1000})", "/code: is only for a Close"},
    {"CodeBesidePayload", R"({"send": "close", "code": 1000, "payload": "a"})",
     R"(/payload: stands beside "code")"},
    {"ReasonWithoutCode", R"({"send": "close", "reason": "a"})",
     R"(/reason: stands without "code")"},
    {"CodeTooLarge", R"({"send": "close", "code": 65536})",
     "/code: is 65536, but has to be at most 65535"},
    {"NegativeLength", R"({"send": "text", "declared-length": -1})",
     "/declared-length: is negative"},
    {"FragmentsPastThePayload", R"({"send": "text", "payload": "a", "fragments": [1, 1]})",
     "/fragments: takes more bytes than the payload has"},
    {"TwoKindsOfFragments",
     R"({"send": "text", "payload": "a", "fragments": [1], "fragment-size": 1})",
     R"(/fragments: stands beside "fragment-size")"},
    {"MillionsOfFragments",
     R"({"send": "text", "payload": {"random": 200000000}, "fragment-size": 1})",
     "/fragment-size: makes too many fragments"},
    {"EndlessTimes", R"({"send": "ping", "times": 1000000000000})",
     "/times: is 1000000000000, but has to be at most 1000000"},
    {"TooMuchInAll", R"({"send": "text", "payload": {"random": 200000000}, "times": 1000})",
     "/times: sends more than 1 GiB"},
    {"CutBackwards", R"({"send": "ping", "cut": [3, 1]})", "/cut: is not in ascending order"},
    {"EditsBesideBytes", R"({"request": {"bytes": "x", "drop": ["Host"]}})",
     R"(/request/drop: has no effect beside "bytes")"},
    {"EndlessLines",
     R"({"request": {"append": [{"line": {"repeat": "a", "times": 1000000}, "times": 1000000}]}})",
     "/request/append/0: makes more than 256 MiB of lines"},
    {"TextsTooLarge", R"({"request": {"set": {"A": {"repeat": "a", "times": 100000000}}}})",
     "/request/set/A: makes the texts of this file too large"},
};
INSTANTIATE_TEST_SUITE_P(Rows, BadStep, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace wsconform::step_reader_test
