// Every defect planted into the reference server is caught by at least one case.
#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "server-under-test/defect.h"
#include "tests/defect_table.h"
#include "tests/reference_target.h"

namespace wsconform {
namespace {

class PlantedDefect : public testing::TestWithParam<std::size_t> {};

TEST_P(PlantedDefect, IsCaughtByAtLeastOneCase) {
  const Defect& defect = defects()[GetParam()];
  EXPECT_FALSE(first_catcher(defect).empty()) << defect.id << ": " << defect.says;
}

INSTANTIATE_TEST_SUITE_P(Each, PlantedDefect, testing::Range<std::size_t>(0, defects().size()),
                         [](const testing::TestParamInfo<std::size_t>& row) {
                           std::string name = defects()[row.param].id;
                           for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
                           return name;
                         });

TEST(PlantedDefects, AreAtLeastThirty) { EXPECT_GE(defects().size(), 30U); }

}  // namespace
}  // namespace wsconform
