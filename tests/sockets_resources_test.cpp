// What a target spends of its machine, over sockets: a process that spins and one that takes memory
// are named by the case that made them, and one that waits is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "proof/reference_cases.h"
#include "runner/casebook/case.h"
#include "tests/over_sockets.h"

namespace wsconform::sockets_resources_test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<Case> cases_of(std::string_view part) {
  std::vector<Case> cases = reference_cases();
  std::erase_if(cases, [&](const Case& each) { return each.id.find(part) == std::string::npos; });
  return cases;
}

Results judge_vice(const std::string& vice, const std::vector<Case>& cases,
                   bool known_by_pid = false) {
  const std::uint16_t port = free_port();
  TargetProcess process(
      "exec node " WSCONFORM_SOURCE_DIR "/tests/peers/spendthrift.mjs {port} " + vice, port);
  RunOptions options;
  options.until_spinning = std::chrono::seconds(1);
  if (known_by_pid) {
    start(process, port);
    options.pid = process.pid();
  }
  return judge(port, cases, known_by_pid ? nullptr : &process, options);
}

const CaseResult& result_of(const Results& results, std::string_view part) {
  return *std::ranges::find_if(results.cases, [&](const CaseResult& each) {
    return each.id.find(part) != std::string::npos;
  });
}

// Some were played again, alone.
void expect_each_once(const Results& results, const std::vector<Case>& cases) {
  ASSERT_EQ(results.cases.size(), cases.size());
  for (std::size_t i = 0; i + 1 < results.cases.size(); ++i)
    EXPECT_NE(results.cases[i].id, results.cases[i + 1].id);
}

constexpr std::string_view promise = "security/frames/promised-and-not-sent/2-31";

TEST(Resources, AreToldOfATargetThatWaits) {
  const Results results = judge_vice("", cases_of(promise));
  ASSERT_FALSE(results.cases.empty());
  for (const CaseResult& each : results.cases) {
    EXPECT_EQ(each.verdict, Verdict::pass) << each.id << ": " << each.reason;
    EXPECT_THAT(each.notes, Contains(HasSubstr("The target used ")));
  }
  for (const char* name : {"memory before the cases", "memory after the cases",
                           "most memory in the run", "CPU time of the run"}) {
    const auto& facts = results.target.facts;
    const auto found = std::ranges::find(facts, name, &Fact::name);
    ASSERT_NE(found, facts.end()) << name;
    EXPECT_GT(found->amount, 0) << name;
  }
}

TEST(Resources, ATargetThatSpinsIsNamedWithTheCaseThatMadeIt) {
  const std::vector<Case> cases = cases_of("security/frames/promised-and-not-sent");
  const Results results = judge_vice("spins", cases);
  expect_each_once(results, cases);
  const CaseResult& named = result_of(results, promise);
  EXPECT_EQ(named.verdict, Verdict::fail);
  EXPECT_THAT(named.reason, StartsWith("The target spins: "));
}

TEST(Resources, ATargetThatSpinsAndIsNotOursIsJudgedLeniently) {
  const Results results = judge_vice("spins", cases_of("promised-and-not-sent/2-31-minus-1"), true);
  ASSERT_EQ(results.cases.size(), 1U);
  EXPECT_EQ(results.cases.front().verdict, Verdict::lenient);
  EXPECT_THAT(results.cases.front().reason, StartsWith("The target spins: "));
}

TEST(Resources, MemoryTakenForALengthThatWasOnlyDeclaredIsNamed) {
  const std::vector<Case> cases = cases_of(promise);
  const Results results = judge_vice("takes", cases);
  expect_each_once(results, cases);
  for (const CaseResult& each : results.cases) {
    EXPECT_EQ(each.verdict, Verdict::lenient) << each.id;
    EXPECT_THAT(each.reason, StartsWith("The target's memory grew by 3"));
  }
}

}  // namespace
}  // namespace wsconform::sockets_resources_test
