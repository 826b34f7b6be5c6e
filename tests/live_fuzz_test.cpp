// The live fuzzer's sessions and its oracle, held against the reference server in memory: right, and with planted defects.
#include <gtest/gtest.h>

#include <ostream>

#include "fuzz/live/finding.h"
#include "fuzz/live/generator.h"
#include "fuzz/live/oracle.h"
#include "proof/reference_cases.h"
#include "proof/reference_target.h"
#include "server-under-test/planted_defects.h"

namespace wsconform::live_fuzz_test {
namespace {

const Oracle& oracle() {
  static const Oracle made(reference_cases());
  return made;
}

// What came of it that is not allowed; nullopt: nothing.
std::optional<std::string> found(const LiveSession& session, const Defect* defect = nullptr) {
  const Reading reading = read(session);
  const Case made = oracle().case_of(session, reading, "fuzz/1", true);
  const MemoryRun run = judge_in_memory(made, defect);
  Finished ended;
  ended.result = run.result;
  ended.outcome = run.outcome;
  const auto cause = cause_of(session, reading, ended, true);
  if (!cause) return std::nullopt;
  return name_of(*cause) + ": " + run.result.reason;
}

// A share of all that is generated from a seed.
void expect_nothing_found(std::uint64_t seed, int count) {
  Generator generator(seeds_of(reference_cases()), reference_profile(), seed);
  for (int n = 0; n < count; ++n) {
    const LiveSession session = generator.next();
    const auto cause = found(session);
    EXPECT_EQ(cause, std::nullopt) << "seed " << seed << ", session " << n;
    generator.learn(session, read(session), cause.value_or("allowed"));
  }
}

TEST(LiveFuzz, AllowsAllThatTheReferenceServerDoes) {
  expect_nothing_found(1, 400);
}

TEST(LiveFuzz, AllowsItOfWhatItGeneratesItself) {
  Generator generator({}, reference_profile(), 2);
  for (int n = 0; n < 600; ++n) {
    const LiveSession session = generator.next();
    const auto cause = found(session);
    EXPECT_EQ(cause, std::nullopt) << "session " << n;
    generator.learn(session, read(session), "allowed");
  }
}

TEST(LiveFuzz, MakesTheSameSessionsOfTheSameSeed) {
  Generator one({}, reference_profile(), 3);
  Generator other({}, reference_profile(), 3);
  for (int n = 0; n < 100; ++n) EXPECT_EQ(one.next(), other.next());
}

struct Planted {
  const char* id = "";
};
void PrintTo(const Planted& row, std::ostream* out) {
  *out << row.id;
}

class LiveFuzzOfDefect : public testing::TestWithParam<Planted> {};

// Without the cases for seeds.
TEST_P(LiveFuzzOfDefect, IsFoundFromNothing) {
  const Defect* defect = defect_named(GetParam().id);
  ASSERT_NE(defect, nullptr);
  Generator generator({}, reference_profile(), 4);
  for (int n = 0; n < 3000; ++n)
    if (found(generator.next(), defect)) return;
  FAIL() << "not found";
}

INSTANTIATE_TEST_SUITE_P(
    Each, LiveFuzzOfDefect,
    testing::Values(Planted{"ignores-rsv3-without-extension"}, Planted{"ping-in-message-fails"},
                    Planted{"echo-last-byte-changed"}, Planted{"utf8-unfinished-end"},
                    Planted{"deflate-rsv1-on-fragments"}, Planted{"close-takes-2000"},
                    Planted{"length64-low-half"}, Planted{"messages-as-continuation"}));

}  // namespace
}  // namespace wsconform::live_fuzz_test
