// Every defect planted into the reference server is caught by at least one case.
#include <gtest/gtest.h>

#include <cstddef>

#include "server-under-test/defect.h"
#include "tests/defect_table.h"
#include "tests/reference_target.h"

namespace wsconform {
namespace {

class PlantedDefect : public testing::TestWithParam<std::size_t> {};

// In shares, so that they run side by side and the cases are loaded once for each.
constexpr std::size_t shares = 12;

TEST_P(PlantedDefect, OfEveryShareIsCaughtByAtLeastOneCase) {
  for (std::size_t i = GetParam(); i < defects().size(); i += shares) {
    const Defect& defect = defects()[i];
    EXPECT_FALSE(first_catcher(defect).empty()) << defect.id << ": " << defect.says;
  }
}

INSTANTIATE_TEST_SUITE_P(Share, PlantedDefect, testing::Range<std::size_t>(0, shares));

TEST(PlantedDefects, AreAtLeastThirty) {
  EXPECT_GE(defects().size(), 30U);
}

}  // namespace
}  // namespace wsconform
