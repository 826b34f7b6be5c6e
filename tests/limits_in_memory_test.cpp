// The searches for limits against the reference server in memory: whatever its limits, each
// is found exactly.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "proof/reference_target.h"
#include "runner/casebook/case.h"
#include "runner/conversation/conversation.h"
#include "runner/suite/limit_probe.h"
#include "runner/suite/stage.h"

namespace wsconform::limits_in_memory_test {
namespace {

const LimitedQuantity& quantity(std::string_view name) {
  return *std::ranges::find(limited_quantities(), name, &LimitedQuantity::name);
}

LimitFound found_in(std::string_view name, const Limits& limits,
                    const TargetProfile& profile = reference_profile()) {
  Pace pace;
  LimitSearch search(range_of(quantity(name), false));
  while (const auto size = search.next()) {
    const Case made = quantity(name).sized(*size, profile);
    const Instant now{};
    MemoryRun run =
        run_in_memory(Conversation(made, profile, pace, 1, now), limited_target(limits), now);
    search.learn(
        outcome_of({{&made, 1}, std::move(run.result), std::move(run.outcome), now}, Secrets()));
  }
  return search.found();
}

struct LimitRow {
  std::string_view name;
  std::string_view quantity;
  Limits limits;
  std::string_view told;
};
void PrintTo(const LimitRow& row, std::ostream* out) {
  *out << row.name;
}

class LimitInMemory : public testing::TestWithParam<LimitRow> {};

TEST_P(LimitInMemory, IsFound) {
  const LimitRow& row = GetParam();
  EXPECT_THAT(words(found_in(row.quantity, row.limits), std::string(quantity(row.quantity).unit)),
              testing::StartsWith(std::string(row.told)));
}

Limits with(std::uint64_t Limits::* limit, std::uint64_t value) {
  Limits limits;
  limits.*limit = value;
  return limits;
}

Limits with_head(std::size_t bytes) {
  Limits limits;
  limits.max_head = bytes;
  return limits;
}

const LimitRow rows[] = {
    {"Message", "largest text message", with(&Limits::max_message, 5003),
     "5003 bytes; beyond: Close 1009"},
    {"Binary", "largest binary message", with(&Limits::max_message, 100'001),
     "100001 bytes; beyond: Close 1009"},
    {"FrameAlone", "largest binary message", with(&Limits::max_frame, 65'535),
     "65535 bytes; beyond: Close 1009"},
    {"FrameBoundsNoFragments", "largest fragmented message", with(&Limits::max_frame, 65'536),
     "at least 4194304 bytes: no limit was met"},
    {"Fragmented", "largest fragmented message", with(&Limits::max_message, 777'777),
     "777777 bytes; beyond: Close 1009"},
    {"NoLimit", "largest text message", {}, "at least 4194304 bytes: no limit was met"},
    {"Fragments", "most fragments in a message", with(&Limits::max_fragments, 333),
     "333 fragments; beyond: Close 1"},
    {"Controls", "most Pings in a row", with(&Limits::max_controls_per_second, 1000), ""},
    {"Head", "largest request head", with_head(9001), "9001 bytes; beyond: "},
    {"NotEvenTheLeast", "largest text message", with(&Limits::max_message, 4095),
     "none found: even 4096 bytes get: "},
};
INSTANTIATE_TEST_SUITE_P(Of, LimitInMemory, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(LimitsInMemory, AreFoundInATargetThatIsOnlyAskedByPings) {
  TargetProfile profile = reference_profile();
  profile.echoes = false;
  EXPECT_EQ(found_in("largest text message", with(&Limits::max_message, 5003), profile).taken,
            5003U);
}

}  // namespace
}  // namespace wsconform::limits_in_memory_test
