// Targets that are no plain echo servers, and are judged by what they do: npm ws with a few
// lines of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proof/reference_cases.h"
#include "runner/casebook/case.h"
#include "server-under-test/planted_defects.h"
#include "tests/over_sockets.h"

namespace wsconform::sockets_unusual_target_test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::Gt;
using testing::Lt;
using testing::Not;

using Choice = std::function<bool(const Case&)>;

Choice in_sections(std::string_view beginning) {
  return [beginning](const Case& each) { return each.section.starts_with(beginning); };
}

Results judge_ws(const std::string& options, const Choice& chosen, RunOptions how = {}) {
  const std::uint16_t port = free_port();
  TargetProcess process(ws_echo(options), port);
  std::vector<Case> cases = reference_cases();
  std::erase_if(cases, std::not_fn(chosen));
  return judge(port, cases, &process, std::move(how));
}

// "id: reason" of each that fails.
std::vector<std::string> failures(const Results& results) {
  std::vector<std::string> told;
  for (const CaseResult& each : results.cases)
    if (each.verdict == Verdict::fail) told.push_back(each.id + ": " + each.reason);
  return told;
}

TEST(UnusualTarget, IsJudgedOneConnectionAfterTheOtherWhereItTellsAll) {
  const Results results = judge_ws("--tells-all 1", in_sections("rfc6455/5"));
  EXPECT_EQ(results.jobs, 1);
  EXPECT_TRUE(results.target.echoes);
  EXPECT_THAT(results.target.facts, Contains(Field(&Fact::value, "go to all the others too")));
  EXPECT_THAT(failures(results), testing::IsEmpty());
}

TEST(UnusualTarget, IsNoEchoWhereItSpeaksUnasked) {
  const Results results = judge_ws("--ticks 1", in_sections("rfc6455/5.2"));
  EXPECT_FALSE(results.target.echoes);
  EXPECT_THAT(results.target.facts, Not(Contains(Field(&Fact::name, "Pings"))));
  EXPECT_THAT(failures(results), testing::IsEmpty());
}

TEST(UnusualTarget, IsJudgedByWhatElseItDoesWhereItAnswersNoPing) {
  constexpr std::string_view ping = "rfc6455/5.5.2-ping/payload/empty";
  RunOptions options;
  options.patience = std::chrono::milliseconds(500);
  const Results results = judge_ws(
      "--no-pong 1",
      [&](const Case& each) {
        return each.section == "rfc6455/5.2-payload-length" || each.id == ping;
      },
      options);
  EXPECT_TRUE(results.target.echoes);
  EXPECT_EQ(results.jobs, 32);
  EXPECT_THAT(results.cases.size(), Gt(10U));
  EXPECT_THAT(failures(results), testing::ElementsAre(testing::StartsWith(std::string(ping))));
}

// Else it would get a pass for its silence; one that is found to serve others too is
// judged side by side.
TEST(UnusualTarget, PassesNothingThatNothingShows) {
  RunOptions options;
  options.patience = std::chrono::milliseconds(500);
  const Results results =
      judge_ws("--no-pong 1 --swallows-from 0", in_sections("rfc6455/5.2-payload-length"), options);
  EXPECT_FALSE(results.target.echoes);
  EXPECT_EQ(results.jobs, 32);
  EXPECT_EQ(results.stop, std::nullopt);
  for (const CaseResult& each : results.cases)
    EXPECT_EQ(each.verdict, Verdict::skipped) << each.id << ": " << each.reason;
}

class TextOnlyTarget : public testing::TestWithParam<std::string> {};

TEST_P(TextOnlyTarget, IsJudgedWithoutBinaryMessages) {
  const Results results = judge_ws("--text-only " + GetParam(), in_sections("rfc6455/5.2"));
  EXPECT_TRUE(results.target.echoes);
  EXPECT_THAT(failures(results), testing::IsEmpty());
  std::size_t skipped = 0;
  for (const CaseResult& each : results.cases) {
    if (each.verdict != Verdict::skipped) continue;
    ++skipped;
    EXPECT_EQ(each.reason, "The target lacks what the case needs: binary messages.");
  }
  EXPECT_THAT(skipped, AllOf(Gt(0U), Lt(results.cases.size() / 2)));
}
INSTANTIATE_TEST_SUITE_P(Code, TextOnlyTarget, testing::Values("1003", "1008"));

struct FaultyRow {
  std::string_view defect;
  std::string_view fault;
  std::string_view judged_by;
};
class TargetOfFaulty101s : public testing::TestWithParam<FaultyRow> {};

TEST_P(TargetOfFaulty101s, IsJudgedByWhatIsBehindThem) {
  ServerOptions options;
  options.echo.defect = defect_named(GetParam().defect);
  ASSERT_NE(options.echo.defect, nullptr);
  const RunningServer server(std::move(options));
  std::vector<Case> cases = reference_cases();
  std::erase_if(cases, [](const Case& each) {
    return each.section != "rfc6455/5.2-payload-length" &&
           each.section != "rfc6455/4.2.2-server-handshake";
  });
  const Results results = judge(server.port(), cases);
  EXPECT_THAT(results.target.facts,
              Contains(Field(&Fact::name, "Every 101: " + std::string(GetParam().fault))));
  EXPECT_THAT(failures(results), testing::Not(testing::IsEmpty()));
  for (const CaseResult& each : results.cases) {
    if (each.id.ends_with(GetParam().judged_by)) {
      EXPECT_EQ(each.verdict, Verdict::fail) << each.id;
    }
    if (each.section == "rfc6455/5.2-payload-length") {
      EXPECT_EQ(each.verdict, Verdict::pass) << each.id << ": " << each.reason;
    }
  }
}

constexpr FaultyRow faulty_rows[] = {
    {"101-without-reason", "status-line-malformed", "/status-line"},
    {"101-of-http-1.0", "response-http-version", "/version-in-the-status-line"},
    {"101-with-bare-lf", "response-field-malformed", "/field-lines"},
    {"101-folded-line", "response-field-malformed", "/field-lines"},
    {"101-line-without-colon", "response-field-malformed", "/field-lines"},
    {"accept-twice", "accept-repeated", "/accept-once"},
    {"extensions-empty", "extension-response-malformed", "/list-of-extensions/none"}};
INSTANTIATE_TEST_SUITE_P(Of, TargetOfFaulty101s, testing::ValuesIn(faulty_rows),
                         [](const auto& row) {
                           std::string name(row.param.defect);
                           std::erase_if(name, [](char c) { return c == '-' || c == '.'; });
                           return name;
                         });

}  // namespace
}  // namespace wsconform::sockets_unusual_target_test
