// Every defect planted into the reference server is caught by a case, and every case that
// judges catches one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "proof/defect_table.h"
#include "proof/reference_cases.h"
#include "proof/rehearsal.h"
#include "runner/casebook/case.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/tested_defect.h"

namespace wsconform::planted_defects_test {
namespace {

// In shares, so that they run side by side and the cases are loaded once for each; under a
// sanitizer a sample of a share.
constexpr std::size_t shares = 24;

class PlantedDefect : public testing::TestWithParam<std::size_t> {
 protected:
  // Each of this share of `count`.
  template <typename Check>
  static void for_each_of(std::size_t count, const Check& check) {
    const std::size_t end = (GetParam() + 1) * count / shares;
    for (std::size_t i = GetParam() * count / shares; i < end; i += WSCONFORM_ONE_IN) check(i);
  }
};

// Whether the predicate holds for one of `count`; the search begins where the last one ended, for
// neighbours are alike.
template <typename Predicate>
bool any_from(std::size_t& at, std::size_t count, const Predicate& holds) {
  for (std::size_t tried = 0; tried < count; ++tried, at = (at + 1) % count)
    if (holds(at)) return true;
  return false;
}

// The cases that run beside others, or those that run alone: they send much.
std::vector<Case> cases_that_are(bool alone) {
  std::vector<Case> cases;
  std::ranges::copy_if(reference_cases(), std::back_inserter(cases),
                       [&](const Case& each) { return can_catch(each) && each.alone == alone; });
  return cases;
}

TEST_P(PlantedDefect, OfEveryShareIsCaughtByAtLeastOneCase) {
  const std::vector<Case> light = cases_that_are(false);
  const std::vector<Case> heavy = cases_that_are(true);
  std::size_t at_light = 0;
  std::size_t at_heavy = 0;
  for_each_of(defects().size(), [&](std::size_t i) {
    const Defect& defect = defects()[i];
    const auto caught_by = [&](const std::vector<Case>& cases, std::size_t& at) {
      return any_from(at, cases.size(), [&](std::size_t n) { return catches(cases[n], defect); });
    };
    EXPECT_TRUE(caught_by(light, at_light) || caught_by(heavy, at_heavy))
        << defect.id << ": " << defect.says;
  });
}

TEST_P(PlantedDefect, IsWhatEveryCaseThatJudgesIsThereFor) {
  const std::vector<Case>& cases = reference_cases();
  std::size_t at = 0;
  for_each_of(cases.size(), [&](std::size_t i) {
    if (!can_catch(cases[i])) return;
    EXPECT_TRUE(any_from(at, defects().size(),
                         [&](std::size_t n) { return catches(cases[i], defects()[n]); }))
        << cases[i].id << " catches no defect";
  });
}

// Else a case would seem to catch whatever is planted.
TEST_P(PlantedDefect, IsNotSeenWhereNothingIsWrong) {
  const std::vector<Case>& cases = reference_cases();
  for_each_of(cases.size(), [&](std::size_t i) {
    EXPECT_FALSE(catches(cases[i], tested::no_defect())) << cases[i].id;
  });
}

INSTANTIATE_TEST_SUITE_P(Share, PlantedDefect, testing::Range<std::size_t>(0, shares));

TEST(PlantedDefects, AreAtLeastThirty) {
  EXPECT_GE(defects().size(), 30U);
}

}  // namespace
}  // namespace wsconform::planted_defects_test
