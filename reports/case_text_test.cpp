#include "reports/case_text.h"

#include <gmock/gmock.h>

#include "reports/results/sample_results.h"

namespace wsconform::case_text_test {
namespace {

using testing::HasSubstr;
using testing::Not;

CaseResult judged(Verdict verdict, const char* known_failing, bool unexpected) {
  CaseResult result;
  result.id = "rfc6455/5.5-control-frames/ping";
  result.section = "rfc6455/5.5-control-frames";
  result.verdict = verdict;
  result.reason = "It did.";
  result.known_failing = known_failing;
  result.unexpected = unexpected;
  return result;
}

TEST(CaseText, AFailureIsAFailureUnlessItIsListed) {
  EXPECT_EQ(outcome_of(judged(Verdict::fail, "", true)), Outcome::failed);
  EXPECT_EQ(outcome_of(judged(Verdict::fail, "old bug", false)), Outcome::known_failing);
}

TEST(CaseText, AnErrorIsAnErrorUnlessItIsListed) {
  EXPECT_EQ(outcome_of(judged(Verdict::error, "", true)), Outcome::errored);
  EXPECT_EQ(outcome_of(judged(Verdict::error, "old bug", false)), Outcome::known_failing);
}

TEST(CaseText, APassOfAListedCaseIsAFailure) {
  EXPECT_EQ(outcome_of(judged(Verdict::pass, "old bug", true)), Outcome::failed);
  EXPECT_EQ(outcome_of(judged(Verdict::lenient, "old bug", true)), Outcome::failed);
}

TEST(CaseText, WhatTheStandardAllowsPasses) {
  for (const Verdict verdict : {Verdict::pass, Verdict::lenient, Verdict::observed}) {
    EXPECT_EQ(outcome_of(judged(verdict, "", false)), Outcome::passed);
  }
  EXPECT_EQ(outcome_of(judged(Verdict::skipped, "", false)), Outcome::skipped);
}

TEST(CaseText, TheReasonSaysWhatTheListSays) {
  EXPECT_EQ(reason_in_full(judged(Verdict::fail, "old\nbug", false)),
            "It did. Known failing: old\\nbug");
  EXPECT_EQ(reason_in_full(judged(Verdict::pass, "old bug", true)),
            "It did. The known-failing list names this case: old bug");
}

TEST(CaseText, TheSlugIsTheIdWithoutItsSection) {
  CaseResult result = judged(Verdict::pass, "", false);
  EXPECT_EQ(slug_of(result), "ping");
  result.repetition = 2;
  EXPECT_EQ(slug_of(result), "ping (repetition 2)");
  result.section = "elsewhere";
  EXPECT_EQ(slug_of(result), "rfc6455/5.5-control-frames/ping (repetition 2)");
}

TEST(CaseText, TheWordsHoldEverythingThatExplainsAVerdict) {
  for (const CaseResult& result : sample_results().cases) {
    if (!result.id.ends_with("/ping-126")) continue;
    const std::string words = case_in_words(result);
    for (const std::string& part :
         {result.says, result.reason, result.expected, result.received, result.because,
          result.notes[0], result.script[1], result.requirements[1], std::string("Autobahn: 2.5"),
          std::string("<- Pong, 126 bytes  breaks control-frame-too-long")}) {
      EXPECT_THAT(words, HasSubstr(part));
    }
  }
}

TEST(CaseText, NoLineOfTheWordsIsMadeByTheTarget) {
  CaseResult result = judged(Verdict::fail, "", true);
  result.received = "a\nverdict: pass";
  result.notes = {"b\nverdict: pass", "\x1b[2J"};
  const std::string words = case_in_words(result);
  EXPECT_THAT(words, Not(HasSubstr("\nverdict: pass")));
  EXPECT_THAT(words, Not(HasSubstr("\x1b")));
}

TEST(CaseText, SectionsKeepTheOrderOfTheCases) {
  const Results results = sample_results();
  const std::vector<Section> sections = sections_of(results);
  ASSERT_EQ(sections.size(), 6U);
  EXPECT_EQ(sections[0].name, "rfc6455/4.2-opening-handshake");
  EXPECT_EQ(sections[0].cases.size(), 2U);
  EXPECT_EQ(sections[5].name, "rfc7692/7.2-compression");
  EXPECT_EQ(sections[0].cases[0], results.cases.data());
}

TEST(CaseText, ATargetWithoutANameIsCalledByItsUrl) {
  Results results;
  results.target.url = "ws://[::1]:9";
  EXPECT_EQ(title_of(results), "ws://[::1]:9");
  results.target.name = "mine";
  EXPECT_EQ(title_of(results), "mine");
}

}  // namespace
}  // namespace wsconform::case_text_test
