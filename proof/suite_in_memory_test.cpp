// The whole suite in one process against the reference server: every case, whole and
// cut at every byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "proof/reference_cases.h"
#include "proof/reference_target.h"
#include "runner/casebook/case.h"

namespace wsconform::suite_in_memory_test {
namespace {

// Beyond these, positions add nothing but time: bodies of messages, all alike.
constexpr std::size_t most_positions = 400;
constexpr std::size_t large_stream = 3'000;

std::string told(const Case& each, const CaseResult& result) {
  return each.id + ": " + std::string(name_of(result.verdict)) + ": " + result.reason +
         " Expected: " + result.expected;
}

// Cases in shares, so that they run side by side; under a sanitizer a sample of a share.
constexpr std::size_t shares_of_cases = 16;
constexpr std::size_t stride = shares_of_cases * WSCONFORM_ONE_IN;

class EveryCase : public testing::TestWithParam<std::size_t> {
 protected:
  template <typename Check>
  void for_each_case(const Check& check) {
    const std::vector<Case>& cases = reference_cases();
    for (std::size_t i = GetParam(); i < cases.size(); i += stride) check(cases[i]);
  }
};

bool as_wanted(const CaseResult& result) {
  return result.verdict == Verdict::pass || result.verdict == Verdict::observed;
}

// Most cases begin with the same head: once it was cut everywhere, the others are cut from its end
// on.
class HeadsCut {
 public:
  std::size_t first_cut(const MemoryRun& whole, WireEntry::Direction direction) {
    const auto first = std::ranges::find_if(whole.result.wire, [&](const WireEntry& each) {
      return each.direction == direction && each.connection == 0;
    });
    if (first == whole.result.wire.end() || first->kind != WireEntry::Kind::head) return 1;
    std::string head = first->says;
    for (const std::string& field : first->details)
      if (!is_random(field)) head += '\n' + field;
    return seen_.insert(std::move(head)).second ? 1 : static_cast<std::size_t>(first->size);
  }

 private:
  static bool is_random(std::string_view field) {
    return field.starts_with("Sec-WebSocket-Key: ") || field.starts_with("Sec-WebSocket-Accept: ");
  }

  std::set<std::string> seen_;
};

TEST_P(EveryCase, IsPassedByTheReferenceServer) {
  for_each_case([](const Case& each) {
    const CaseResult result = judge_in_memory(each).result;
    EXPECT_TRUE(as_wanted(result)) << told(each, result);
  });
}

TEST_P(EveryCase, GivesTheSameVerdictAtEveryCutOfTheStreamToTheTarget) {
  HeadsCut heads;
  for_each_case([&heads](const Case& each) {
    const MemoryRun whole = judge_in_memory(each);
    if (std::max(whole.sent, whole.received) > large_stream) return;
    const std::size_t first = heads.first_cut(whole, WireEntry::Direction::sent);
    for (std::size_t at = first; at < std::min(whole.sent, first + most_positions); ++at) {
      const CaseResult cut = judge_in_memory(each, nullptr, {.to_target_at = at}).result;
      ASSERT_EQ(cut.verdict, whole.result.verdict) << "cut at " << at << ": " << told(each, cut);
    }
  });
}

TEST_P(EveryCase, GivesTheSameVerdictAtEveryCutOfTheStreamFromTheTarget) {
  HeadsCut heads;
  for_each_case([&heads](const Case& each) {
    const MemoryRun whole = judge_in_memory(each);
    if (std::max(whole.sent, whole.received) > large_stream) return;
    const std::size_t first = heads.first_cut(whole, WireEntry::Direction::received);
    for (std::size_t at = first; at < std::min(whole.received, first + most_positions); ++at) {
      const CaseResult cut = judge_in_memory(each, nullptr, {.from_target_at = at}).result;
      ASSERT_EQ(cut.verdict, whole.result.verdict) << "cut at " << at << ": " << told(each, cut);
    }
  });
}

TEST_P(EveryCase, GivesTheSameVerdictByteByByteAndInSmallPieces) {
  for_each_case([](const Case& each) {
    const MemoryRun whole = judge_in_memory(each);
    for (const std::size_t chunk : {1U, 2U, 3U, 7U, 1000U}) {
      if (whole.sent / chunk > 200'000) continue;
      const CaseResult cut = judge_in_memory(each, nullptr, {.chunk = chunk}).result;
      ASSERT_EQ(cut.verdict, whole.result.verdict)
          << "pieces of " << chunk << ": " << told(each, cut);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Share, EveryCase, testing::Range<std::size_t>(0, shares_of_cases));

TEST(Suite, HasAtLeast220VariantsForServers) {
  EXPECT_GE(reference_cases().size(), 220U);
}

}  // namespace
}  // namespace wsconform::suite_in_memory_test
