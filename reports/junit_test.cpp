#include "reports/junit.h"

#include <gmock/gmock.h>

#include "reports/results/sample_results.h"

namespace wsconform::junit_test {
namespace {

using testing::HasSubstr;
using testing::Not;

// One case in one section.
Results with(Verdict verdict, std::string known_failing = "", bool unexpected = false) {
  CaseResult result;
  result.id = "s/slug";
  result.section = "s";
  result.reason = "It did.";
  result.verdict = verdict;
  result.known_failing = std::move(known_failing);
  result.unexpected = unexpected;
  Results results;
  results.cases = {result};
  return results;
}

TEST(Junit, APassIsAnEmptyTestCase) {
  EXPECT_THAT(to_junit(with(Verdict::pass)),
              HasSubstr("<testcase name=\"slug\" classname=\"s\" time=\"0.000\"/>"));
}

TEST(Junit, AFailureHoldsTheReasonAndTheWholeText) {
  const std::string xml = to_junit(with(Verdict::fail, "", true));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"It did.\" type=\"fail\">case: s/slug\n"));
  EXPECT_THAT(xml, HasSubstr("skipped=\"0\" tests=\"1\" failures=\"1\" errors=\"0\""));
}

TEST(Junit, AFailureNamesItsCause) {
  Results results = with(Verdict::fail, "", true);
  results.cases[0].cause = {"invalid-utf8", "accepted"};
  const std::string xml = to_junit(results);
  EXPECT_THAT(xml, HasSubstr("type=\"invalid-utf8:accepted\""));
  EXPECT_THAT(xml, HasSubstr(": It did.\""));
  EXPECT_THAT(xml, HasSubstr(">cause: "));
}

TEST(Junit, AnErrorSaysThroughWhom) {
  Results results = with(Verdict::error, "", true);
  results.cases[0].at_fault = AtFault::setup;
  EXPECT_THAT(to_junit(results), HasSubstr("<error message=\"It did.\" type=\"setup\">"));
}

TEST(Junit, AKnownFailureIsSkippedWithTheReasonOfTheList) {
  const std::string xml = to_junit(with(Verdict::fail, "old bug"));
  EXPECT_THAT(xml, HasSubstr("<skipped>It did. Known failing: old bug</skipped>"));
  EXPECT_THAT(xml, Not(HasSubstr("<failure")));
  EXPECT_THAT(xml, HasSubstr("skipped=\"1\""));
}

TEST(Junit, APassOfAKnownFailureFails) {
  EXPECT_THAT(to_junit(with(Verdict::pass, "old bug", true)),
              HasSubstr("<failure message=\"It did. The known-failing list names this case"));
}

TEST(Junit, LenientAndObservedPassAndAreTold) {
  for (const Verdict verdict : {Verdict::lenient, Verdict::observed}) {
    const std::string xml = to_junit(with(verdict));
    EXPECT_THAT(xml, HasSubstr("<system-out>case: s/slug\n"));
    EXPECT_THAT(xml, HasSubstr("skipped=\"0\" tests=\"1\" failures=\"0\" errors=\"0\""));
  }
}

TEST(Junit, ADeadListEntryAndAnEarlyEndDoNotPass) {
  Results results = with(Verdict::pass);
  results.dead_known_failing = {"s/gone"};
  results.stop = Stop{};
  const std::string xml = to_junit(results);
  EXPECT_THAT(xml, HasSubstr("<testcase name=\"known-failing: s/gone\" classname=\"wsconform\""));
  EXPECT_THAT(xml, HasSubstr("<error message=\"The run ended early: interrupted.\""));
  EXPECT_THAT(xml, HasSubstr("tests=\"3\" failures=\"1\" errors=\"1\""));
}

TEST(Junit, ADeadListEntryOfAFilteredRunIsNoCase) {
  Results results = with(Verdict::pass);
  results.dead_known_failing = {"s/gone"};
  results.filtered = true;
  EXPECT_THAT(to_junit(results), Not(HasSubstr("s/gone")));
}

TEST(Junit, HoldsNoControlCharacterButTheLineFeed) {
  for (const char character : to_junit(sample_results())) {
    const auto byte = static_cast<unsigned char>(character);
    ASSERT_TRUE(byte == '\n' || (byte >= 0x20 && byte != 0x7F)) << static_cast<int>(byte);
  }
}

TEST(Junit, MarkupOfTheTargetStaysText) {
  const std::string xml = to_junit(sample_results());
  EXPECT_THAT(xml, Not(HasSubstr("<script")));
  EXPECT_THAT(xml, Not(HasSubstr("<!--")));
  EXPECT_THAT(xml, Not(HasSubstr("]]>")));
}

}  // namespace
}  // namespace wsconform::junit_test
