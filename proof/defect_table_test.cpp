#include "proof/defect_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "proof/reference_cases.h"
#include "proof/rehearsal.h"
#include "runner/casebook/case.h"
#include "server-under-test/planted_defects.h"

namespace wsconform::defect_table_test {
namespace {

// A few that catch the defect, and one that does not.
std::vector<Case> some_cases(const Defect& defect) {
  constexpr std::size_t wanted = 3;
  std::vector<Case> some;
  std::size_t catchers = 0;
  bool blind = false;
  for (const Case& each : reference_cases()) {
    if (!can_catch(each)) continue;
    const bool caught = catches(each, defect);
    if (caught ? catchers++ < wanted : !std::exchange(blind, true)) some.push_back(each);
    if (catchers >= wanted && blind) break;
  }
  return some;
}

TEST(DefectTable, NamesAllCatchersAndWhatIsNotNeededUnlessToldToStopEarlier) {
  const Defect* defect = defect_named("parted-close");
  ASSERT_NE(defect, nullptr);
  const std::vector<Case> cases = some_cases(*defect);
  const Defect* const about[] = {defect};
  std::atomic<std::size_t> told = 0;
  const DefectTable whole =
      defect_table(cases, about, {.threads = 2, .done = [&](std::size_t rows) { told = rows; }});
  EXPECT_TRUE(whole.rows[0].whole);
  EXPECT_EQ(whole.rows[0].catchers.size(), cases.size() - 1);
  EXPECT_EQ(whole.unneeded.size(), 1U);
  EXPECT_EQ(told, 1U);
  const DefectTable first = defect_table(cases, about, {.most_catchers = 1});
  EXPECT_FALSE(first.rows[0].whole && cases.size() > 1);
  EXPECT_EQ(first.rows[0].catchers.size(), 1U);
  EXPECT_TRUE(first.unneeded.empty());
}

// What each shows of its credentials is its own: the thread sanitizer looks.
TEST(DefectTable, PlaysCasesThatLogInSideBySide) {
  std::vector<Case> cases;
  for (const Case& each : reference_cases())
    if (std::ranges::find(each.needs, "ticket") != each.needs.end()) cases.push_back(each);
  const Defect* const about[] = {defect_named("ticket-not-checked")};
  const DefectTable table = defect_table(cases, about, {.threads = 4});
  EXPECT_FALSE(table.rows[0].catchers.empty());
}

TEST(DefectTable, SparesHeavyCasesWhereALighterOneCatches) {
  const auto named = [](std::string_view id) {
    return *std::ranges::find(reference_cases(), id, &Case::id);
  };
  const Case light = named("rfc6455/5.6-data-frames/binary/nul");
  const Case heavy = named("security/large-messages/one/2-mib");
  ASSERT_FALSE(Rehearsal(light).is_heavy());
  ASSERT_TRUE(Rehearsal(heavy).is_heavy());
  const Defect* const about[] = {defect_named("echo-missing")};
  const DefectTable both = defect_table({heavy, light}, about, {.spares_heavy = true});
  EXPECT_EQ(both.rows[0].catchers, std::vector<std::string>{light.id});
  EXPECT_TRUE(both.rows[0].spared);
  EXPECT_TRUE(both.unneeded.empty());
  const DefectTable alone = defect_table({heavy}, about, {.spares_heavy = true});
  EXPECT_EQ(alone.rows[0].catchers, std::vector<std::string>{heavy.id});
  EXPECT_FALSE(alone.rows[0].spared);
}

}  // namespace
}  // namespace wsconform::defect_table_test
