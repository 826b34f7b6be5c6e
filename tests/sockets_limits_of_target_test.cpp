// The searches for limits over sockets, against servers of others that refuse, swallow and die.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "runner/casebook/case.h"
#include "tests/over_sockets.h"

namespace wsconform::sockets_limits_of_target_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

// A run without cases, of npm ws with the options.
Results limits_of(const std::string& options) {
  const std::uint16_t port = free_port();
  TargetProcess process(ws_echo(options), port);
  RunOptions run_options;
  run_options.limits = true;
  run_options.patience = std::chrono::milliseconds(500);
  return judge(port, {}, &process, run_options);
}

std::string fact(const Results& results, std::string_view name) {
  const std::vector<Fact>& facts = results.target.facts;
  const auto found = std::ranges::find(facts, name, &Fact::name);
  return found == facts.end() ? "no such fact" : found->value;
}

TEST(LimitsOverSockets, AreFoundToTheByteWithTheAnswerBeyond) {
  const Results results = limits_of("--max-payload 123457");
  for (const char* name :
       {"largest text message", "largest binary message", "largest fragmented message"}) {
    EXPECT_THAT(fact(results, name), StartsWith("123457 bytes; beyond: Close 1009")) << name;
  }
  EXPECT_THAT(fact(results, "longest header field"), HasSubstr("431"));
  EXPECT_EQ(results.stop, std::nullopt);
}

TEST(LimitsOverSockets, NameTheSizeThatTheTargetDiedOfAndGoOn) {
  const Results results = limits_of("--dies-from 100000");
  EXPECT_THAT(fact(results, "largest text message"),
              AllOf(HasSubstr("the target died of "), HasSubstr("exit code 7")));
  EXPECT_THAT(fact(results, "largest request head"), HasSubstr("beyond: "));
  EXPECT_THAT(fact(results, "longest request target"), HasSubstr("beyond: "));
  EXPECT_EQ(results.stop, std::nullopt);
}

TEST(LimitsOverSockets, ToldOfATargetThatSwallowsAreBounds) {
  const Results results = limits_of("--swallows-from 70000");
  EXPECT_THAT(fact(results, "largest text message"),
              AllOf(StartsWith("between 6553"), HasSubstr("though a Ping is answered")));
  EXPECT_EQ(results.stop, std::nullopt);
}

}  // namespace
}  // namespace wsconform::sockets_limits_of_target_test
