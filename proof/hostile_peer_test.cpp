// What peers that are no good get: never a pass from a case that asks something of them,
// always a verdict.
#include <gtest/gtest.h>

#include <string>

#include "proof/hostile_target.h"
#include "proof/judged.h"
#include "proof/reference_cases.h"
#include "proof/reference_target.h"
#include "runner/casebook/case.h"

namespace wsconform::hostile_peer_test {
namespace {

// What a peer makes of every so many cases, the first one and those behind it.
void expect_no_pass(const HostilePeer& peer, std::size_t stride) {
  constexpr std::size_t bound = 64 * 1024 * 1024;
  std::size_t passed = 0;
  for (std::size_t at = 0; at < reference_cases().size() && passed <= 20; at += stride) {
    const Case& each = reference_cases()[at];
    const MemoryRun run = judge_peer(each, peer);
    EXPECT_LT(run.received, bound) << peer.name << ": " << each.id;
    if (run.result.verdict != Verdict::pass) continue;
    ++passed;
    ADD_FAILURE() << peer.name << ": " << each.id << ": " << run.result.reason;
  }
}

class AnyHostilePeer : public testing::TestWithParam<std::size_t> {};

TEST_P(AnyHostilePeer, PassesNoCaseAndIsAbandonedBeforeItFillsMemory) {
  expect_no_pass(hostile_peers()[GetParam()], 1);
}

// One process each.
INSTANTIATE_TEST_SUITE_P(Share, AnyHostilePeer,
                         testing::Range<std::size_t>(0, hostile_peers().size()));

// Under the sanitizers too, where all of it takes too long.
TEST(HostilePeers, PassNoCaseOfASample) {
  for (const HostilePeer& each : hostile_peers()) expect_no_pass(each, 23UL * WSCONFORM_ONE_IN);
}

TEST(Reflector, PassesNoCaseAboutIllegalData) {
  for (const Case& each : reference_cases()) {
    if (!demands_failure(each)) continue;
    const CaseResult result = judge_peer(each, reflector()).result;
    EXPECT_NE(result.verdict, Verdict::pass) << each.id << ": " << result.reason;
  }
}

}  // namespace
}  // namespace wsconform::hostile_peer_test
