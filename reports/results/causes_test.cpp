#include "reports/results/causes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/results/results.h"

namespace wsconform::causes_test {
namespace {

using ::testing::ElementsAre;

CaseResult ended(std::string slug, Cause cause, Verdict verdict = Verdict::fail) {
  CaseResult result;
  result.section = "rfc6455/8.1-utf-8";
  result.id = result.section + '/' + slug;
  result.cause = std::move(cause);
  result.verdict = verdict;
  result.unexpected = verdict != Verdict::lenient;
  return result;
}

const Cause utf8{"invalid-utf8", "accepted"};
const Cause masks{"unmasked-client-frame", "accepted"};

std::vector<std::string> keys_of(const std::vector<CauseGroup>& groups) {
  std::vector<std::string> keys;
  for (const CauseGroup& group : groups) keys.push_back(key_of(group.cause));
  return keys;
}

TEST(CausesOf, GathersTheCasesOfACauseAndLeavesOutThoseWithoutOne) {
  Results results;
  results.cases = {ended("a", utf8), ended("b", {}, Verdict::pass), ended("c", utf8),
                   ended("d", utf8, Verdict::lenient)};
  const auto groups = causes_of(results);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].cause, utf8);
  EXPECT_THAT(groups[0].cases,
              ElementsAre(&results.cases[0], &results.cases[2], &results.cases[3]));
  EXPECT_EQ(groups[0].fails, 2U);
  EXPECT_EQ(groups[0].lenient, 1U);
  EXPECT_EQ(groups[0].unexpected, 2U);
}

TEST(CausesOf, TellsTheWorstFirst) {
  Results results;
  results.cases = {ended("a", {"lenient", "open"}, Verdict::lenient),
                   ended("b", utf8),
                   ended("c", masks),
                   ended("d", masks),
                   ended("e", {"not-reached", ""}, Verdict::error),
                   ended("f", {"length-high-bit", "hung"}),
                   ended("g", {"length-high-bit", "died"})};
  EXPECT_THAT(
      keys_of(causes_of(results)),
      ElementsAre("length-high-bit:died", "length-high-bit:hung", "unmasked-client-frame:accepted",
                  "invalid-utf8:accepted", "not-reached", "lenient:open"));
}

TEST(CausesOf, TellsWhatIsUnexpectedBeforeWhatIsKnown) {
  Results results;
  results.cases = {ended("a", masks), ended("b", masks), ended("c", utf8)};
  results.cases[0].unexpected = results.cases[1].unexpected = false;
  EXPECT_THAT(keys_of(causes_of(results)),
              ElementsAre("invalid-utf8:accepted", "unmasked-client-frame:accepted"));
}

TEST(CausesOf, ShowsTheCaseWithTheLeastToReadOfTheWorst) {
  Results results;
  results.cases = {ended("long", utf8), ended("short", utf8), ended("large", utf8),
                   ended("only-lenient", utf8, Verdict::lenient)};
  results.cases[0].script = {"send", "expect", "send", "expect"};
  results.cases[1].script = {"send", "expect"};
  results.cases[2].script = {"send", "expect"};
  WireEntry sent;
  sent.direction = WireEntry::Direction::sent;
  sent.size = 70'000;
  results.cases[2].wire = {sent};
  EXPECT_EQ(causes_of(results)[0].simplest, &results.cases[1]);
}

TEST(Folded, PutsTheVariantsOfACaseUnderItsName) {
  const CaseResult one = ended("invalid/lone-surrogate", utf8);
  const CaseResult other = ended("valid", utf8);
  const CaseResult two = ended("invalid/overlong/2", utf8);
  const auto all = folded({&one, &other, &two});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "rfc6455/8.1-utf-8/invalid");
  EXPECT_THAT(all[0].cases, ElementsAre(&one, &two));
  EXPECT_EQ(all[1].name, "rfc6455/8.1-utf-8/valid");
}

}  // namespace
}  // namespace wsconform::causes_test
