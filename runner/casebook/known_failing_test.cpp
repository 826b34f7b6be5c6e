#include "runner/casebook/known_failing.h"

#include <gtest/gtest.h>

#include "reports/results/results.h"
#include "runner/input/input_error.h"

namespace wsconform::known_failing_test {
namespace {

Results results_of(std::vector<std::pair<std::string, Verdict>> verdicts) {
  Results results;
  for (auto& [id, verdict] : verdicts) {
    CaseResult& added = results.cases.emplace_back();
    added.id = id;
    added.verdict = verdict;
    added.reason = "it broke";
    if (verdict == Verdict::fail) added.cause = {"host-missing", "accepted"};
  }
  return results;
}

const std::vector<std::string> all_ids = {"s/a", "s/b", "s/c/1", "s/c/2"};

TEST(KnownFailing, ReadsAPatternAndAReasonALine) {
  const KnownFailing list = parse_known_failing(
      "p", "# What fails.\n\ns/a  # slow\r\n  s/c/* bug 7 # of theirs\n# more\n");
  EXPECT_EQ(list.heading, "# What fails.\n");
  ASSERT_EQ(list.entries.size(), 2u);
  EXPECT_EQ(list.entries[0].glob, "s/a");
  EXPECT_EQ(list.entries[0].reason, "slow");
  EXPECT_EQ(list.entries[1].glob, "s/c/*");
  EXPECT_EQ(list.entries[1].reason, "bug 7 # of theirs");
  EXPECT_EQ(list.entries[1].line, 4u);
}

TEST(KnownFailing, AsksForAReason) {
  try {
    parse_known_failing("list", "\ns/a #  \n");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.line(), 2u);
  }
}

TEST(KnownFailing, SaysThatAFileCannotBeRead) {
  EXPECT_THROW(load_known_failing("/nonexistent"), InputError);
}

CaseResult judged(const std::string& list, Verdict verdict, bool strict = false) {
  CaseResult result;
  result.id = "s/a";
  result.verdict = verdict;
  judge_by({parse_known_failing("p", list), strict}, result);
  return result;
}

TEST(Expectations, ExcuseAFailThatTheListNames) {
  const CaseResult listed = judged("s/a # slow", Verdict::fail);
  EXPECT_FALSE(listed.unexpected);
  EXPECT_EQ(listed.known_failing, "slow");
  const CaseResult other = judged("s/b # slow", Verdict::fail);
  EXPECT_TRUE(other.unexpected);
  EXPECT_EQ(other.known_failing, "");
}

TEST(Expectations, TakeACaseOfTheListThatDoesNotFailForUnexpected) {
  for (const Verdict verdict : {Verdict::pass, Verdict::lenient, Verdict::observed})
    EXPECT_TRUE(judged("* # all", verdict).unexpected) << name_of(verdict);
  EXPECT_FALSE(judged("* # all", Verdict::skipped).unexpected);
}

TEST(Expectations, ExcuseNoError) {
  EXPECT_TRUE(judged("s/a # slow", Verdict::error).unexpected);
  EXPECT_TRUE(judged("", Verdict::error).unexpected);
}

TEST(Expectations, WithoutAListHoldNothingButAFailForUnexpected) {
  EXPECT_TRUE(judged("", Verdict::fail).unexpected);
  for (const Verdict verdict :
       {Verdict::pass, Verdict::lenient, Verdict::observed, Verdict::skipped})
    EXPECT_FALSE(judged("", verdict).unexpected) << name_of(verdict);
}

TEST(Expectations, HoldALenientVerdictForUnexpectedWhereTheyAreStrict) {
  EXPECT_TRUE(judged("", Verdict::lenient, true).unexpected);
  EXPECT_FALSE(judged("", Verdict::observed, true).unexpected);
  EXPECT_FALSE(judged("s/a # slow", Verdict::fail, true).unexpected);
}

TEST(KnownFailing, NamesDeadEntries) {
  const KnownFailing list = parse_known_failing("p", "s/a # x\ns/c/* # y\ns/gone # dead\n");
  EXPECT_EQ(dead_entries(list, all_ids, {}, true), std::vector<std::string>{"s/gone"});
}

TEST(KnownFailing, IsUpdatedSortedWithTheReasonsItHad) {
  const KnownFailing list =
      parse_known_failing("p", "# Ours\ns/c/* # both\ns/a # passes now\ns/gone # dead\n");
  const Results results = results_of({{"s/a", Verdict::pass},
                                      {"s/b", Verdict::fail},
                                      {"s/c/1", Verdict::fail},
                                      {"s/c/2", Verdict::fail}});
  EXPECT_EQ(words(updated(list, all_ids, results, true)),
            "# Ours\ncause:host-missing:accepted  # A request without Host: accepted\n"
            "s/c/*  # both\n");
}

TEST(KnownFailing, NamesTheCauseWhereOnlySomeOfAPatternStillFail) {
  const KnownFailing list = parse_known_failing("p", "s/c/* # both\n");
  const Results results = results_of({{"s/c/1", Verdict::pass}, {"s/c/2", Verdict::fail}});
  EXPECT_EQ(words(updated(list, all_ids, results, true)), "cause:host-missing:accepted  # both\n");
}

TEST(KnownFailing, KeepsEntriesOfCasesThatDidNotRun) {
  const KnownFailing list = parse_known_failing("p", "s/b # later\n");
  const Results results = results_of({{"s/a", Verdict::pass}});
  EXPECT_EQ(words(updated(list, all_ids, results, false)), "s/b  # later\n");
}

TEST(KnownFailing, ReadsBackWhatItWrites) {
  Results results = results_of({{"s/a", Verdict::fail}});
  results.cases[0].cause = {"s/a", "open"};
  results.cases[0].says = "two\nlines.";
  const KnownFailing read = parse_known_failing("p", words(updated({}, all_ids, results, true)));
  ASSERT_EQ(read.entries.size(), 1u);
  EXPECT_EQ(read.entries[0].glob, "cause:s/a:open");
  EXPECT_EQ(read.entries[0].reason, "two\\nlines; instead: the connection stayed open");
}

// Of causes

const std::string of_host = "cause:host-missing:accepted # old proxy\n";

CaseResult with_cause(Verdict verdict, Cause cause) {
  CaseResult result;
  result.id = "s/a";
  result.verdict = verdict;
  result.cause = std::move(cause);
  judge_by({parse_known_failing("p", of_host), false}, result);
  return result;
}

TEST(KnownFailing, ExcusesWhatFailsByTheCauseItNames) {
  const CaseResult named = with_cause(Verdict::fail, {"host-missing", "accepted"});
  EXPECT_FALSE(named.unexpected);
  EXPECT_EQ(named.known_failing, "old proxy");
  EXPECT_TRUE(with_cause(Verdict::fail, {"host-missing", "status-500"}).unexpected);
  EXPECT_TRUE(with_cause(Verdict::fail, {}).unexpected);
}

TEST(KnownFailing, ExpectsNoFailOfACaseWhoseCauseItNames) {
  EXPECT_FALSE(with_cause(Verdict::lenient, {"host-missing", "accepted"}).unexpected);
  EXPECT_FALSE(with_cause(Verdict::pass, {}).unexpected);
}

TEST(KnownFailing, NamesACauseThatNothingOfAWholeRunGoesBackTo) {
  const KnownFailing list = parse_known_failing("p", of_host);
  const std::vector<CaseResult> failed{with_cause(Verdict::fail, {"host-missing", "accepted"})};
  EXPECT_EQ(dead_entries(list, all_ids, {}, true),
            std::vector<std::string>{"cause:host-missing:accepted"});
  EXPECT_TRUE(dead_entries(list, all_ids, failed, true).empty());
  EXPECT_TRUE(dead_entries(list, all_ids, {}, false).empty());
}

TEST(KnownFailing, IsUpdatedToTheCausesThatAreLeft) {
  const KnownFailing list = parse_known_failing("p", of_host);
  EXPECT_EQ(words(updated(list, all_ids, results_of({{"s/a", Verdict::pass}}), true)), "");
  const Results failing = results_of({{"s/a", Verdict::fail}, {"s/b", Verdict::fail}});
  EXPECT_EQ(words(updated(list, all_ids, failing, true)),
            "cause:host-missing:accepted  # old proxy\n");
}

}  // namespace
}  // namespace wsconform::known_failing_test
