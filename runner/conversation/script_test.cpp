#include "runner/conversation/script.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "runner/casebook/cases_from_text.h"
#include "runner/conversation/proportion.h"

namespace wsconform::script_test {
namespace {

template <typename Kind>
std::size_t count_of(const std::vector<Cue>& script) {
  std::size_t count = 0;
  for (const Cue& cue : script) {
    const auto* act = std::get_if<Act>(&cue);
    count += act != nullptr && std::holds_alternative<Kind>(*act) ? 1 : 0;
  }
  return count;
}

std::vector<Cue> script_of(std::string_view steps, Role under_test = Role::server) {
  return whole_script(cases_from(entry_text(steps, "")).front(), under_test);
}

TEST(WholeScript, BeginsWithTheHandshakeThatGoesWithoutSaying) {
  const std::vector<Cue> script = script_of(R"({"expect": "open"})");
  ASSERT_EQ(script.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<SendRequest>(std::get<Act>(script[0])));
  EXPECT_TRUE(std::holds_alternative<ExpectResponse>(std::get<Expectation>(script[1])));
}

TEST(WholeScript, ShakesHandsAgainOnAnotherConnection) {
  EXPECT_EQ(count_of<SendRequest>(script_of(R"({"connect": "again"}, {"expect": "open"})")), 2U);
  EXPECT_EQ(count_of<SendRequest>(script_of(R"({"connect": "bare"}, {"expect": "end"})")), 1U);
}

TEST(WholeScript, TriesEachRequestOfAProportionInEveryRoundOnAConnectionOfItsOwn) {
  const std::vector<Cue> script = script_of(
      R"({"expect": "proportion", "harmless": {"set": {"a": "1"}}, "quarter": {"set": {"a": "2"}},
          "whole": {"set": {"a": "3"}}})");
  constexpr std::size_t trials = 3 * Proportion::rounds;
  EXPECT_EQ(std::ranges::count_if(
                script, [](const Cue& cue) { return std::holds_alternative<NextTry>(cue); }),
            static_cast<std::ptrdiff_t>(trials));
  EXPECT_EQ(std::ranges::count_if(
                script, [](const Cue& cue) { return std::holds_alternative<TakeTime>(cue); }),
            static_cast<std::ptrdiff_t>(trials));
  EXPECT_EQ(count_of<SendRequest>(script), 1 + trials);
  EXPECT_TRUE(std::holds_alternative<ExpectProportion>(std::get<Expectation>(script.back())));
}

TEST(WholeScript, AwaitsTheRequestOfAClientAndAcceptsIt) {
  const std::vector<Cue> script =
      script_of(R"({"connect": "again"}, {"expect": "open"})", Role::client);
  ASSERT_EQ(script.size(), 6U);
  for (const std::size_t at : {0U, 3U}) {
    EXPECT_TRUE(std::holds_alternative<AwaitRequest>(script[at]));
    EXPECT_TRUE(std::holds_alternative<AcceptRequest>(script[at + 1]));
  }
}

TEST(CueTraits, SayWhatWaitingDependsOn) {
  const auto traits = [](std::string_view step) { return traits_of(script_of(step).back()); };
  EXPECT_TRUE(traits(R"({"expect": "open"})").asks);
  EXPECT_TRUE(traits(R"({"expect": "open"})").is_ending);
  EXPECT_TRUE(traits(R"({"expect": "text"})").is_message);
  EXPECT_FALSE(traits(R"({"expect": "pong"})").is_message);
  EXPECT_TRUE(traits(R"({"expect": "refusal", "silence": "pass"})").silence_counts);
  EXPECT_TRUE(traits_of(Act(Reconnect{})).reconnects);
  EXPECT_TRUE(traits_of(NextTry{}).reconnects);
  EXPECT_TRUE(traits_of(StaysOpen{}).asks);
  EXPECT_TRUE(traits_of(StaysOpen{}).is_ending);
}

TEST(WordsForAwaited, TellWhyAPingIsSentThatNoStepAsksFor) {
  EXPECT_EQ(words_for_awaited(StaysOpen{}), "the connection stays open: a Ping is answered");
  EXPECT_EQ(words_for_awaited_ending(Expectation(ExpectFrame{})),
            "the target does not echo: a Ping is answered instead");
  const Cue written = Expectation(ExpectEnding{.endings = {Ending{}}});
  EXPECT_EQ(words_for_awaited_ending(written), words_for_awaited(written));
}

}  // namespace
}  // namespace wsconform::script_test
