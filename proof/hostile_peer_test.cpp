// What peers that are no good get: never a pass from a case that asks something of them, always a verdict.
#include <gtest/gtest.h>

#include <string>

#include "proof/hostile_target.h"
#include "proof/judged.h"
#include "proof/reference_cases.h"
#include "proof/reference_target.h"
#include "runner/casebook/case.h"

namespace wsconform::hostile_peer_test {
namespace {

class AnyHostilePeer : public testing::TestWithParam<HostilePeer> {};

TEST_P(AnyHostilePeer, PassesNoCaseAndIsAbandonedBeforeItFillsMemory) {
  constexpr std::size_t bound = 64 * 1024 * 1024;
  std::size_t passed = 0;
  for (const Case& each : reference_cases()) {
    const MemoryRun run = judge_peer(each, GetParam());
    EXPECT_LT(run.received, bound) << each.id;
    if (run.result.verdict != Verdict::pass) continue;
    ++passed;
    ADD_FAILURE() << each.id << ": " << run.result.reason;
    if (passed > 20) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Each, AnyHostilePeer, testing::ValuesIn(hostile_peers()),
                         [](const testing::TestParamInfo<HostilePeer>& row) {
                           return std::string(row.param.name);
                         });

TEST(Reflector, PassesNoCaseAboutIllegalData) {
  for (const Case& each : reference_cases()) {
    if (!demands_failure(each)) continue;
    const CaseResult result = judge_peer(each, reflector()).result;
    EXPECT_NE(result.verdict, Verdict::pass) << each.id << ": " << result.reason;
  }
}

}  // namespace
}  // namespace wsconform::hostile_peer_test
