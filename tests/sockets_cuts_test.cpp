// Cuts over real sockets: a reader that loses what does not come in one read is caught, every time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "proof/reference_cases.h"
#include "runner/casebook/case.h"
#include "server-under-test/planted_defects.h"
#include "tests/over_sockets.h"

namespace wsconform::sockets_cuts_test {
namespace {

using testing::HasSubstr;

ServerOptions server_with(const Defect* defect) {
  ServerOptions options;
  options.echo.defect = defect;
  return options;
}

const Case& case_named(std::string_view id) {
  const std::vector<Case>& all = reference_cases();
  const auto found = std::ranges::find(all, id, &Case::id);
  if (found == all.end()) throw std::invalid_argument("no such case: " + std::string(id));
  return *found;
}

struct CutRow {
  const char* name;
  const char* defect;
  const char* id;
};
void PrintTo(const CutRow& row, std::ostream* out) {
  *out << row.name;
}

class Cuts : public testing::TestWithParam<CutRow> {};

TEST_P(Cuts, AreCutsForTheReaderAtTheOtherEnd) {
  const Case& each = case_named(GetParam().id);
  const RunningServer server(server_with(defect_named(GetParam().defect)));
  RunOptions options;
  options.patience = std::chrono::milliseconds(300);
  options.repeat = 5;
  for (const CaseResult& result : judge(server.port(), {each}, nullptr, options).cases)
    EXPECT_THAT(result.verdict, testing::AnyOf(Verdict::fail, Verdict::lenient)) << result.reason;
}

TEST_P(Cuts, DoNotDisturbAReaderThatJoinsWhatItReads) {
  const RunningServer server;
  for (const CaseResult& result : judge(server.port(), {case_named(GetParam().id)}).cases)
    EXPECT_EQ(result.verdict, Verdict::pass) << result.reason;
}

INSTANTIATE_TEST_SUITE_P(
    Places, Cuts,
    testing::Values(
        CutRow{"RequestLine", "parted-request-line",
               "rfc6455/4.2.1-whole-head/in-pieces/after-the-method"},
        CutRow{"LineEnd", "parted-line-end",
               "rfc6455/4.2.1-whole-head/in-pieces/inside-the-first-line-end"},
        CutRow{"Fields", "parted-fields", "rfc6455/4.2.1-whole-head/in-pieces/seven-bytes"},
        CutRow{"BetweenRequestAndFrame", "early-data-masked",
               "rfc6455/4.2.1-whole-head/early-data-spoils-nothing/text"},
        CutRow{"Start", "parted-start", "rfc6455/5.5.2-ping/cut/1"},
        CutRow{"Length16", "parted-length",
               "rfc6455/5.2-payload-length/sixteen-bit-header-cut/text-3"},
        CutRow{"Length64", "parted-length",
               "rfc6455/5.2-payload-length/sixty-four-bit-header-cut/binary-5"},
        CutRow{"MaskingKey", "parted-masking-key", "rfc6455/5.5.1-close/cut-at/4"},
        CutRow{"HeaderOf16Bits", "parted-16-bit-frame",
               "rfc6455/5.2-payload-length/sixteen-bit-header-cut/text-8"},
        CutRow{"HeaderOfMessage", "parted-message",
               "rfc6455/5.2-payload-length/seven-bit-header-cut/text-6"},
        CutRow{"HeaderOfPing", "parted-ping", "rfc6455/5.5.2-ping/cut/6"},
        CutRow{"HeaderOfClose", "parted-close", "rfc6455/5.5.1-close/cut-at/6"},
        CutRow{"CloseCode", "parted-close-code", "rfc6455/5.5.1-close/cut-at/7"},
        CutRow{"Character", "parted-character",
               "rfc6455/8.1-utf8-fragments/character-in-segments/8"},
        CutRow{"Deflated", "parted-compressed", "rfc7692/6.1-fragments/cut/7"},
        CutRow{"Payload", "parted-payload", "rfc6455/5.3-masking/payload-cut/10"},
        CutRow{"EveryByte", "parted-close", "rfc6455/5.5.1-close/every-byte-apart/code"}),
    [](const testing::TestParamInfo<CutRow>& row) { return std::string(row.param.name); });

TEST(CutsInTheLog, AreToldWithWhatWentWhen) {
  const RunningServer server;
  const Results results = judge(server.port(), {case_named("rfc6455/5.5.1-close/cut-at/6")});
  ASSERT_EQ(results.cases.size(), 1U);
  std::string told;
  for (const WireEntry& entry : results.cases.front().wire) told += entry.says + '\n';
  EXPECT_THAT(told, HasSubstr("Went out in 2 pieces: 6 bytes at "));
}

}  // namespace
}  // namespace wsconform::sockets_cuts_test
