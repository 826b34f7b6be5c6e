#include "runner/casebook/expectation_reader.h"

#include <gtest/gtest.h>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::expectation_reader_test {
namespace {

template <typename Kind>
Kind expected(std::string_view step) {
  return *as<Kind>(cases_from(entry_text(step)).front().steps.back());
}

std::vector<Ending> endings(std::string_view step) {
  return expected<ExpectEnding>(step).endings;
}

std::string fault(std::string_view step) {
  return fault_of(entry_text(step));
}

TEST(ExpectationReader, GradesAFailedConnectionByItsCode) {
  const auto read = endings(R"({"expect": "failed-connection", "code": 1002})");
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].kind, EndingKind::failed_connection);
  EXPECT_EQ(read[0].codes, (std::vector<std::uint16_t>{1002}));
  EXPECT_EQ(read[0].verdict, Verdict::pass);
  EXPECT_TRUE(read[1].codes.empty());
  EXPECT_EQ(read[1].kind, EndingKind::failed_connection);
  EXPECT_EQ(read[1].verdict, Verdict::lenient);
  EXPECT_FALSE(read[1].because.empty());
}

TEST(ExpectationReader, TakesSeveralCodes) {
  EXPECT_EQ(endings(R"({"expect": "failed-connection", "code": [1002, 1007]})")[0].codes,
            (std::vector<std::uint16_t>{1002, 1007}));
}

TEST(ExpectationReader, PassesAnyCodeWhereAnyIsSaid) {
  for (const char* kind : {"failed-connection", "closed"}) {
    const auto read = endings(R"({"expect": ")" + std::string(kind) + R"(", "code": "any"})");
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(read[0].verdict, Verdict::pass);
    EXPECT_TRUE(read[0].codes.empty());
    EXPECT_FALSE(read[0].code_absent);
  }
}

TEST(ExpectationReader, GradesACloseWithoutACode) {
  const auto read = endings(R"({"expect": "closed", "code": "none"})");
  ASSERT_EQ(read.size(), 2u);
  EXPECT_TRUE(read[0].code_absent);
  EXPECT_EQ(read[1].verdict, Verdict::lenient);
  EXPECT_FALSE(read[1].code_absent);
}

TEST(ExpectationReader, ReadsEndingsWithoutACode) {
  EXPECT_EQ(endings(R"({"expect": "open"})").at(0).kind, EndingKind::open);
  EXPECT_EQ(endings(R"({"expect": "echo"})").at(0).kind, EndingKind::echo);
  EXPECT_EQ(endings(R"({"expect": "end"})").at(0).kind, EndingKind::end);
}

TEST(ExpectationReader, LeavesAGradedListAsItIsWritten) {
  const auto read = endings(R"({"endings": [
      {"expect": "closed", "code": 1000, "verdict": "pass", "because": "b"},
      {"expect": "open", "verdict": "observed"},
      {"expect": "response", "status": ["4xx", 501], "verdict": "lenient"}]})");
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read[0].because, "b");
  EXPECT_EQ(read[1].verdict, Verdict::observed);
  EXPECT_TRUE(read[2].status.has(400));
  EXPECT_TRUE(read[2].status.has(499));
  EXPECT_TRUE(read[2].status.has(501));
  EXPECT_FALSE(read[2].status.has(500));
}

TEST(ExpectationReader, TellsAPlainEndingFromAGradedOne) {
  EXPECT_TRUE(expected<ExpectEnding>(R"({"expect": "failed-connection", "code": 1002})").plain);
  EXPECT_TRUE(expected<ExpectEnding>(R"({"expect": "open"})").plain);
  EXPECT_FALSE(
      expected<ExpectEnding>(R"({"endings": [{"expect": "open", "verdict": "pass"}]})").plain);
}

TEST(ExpectationReader, ReadsAResponse) {
  const auto read = expected<ExpectResponse>(
      R"({"expect": "response", "status": 101, "subprotocol": null,
          "fields": {"A": true, "B": false, "C": "x", "D": {"lists": "y"}, "E": 13,
                     "F": {"elements": "token"}}})");
  EXPECT_TRUE(read.status.has(101));
  EXPECT_EQ(read.subprotocol, "");
  ASSERT_EQ(read.fields.size(), 6u);
  EXPECT_EQ(read.fields[0].kind, FieldCheck::Kind::present);
  EXPECT_EQ(read.fields[1].kind, FieldCheck::Kind::absent);
  EXPECT_EQ(read.fields[2].kind, FieldCheck::Kind::equals);
  EXPECT_EQ(read.fields[3].kind, FieldCheck::Kind::lists);
  EXPECT_EQ(read.fields[3].value, "y");
  EXPECT_EQ(read.fields[4].value, "13");
  EXPECT_EQ(read.fields[5].kind, FieldCheck::Kind::elements);
  EXPECT_EQ(read.fields[5].value, "token");
  EXPECT_FALSE(expected<ExpectResponse>(R"({"expect": "response", "status": 101})").subprotocol);
}

