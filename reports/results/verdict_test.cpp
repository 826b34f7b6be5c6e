#include "reports/results/verdict.h"

#include <gtest/gtest.h>

#include <string>

namespace wsconform::verdict_test {
namespace {

TEST(Level, HasTheNameThatCasesWrite) {
  std::string names;
  for (const Level each : all_levels) {
    names.append(name_of(each)).append(" ");
    EXPECT_EQ(level_named(name_of(each)), each);
  }
  EXPECT_EQ(names, "must should may observe ");
}

TEST(Level, IsNoneWhereTheNameIsUnknown) {
  for (const char* name : {"", "MUST", "mus", "must not"})
    EXPECT_EQ(level_named(name), std::nullopt);
}

TEST(Level, TellsAgainstATargetOnlyWhereTheStandardAsksForIt) {
  EXPECT_TRUE(judges(Level::must));
  EXPECT_TRUE(judges(Level::should));
  EXPECT_FALSE(judges(Level::may));
  EXPECT_FALSE(judges(Level::observe));
}

TEST(Verdict, IsFoundAgainByItsName) {
  for (std::size_t i = 0; i < verdict_count; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    EXPECT_EQ(verdict_named(name_of(verdict)), verdict);
  }
  EXPECT_EQ(name_of(Verdict::error), "error");
}

TEST(AtFault, IsFoundAgainByItsName) {
  for (const AtFault at_fault :
       {AtFault::nobody, AtFault::target_unreachable, AtFault::setup, AtFault::wsconform}) {
    EXPECT_EQ(at_fault_named(name_of(at_fault)), at_fault);
  }
}

TEST(Verdict, IsNoneWhereTheNameIsUnknown) {
  EXPECT_EQ(verdict_named("Pass"), std::nullopt);
  EXPECT_EQ(verdict_named(""), std::nullopt);
  EXPECT_EQ(at_fault_named("target"), std::nullopt);
}

}  // namespace
}  // namespace wsconform::verdict_test
