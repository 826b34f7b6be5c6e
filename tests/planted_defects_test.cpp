// Every defect planted into the reference server is caught by a case, and every case that judges catches one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>

#include "cli/defect_table.h"
#include "server-under-test/defect.h"
#include "tests/reference_cases.h"

namespace wsconform {
namespace {

class PlantedDefect : public testing::TestWithParam<std::size_t> {};

// In shares, so that they run side by side and the cases are loaded once for each.
constexpr std::size_t shares = 12;

TEST_P(PlantedDefect, OfEveryShareIsCaughtByAtLeastOneCase) {
  for (std::size_t i = GetParam(); i < defects().size(); i += shares) {
    const Defect& defect = defects()[i];
    EXPECT_TRUE(std::ranges::any_of(reference_cases(),
                                    [&](const Case& each) { return catches(each, defect); }))
        << defect.id << ": " << defect.says;
  }
}

TEST_P(PlantedDefect, IsWhatEveryCaseThatJudgesIsThereFor) {
  const std::vector<Case>& cases = reference_cases();
  for (std::size_t i = GetParam(); i < cases.size(); i += shares) {
    const Case& each = cases[i];
    if (!can_catch(each)) continue;
    EXPECT_TRUE(
        std::ranges::any_of(defects(), [&](const Defect& defect) { return catches(each, defect); }))
        << each.id << " catches no defect";
  }
}

INSTANTIATE_TEST_SUITE_P(Share, PlantedDefect, testing::Range<std::size_t>(0, shares));

TEST(PlantedDefects, AreAtLeastThirty) {
  EXPECT_GE(defects().size(), 30U);
}

}  // namespace
}  // namespace wsconform
