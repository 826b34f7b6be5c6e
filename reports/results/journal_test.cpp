#include "reports/results/journal.h"

#include <gtest/gtest.h>

#include "reports/results/results_json.h"
#include "reports/results/sample_results.h"

namespace wsconform::journal_test {
namespace {

std::string journal_for(const Results& results) {
  std::string text = journal_head(results);
  for (const CaseResult& each : results.cases) text += journal_entry(each);
  return text;
}

Results as_killed(Results results) {
  results.stop = Stop{.kind = Stop::Kind::killed, .under_way = {}, .why = {}};
  return results;
}

TEST(Journal, GivesBackEveryResultAndThatTheRunWasKilled) {
  const Results results = sample_results();
  const auto read = results_from_file(journal_for(results));
  ASSERT_TRUE(read) << read.error();
  // The round trip of JSON makes bytes that are no UTF-8 visible.
  EXPECT_EQ(*read, results_from_json(to_json(as_killed(results))));
}

TEST(Journal, LeavesOutARecordThatIsCutOff) {
  Results results = sample_results();
  const std::string head = journal_head(results);
  const std::string entry = journal_entry(results.cases[0]);
  const std::string two = head + entry + journal_entry(results.cases[1]);
  const auto tells_much = [&](std::size_t size) {
    return two[size - 1] == '\n' || size + 1 >= two.size() || size % 512 == 0;
  };
  for (std::size_t size = head.size(); size <= two.size(); ++size) {
    if (!tells_much(size)) continue;
    const auto read = results_from_file(two.substr(0, size));
    ASSERT_TRUE(read) << size;
    const std::size_t whole =
        (size >= head.size() + entry.size() ? 1U : 0U) + (size == two.size() ? 1U : 0U);
    ASSERT_EQ(read->cases.size(), whole) << size;
  }
}

TEST(Journal, IsNoneBeforeItsFirstRecordIsWhole) {
  EXPECT_EQ(results_from_file(journal_head(Results{}).substr(0, 20)).error(),
            "the journal ends before its first record");
}

TEST(Journal, NamesTheRecordThatIsNoResult) {
  EXPECT_EQ(results_from_file(journal_head(Results{}) + "\x1E{\n}\n").error(),
            "record 2: /: the member \"id\" is missing");
}

TEST(Journal, IsToldFromTheJsonOfResults) {
  const Results results = sample_results();
  EXPECT_EQ(results_from_file(to_json(results)), results_from_json(to_json(results)));
  EXPECT_EQ(journal_of("out/r.json"), "out/r.json.journal");
}

}  // namespace
}  // namespace wsconform::journal_test
