// The searches for limits over sockets, against servers of others that refuse, swallow and die.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <string>

#include "runner/suite_run.h"

namespace wsconform {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

TargetProfile profile_at(std::uint16_t port) {
  TargetProfile profile;
  profile.url = "ws://127.0.0.1:" + std::to_string(port) + "/";
  profile.name = profile.url;
  profile.address = *parse_target_url(profile.url);
  return profile;
}

// A run without cases, of npm ws with the options.
Results limits_of(const std::string& options) {
  const std::uint16_t port = free_port();
  TargetProcess process(
      "exec node " WSCONFORM_SOURCE_DIR "/tests/peers/ws_echo.mjs {port} " + options, port);
  boost::asio::io_context loop;
  RunOptions run_options;
  run_options.limits = true;
  SuiteRun run(loop, profile_at(port), run_options, &process,
               {[](const Target&, std::size_t) {}, [](const CaseResult&) {}});
  return run.run({});
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
  EXPECT_EQ(results.stopped, "");
}

TEST(LimitsOverSockets, NameTheSizeThatTheTargetDiedOfAndGoOn) {
  const Results results = limits_of("--dies-from 100000");
  EXPECT_THAT(fact(results, "largest text message"),
              AllOf(HasSubstr("the target died of "), HasSubstr("exit code 7")));
  EXPECT_THAT(fact(results, "largest request head"), HasSubstr("beyond: "));
  EXPECT_THAT(fact(results, "longest request target"), HasSubstr("beyond: "));
  EXPECT_EQ(results.stopped, "");
}

TEST(LimitsOverSockets, ToldOfATargetThatSwallowsAreBounds) {
  const Results results = limits_of("--swallows-from 70000");
  EXPECT_THAT(fact(results, "largest text message"),
              AllOf(StartsWith("between 6553"), HasSubstr("though a Ping is answered")));
  EXPECT_EQ(results.stopped, "");
}

}  // namespace
}  // namespace wsconform
