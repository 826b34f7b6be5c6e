#include "core/violation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>

#include "core/close_code.h"

namespace wsconform::violation_test {
namespace {

TEST(Violation, EveryViolationHasItsRule) {
  ASSERT_EQ(rules().size(), violation_count);
  for (std::size_t i = 0; i < violation_count; ++i) {
    const auto violation = static_cast<Violation>(i);
    EXPECT_EQ(rule_of(violation).violation, violation);
  }
}

TEST(Violation, NamesAreUniqueKebabCase) {
  std::set<std::string_view> names;
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(std::regex_match(std::string(rule.name), std::regex("[a-z0-9]+(-[a-z0-9]+)*")))
        << rule.name;
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
  }
}

TEST(Violation, EveryRuleCitesASectionAndSaysASentence) {
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(
        std::regex_match(std::string(rule.section), std::regex(R"((RFC \d+ )?\d+(\.\d+)+)")))
        << rule.name;
    EXPECT_TRUE(std::regex_match(std::string(rule.says), std::regex("[A-Z].*[.]"))) << rule.name;
  }
}

TEST(Violation, EveryRuleFailsWithACodeThatMayBeSent) {
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(may_be_sent(rule.close_code, Role::server)) << rule.name;
    EXPECT_TRUE(may_be_sent(rule.close_code, Role::client)) << rule.name;
  }
}

TEST(Violation, TextThatIsNotUtf8FailsWith1007) {
  EXPECT_EQ(rule_of(Violation::invalid_utf8).close_code, 1007);
  EXPECT_EQ(rule_of(Violation::length_high_bit).close_code, 1002);
  EXPECT_EQ(rule_of(Violation::message_too_big).close_code, 1009);
}

}  // namespace
}  // namespace wsconform::violation_test
