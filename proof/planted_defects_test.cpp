// Every defect planted into the reference server is caught by a case, and every case that
// judges catches one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <thread>
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

// All at once, for what a case was rehearsed for serves each.
class PlantedDefects : public testing::TestWithParam<int> {};

TEST_P(PlantedDefects, AreEachCaughtByAtLeastOneCase) {
  std::vector<const Defect*> chosen;
  for (const Defect& each : defects()) chosen.push_back(&each);
  EXPECT_GE(defects().size(), 30U);
  const DefectTable table = defect_table(
      reference_cases(), chosen,
      {.threads = std::thread::hardware_concurrency(), .most_catchers = 1, .spares_heavy = true});
  for (const DefectTable::Row& row : table.rows)
    EXPECT_FALSE(row.catchers.empty()) << row.defect->id << ": " << row.defect->says;
}

INSTANTIATE_TEST_SUITE_P(Share, PlantedDefects, testing::Values(0));

}  // namespace
}  // namespace wsconform::planted_defects_test