TEST(ExpectationReader, ReadsARefusal) {
  const auto read = expected<ExpectRefusal>(
      R"({"expect": "refusal", "status": [426, 400], "tolerate": 501, "end": "pass"})");
  EXPECT_TRUE(read.status.has(426));
  EXPECT_TRUE(read.tolerated.has(501));
  EXPECT_FALSE(read.tolerated.has(404));
  EXPECT_EQ(read.end_without_response, Verdict::pass);
}

TEST(ExpectationReader, ExpectsTheUsualOfAPlainRefusal) {
  const auto read = expected<ExpectRefusal>(R"({"expect": "refusal"})");
  EXPECT_TRUE(read.status.has(400));
  EXPECT_FALSE(read.status.has(401));
  EXPECT_TRUE(read.tolerated.has(431));
  EXPECT_FALSE(read.tolerated.has(500));
  EXPECT_EQ(read.end_without_response, Verdict::lenient);
}

TEST(ExpectationReader, ReadsFrames) {
  const auto same = expected<ExpectFrame>(R"({"expect": "text", "payload": "same"})");
  EXPECT_TRUE(same.same);
  EXPECT_EQ(same.opcode, Opcode::text);
  EXPECT_TRUE(expected<ExpectFrame>(R"({"expect": "pong"})").same);
  const auto other = expected<ExpectFrame>(R"({"expect": "pong", "payload": {"hex": "00"}})");
  EXPECT_FALSE(other.same);
  EXPECT_FALSE(same.compressed);
  EXPECT_TRUE(expected<ExpectFrame>(R"({"expect": "text", "compressed": true})").compressed);
  EXPECT_EQ(to_hex(other.payload.build()), "00");
}

TEST(ExpectationReader, AsksNothingWhereTheCaseSaysSo) {
  EXPECT_TRUE(expected<ExpectEnding>(R"({"expect": "failed-connection", "code": 1002})").asks);
  const auto silent =
      expected<ExpectEnding>(R"({"expect": "failed-connection", "code": 1002, "ask": false})");
  EXPECT_FALSE(silent.asks);
}

struct Row {
  std::string_view name;
  std::string_view step;
  std::string_view fault;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class BadExpectation : public testing::TestWithParam<Row> {};

TEST_P(BadExpectation, IsAnInputError) {
  EXPECT_EQ(fault(GetParam().step), "/cases/0/steps/0" + std::string(GetParam().fault));
}

constexpr Row rows[] = {
    {"FailureWithoutCode", R"({"expect": "failed-connection"})", R"(: lacks the member "code")"},
    {"CodeOfOpen", R"({"expect": "open", "code": 1000})",
     R"(/code: is only for "failed-connection" and "closed")"},
    {"CodeNoNumber", R"({"expect": "closed", "code": "1000"})",
     R"(/code: is "1000", but has to be one of "any", "none")"},
    {"RefusalWith101", R"({"expect": "refusal", "status": "1xx"})", ": takes 101 for a refusal"},
    {"EndingWithoutVerdict", R"({"endings": [{"expect": "open"}]})",
     R"(/endings/0: lacks the member "verdict")"},
    {"ResponseWithoutStatus", R"({"endings": [{"expect": "response", "verdict": "pass"}]})",
     R"(/endings/0: lacks the member "status")"},
    {"SilenceThatAPingWouldBreak",
     R"({"endings": [{"expect": "silence", "verdict": "pass"}, {"expect": "open", "verdict": "pass"}]})",
     R"(/endings: takes silence for an answer, and a Ping would break it)"},
    {"StatusOfOpen", R"({"endings": [{"expect": "open", "status": 101, "verdict": "pass"}]})",
     R"(/endings/0: has a status, which is only for "response")"},
    {"OpenWithoutAsking", R"({"expect": "open", "ask": false})",
     R"(/ask: is only for "failed-connection")"},
    {"CompressedPong", R"({"expect": "pong", "compressed": true})",
     R"(/compressed: is only for a text or binary message)"},
    {"PingWithoutPayload", R"({"expect": "ping"})", ": lacks the payload of the Ping"},
    {"StatusClassMisspelt", R"({"expect": "refusal", "status": "4XX"})",
     R"(/status: is "4XX", but has to be one of "1xx", "2xx", "3xx", "4xx", "5xx")"},
};
INSTANTIATE_TEST_SUITE_P(Rows, BadExpectation, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace wsconform::expectation_reader_test
