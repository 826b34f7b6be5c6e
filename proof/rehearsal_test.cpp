#include "proof/rehearsal.h"

#include <gtest/gtest.h>

#include "proof/defect_table.h"
#include "proof/reference_cases.h"
#include "proof/reference_target.h"
#include "runner/casebook/case.h"
#include "server-under-test/planted_defects.h"

namespace wsconform::rehearsal_test {
namespace {

// Every so manieth of all, from the one at `first` on, that the predicate takes.
template <typename All, typename Takes>
auto sample(const All& all, std::size_t first, std::size_t every, const Takes& takes) {
  std::vector<const typename All::value_type*> some;
  std::size_t at = 0;
  for (const auto& each : all)
    if (takes(each) && at++ % every == first) some.push_back(&each);
  return some;
}

void expect_the_same(const std::vector<const Case*>& cases,
                     const std::vector<const Defect*>& about) {
  std::size_t caught = 0;
  for (const Case* each : cases) {
    const Rehearsal rehearsal(*each);
    for (const Defect* defect : about) {
      const bool catches_it = catches(*each, *defect);
      EXPECT_EQ(rehearsal.catches(*defect), catches_it) << each->id << ", " << defect->id;
      caught += catches_it ? 1 : 0;
    }
  }
  EXPECT_GT(caught, 0U);
}

TEST(Rehearsal, CatchesWhatTheCaseItselfCatches) {
  const auto beside_others = [](const Case& each) { return can_catch(each) && !each.alone; };
  expect_the_same(sample(reference_cases(), 5, 90, beside_others),
                  sample(defects(), 0, 20 * WSCONFORM_ONE_IN, [](const Defect&) { return true; }));
}

TEST(Rehearsal, CatchesWhatTheCaseItselfCatchesOfTheServersOwnFlows) {
  const auto of_flows = [](const Case& each) { return is_of_flows(each, nullptr); };
  expect_the_same(sample(reference_cases(), 0, 6, of_flows),
                  sample(defects(), 0, 3, [](const Defect& each) { return each.of_flows; }));
}

TEST(Rehearsal, CatchesWhatTheCaseItselfCatchesWhereADefectOfTheFlowsMeetsOtherCases) {
  const auto met_by_both = [](const Case& each) {
    const Defect of_flows{.id = "flows", .says = {}, .of_flows = true};
    return !is_of_flows(each, nullptr) && is_of_flows(each, &of_flows);
  };
  const std::vector<const Case*> cases =
      sample(reference_cases(), 0, 200 * WSCONFORM_ONE_IN, met_by_both);
  ASSERT_FALSE(cases.empty());
  for (const Case* each : cases) {
    const Rehearsal rehearsal(*each);
    for (const Defect& defect : defects()) {
      if (!defect.of_flows) continue;
      EXPECT_EQ(rehearsal.catches(defect), catches(*each, defect)) << each->id << defect.id;
    }
  }
}

// Also where the server is right: such a case catches all of them.
TEST(Rehearsal, CatchesEveryDefectWhereItFailsWithoutOne) {
  Case each =
      *std::ranges::find(reference_cases(), "rfc6455/5.6-data-frames/binary/nul", &Case::id);
  ASSERT_FALSE(Rehearsal(each).catches(defects().front()));
  each.steps.insert(each.steps.begin(), ExpectRefusal{});
  const Rehearsal wrong(each);
  EXPECT_TRUE(wrong.catches(*defect_named("pong-missing")));
  EXPECT_TRUE(wrong.catches(*defect_named("logout-by-get")));
}

}  // namespace
}  // namespace wsconform::rehearsal_test
