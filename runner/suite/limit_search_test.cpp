#include "runner/suite/limit_search.h"

#include <gtest/gtest.h>

#include <string_view>

namespace wsconform::limit_search_test {
namespace {

using Kind = SizeOutcome::Kind;

constexpr std::uint64_t mib = 1024 * 1024;
constexpr SearchRange up_to_16_mib{4096, 16 * mib, 384 * mib};

struct Searched {
  LimitFound found;
  int tries = 0;
  std::uint64_t spent = 0;
};

// Against a target that takes so much and no more.
Searched searched(std::uint64_t limit, SearchRange range = up_to_16_mib) {
  LimitSearch search(range);
  Searched result;
  while (const auto size = search.next()) {
    ++result.tries;
    result.spent += *size;
    search.learn(*size <= limit ? SizeOutcome{} : SizeOutcome{Kind::refused, "Close 1009"});
  }
  result.found = search.found();
  return result;
}

class LimitOf : public testing::TestWithParam<std::uint64_t> {};

TEST_P(LimitOf, IsFoundToTheByte) {
  const Searched result = searched(GetParam());
  EXPECT_TRUE(result.found.exact());
  EXPECT_EQ(result.found.taken, GetParam());
  EXPECT_EQ(result.found.answers, std::vector<std::string>{"Close 1009"});
  EXPECT_LE(result.spent, up_to_16_mib.budget);
}

INSTANTIATE_TEST_SUITE_P(Bytes, LimitOf,
                         testing::Values(4096, 4097, 5000, 16383, 16384, 16385, 65535, 65536, 65537,
                                         100'000, 123'457, 1'000'000, mib - 1, mib, mib + 1,
                                         3 * mib + 7, 9'999'999, 10'000'000, 10'000'001, 12'345'678,
                                         16 * mib - 1));

TEST(LimitSearch, FindsLimitsThatAreRoundInFewTries) {
  for (const std::uint64_t limit : {65535UL, 65536UL, mib, 2 * mib - 1, 8 * mib, 10'000'000UL})
    EXPECT_LE(searched(limit).tries, 15) << limit;
}

TEST(LimitSearch, SaysAtLeastWhereNoLimitIsMet) {
  const Searched result = searched(16 * mib);
  EXPECT_EQ(result.found.taken, 16 * mib);
  EXPECT_FALSE(result.found.refused);
  EXPECT_EQ(result.tries, 7);
  EXPECT_EQ(words(result.found, "bytes"), "at least 16777216 bytes: no limit was met");
}

TEST(LimitSearch, EndsAtTheLeastWhereEvenThatIsRefused) {
  const Searched result = searched(4095);
  EXPECT_EQ(result.tries, 1);
  EXPECT_EQ(words(result.found, "bytes"), "none found: even 4096 bytes get: Close 1009");
}

TEST(LimitSearch, GivesBoundsWhereTheBudgetIsSpent) {
  const Searched result = searched(12'345'678, {4096, 16 * mib, 64 * mib});
  EXPECT_LE(result.spent, 64 * mib);
  EXPECT_FALSE(result.found.exact());
  EXPECT_LE(*result.found.taken, 12'345'678U);
  EXPECT_GT(*result.found.refused, 12'345'678U);
  EXPECT_NE(words(result.found, "bytes").find("between "), std::string::npos);
}

TEST(LimitSearch, WaitsForNoMoreThanTwoSilences) {
  LimitSearch search(up_to_16_mib);
  int silences = 0;
  while (const auto size = search.next()) {
    const bool taken = *size <= 700'001;
    silences += taken ? 0 : 1;
    search.learn(taken ? SizeOutcome{} : SizeOutcome{Kind::silent, "silence"});
  }
  EXPECT_EQ(silences, 2);
  EXPECT_LE(*search.found().taken, 700'001U);
  EXPECT_GT(*search.found().refused, 700'001U);
}

TEST(LimitSearch, NamesTheSizeThatTheTargetDiedOf) {
  LimitSearch search(up_to_16_mib);
  while (const auto size = search.next())
    search.learn(*size <= 20'000 ? SizeOutcome{} : SizeOutcome{Kind::died, "signal 9 (Killed)"});
  EXPECT_EQ(words(search.found(), "bytes"),
            "between 16384 and 65535 bytes; the target died of 65536: signal 9 (Killed)");
}

TEST(LimitSearch, SaysThatALimitIsNotSharpWhereTheSameSizeIsTakenAndRefused) {
  LimitSearch search(up_to_16_mib);
  bool refused_before = false;
  while (const auto size = search.next()) {  // 5000 and less are taken, or 5001 the second time
    const bool second = *size == 5001 && refused_before;
    refused_before = refused_before || *size == 5001;
    search.learn(*size <= 5000 || second ? SizeOutcome{}
                                         : SizeOutcome{Kind::refused, "Close 1009"});
  }
  EXPECT_FALSE(search.found().sharp);
  EXPECT_NE(words(search.found(), "bytes").find("about 5000 bytes; it varies"), std::string::npos);
}

TEST(LimitSearch, TellsEveryAnswerThatCameTheNearestToTheLimitFirst) {
  LimitSearch search(up_to_16_mib);
  while (const auto size = search.next()) {
    const std::string answer = *size > 60'000 ? "a reset of TCP" : "Close 1009";
    search.learn(*size <= 20'000 ? SizeOutcome{} : SizeOutcome{Kind::refused, answer});
  }
  EXPECT_EQ(words(search.found(), "bytes"), "20000 bytes; beyond: Close 1009, or a reset of TCP");
}

TEST(LimitSearch, KeepsWhatItHasWhenItIsStopped) {
  LimitSearch search(up_to_16_mib);
  search.learn({});
  search.stop("no time is left");
  EXPECT_FALSE(search.next());
  EXPECT_EQ(words(search.found(), "bytes"),
            "at least 4096 bytes; the search ended early: no time is left");
  search.learn({Kind::refused, "ignored"});
  EXPECT_FALSE(search.found().refused);
}

TEST(LimitSearch, EndsWithTheReasonOfAnOutcomeThatIsNone) {
  LimitSearch search(up_to_16_mib);
  search.learn({Kind::unclear, "The run was stopped."});
  EXPECT_EQ(words(search.found(), "bytes"),
            "not found; the search ended early: The run was stopped.");
}

}  // namespace
}  // namespace wsconform::limit_search_test
