#include "runner/script.h"

#include <gtest/gtest.h>

#include "runner/cases_from_text.h"

namespace wsconform {
namespace {

template <typename Kind>
std::size_t count_of(const std::vector<Step>& script) {
  std::size_t count = 0;
  for (const Step& step : script) count += std::holds_alternative<Kind>(step) ? 1 : 0;
  return count;
}

std::vector<Step> script_of(std::string_view steps) {
  return whole_script(cases_from(entry_text(steps, "")).front());
}

TEST(WholeScript, BeginsWithTheHandshakeThatGoesWithoutSaying) {
  const std::vector<Step> script = script_of(R"({"expect": "open"})");
  ASSERT_EQ(script.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<SendRequest>(script[0]));
  EXPECT_TRUE(std::holds_alternative<ExpectResponse>(script[1]));
}

TEST(WholeScript, ShakesHandsAgainOnAnotherConnection) {
  EXPECT_EQ(count_of<SendRequest>(script_of(R"({"connect": "again"}, {"expect": "open"})")), 2U);
  EXPECT_EQ(count_of<SendRequest>(script_of(R"({"connect": "bare"}, {"expect": "end"})")), 1U);
}

TEST(WholeScript, TriesEachRequestOfAProportionInEveryRoundOnAConnectionOfItsOwn) {
  const std::vector<Step> script = script_of(
      R"({"expect": "proportion", "harmless": {"set": {"a": "1"}}, "quarter": {"set": {"a": "2"}},
          "whole": {"set": {"a": "3"}}})");
  constexpr std::size_t trials = 3 * Proportion::rounds;
  EXPECT_EQ(count_of<Reconnect>(script), trials);
  EXPECT_EQ(count_of<TakeTime>(script), trials);
  EXPECT_EQ(count_of<SendRequest>(script), 1 + trials);
  EXPECT_TRUE(std::holds_alternative<ExpectProportion>(script.back()));
}

}  // namespace
}  // namespace wsconform
