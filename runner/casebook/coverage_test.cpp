#include "runner/casebook/coverage.h"

#include <gtest/gtest.h>

#include "runner/casebook/case.h"

namespace wsconform::coverage_test {
namespace {

Requirement requirement(std::string id, std::string section, bool testable = true,
                        std::vector<Role> binds = {Role::server}) {
  Requirement made;
  made.id = std::move(id);
  made.standard = "rfc6455";
  made.section = std::move(section);
  made.testable = testable;
  made.binds = std::move(binds);
  return made;
}

Case citing(std::string id, std::vector<std::string> requirements, Role side = Role::server) {
  Case made;
  made.id = std::move(id);
  made.requirements = std::move(requirements);
  made.sides = {side};
  return made;
}

TEST(Coverage, CountsRequirementsAndCasesOfASection) {
  const auto rows =
      coverage({requirement("a", "5.1"), requirement("b", "5.1"), requirement("c", "5.1", false)},
               {citing("1", {"a"}), citing("2", {"a"}), citing("3", {"a", "c"})}, Role::server);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].requirements, 3U);
  EXPECT_EQ(rows[0].testable, 2U);
  EXPECT_EQ(rows[0].covered, 1U);
  EXPECT_EQ(rows[0].variants, 3U);
}

TEST(Coverage, LeavesOutWhatBindsTheOtherSide) {
  const auto rows =
      coverage({requirement("a", "5.1", true, {Role::client}), requirement("b", "5.2")},
               {citing("1", {"b"}, Role::client)}, Role::server);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].section, "5.2");
  EXPECT_EQ(rows[0].covered, 0U);
  EXPECT_EQ(rows[0].variants, 0U);
}

TEST(Coverage, OrdersSectionsAsPeopleCount) {
  const auto rows =
      coverage({requirement("a", "10.1"), requirement("b", "5.5.1"), requirement("c", "5.5")}, {},
               Role::server);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].section, "5.5");
  EXPECT_EQ(rows[1].section, "5.5.1");
  EXPECT_EQ(rows[2].section, "10.1");
}

TEST(Coverage, CountsACaseOnceInTheTotal) {
  const std::vector<Case> cases = {citing("1", {"a", "b"}), citing("2", {"b"})};
  const auto rows =
      coverage({requirement("a", "5.1"), requirement("b", "5.2")}, cases, Role::server);
  EXPECT_EQ(rows[0].variants + rows[1].variants, 3U);
  const CoverageRow total = total_of(rows, cases, Role::server);
  EXPECT_EQ(total.requirements, 2U);
  EXPECT_EQ(total.covered, 2U);
  EXPECT_EQ(total.variants, 2U);
}

}  // namespace
}  // namespace wsconform::coverage_test
