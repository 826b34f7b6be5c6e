// What the standards leave to a server costs it nothing.
#include <gtest/gtest.h>

#include <string>

#include "proof/reference_cases.h"
#include "proof/reference_target.h"
#include "runner/casebook/case.h"
#include "server-under-test/allowed_conduct.h"

namespace wsconform::allowed_conduct_test {
namespace {

class AllowedConduct : public testing::TestWithParam<std::size_t> {};

TEST_P(AllowedConduct, IsCountedAgainstNoServer) {
  const Defect& conduct = allowed_conduct()[GetParam()];
  for (const Case& each : reference_cases()) {
    if (each.alone) continue;
    const CaseResult result = judge_in_memory(each, &conduct).result;
    const bool counted = result.verdict == Verdict::fail || result.verdict == Verdict::lenient ||
                         result.verdict == Verdict::error;
    EXPECT_FALSE(counted) << each.id << ": " << result.reason;
  }
}

INSTANTIATE_TEST_SUITE_P(Share, AllowedConduct,
                         testing::Range<std::size_t>(0, allowed_conduct().size()));

}  // namespace
}  // namespace wsconform::allowed_conduct_test
