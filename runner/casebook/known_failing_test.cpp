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
  EXPECT_EQ(dead_entries(list, all_ids), std::vector<std::string>{"s/gone"});
}

TEST(KnownFailing, IsUpdatedSortedWithTheReasonsItHad) {
  const KnownFailing list =
      parse_known_failing("p", "# Ours\ns/c/* # both\ns/a # passes now\ns/gone # dead\n");
  const Results results = results_of({{"s/a", Verdict::pass},
                                      {"s/b", Verdict::fail},
                                      {"s/c/1", Verdict::fail},
                                      {"s/c/2", Verdict::fail}});
  EXPECT_EQ(updated(list, all_ids, results), "# Ours\ns/b  # it broke\ns/c/*  # both\n");
}

TEST(KnownFailing, TakesAPatternApartWhereOnlySomeStillFail) {
  const KnownFailing list = parse_known_failing("p", "s/c/* # both\n");
  const Results results = results_of({{"s/c/1", Verdict::pass}, {"s/c/2", Verdict::fail}});
  EXPECT_EQ(updated(list, all_ids, results), "s/c/2  # both\n");
}

TEST(KnownFailing, KeepsEntriesOfCasesThatDidNotRun) {
  const KnownFailing list = parse_known_failing("p", "s/b # later\n");
  EXPECT_EQ(updated(list, all_ids, results_of({{"s/a", Verdict::pass}})), "s/b  # later\n");
}

TEST(KnownFailing, ReadsBackWhatItWrites) {
  Results results = results_of({{"s/a", Verdict::fail}});
  results.cases[0].reason = "two\nlines";
  const KnownFailing read = parse_known_failing("p", updated({}, all_ids, results));
  ASSERT_EQ(read.entries.size(), 1u);
  EXPECT_EQ(read.entries[0].reason, "two\\nlines");
}

}  // namespace
}  // namespace wsconform::known_failing_test
