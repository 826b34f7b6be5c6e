#include "core/handshake_fault.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

namespace wsconform::handshake_fault_test {
namespace {

TEST(HandshakeRules, StandInTheOrderOfTheEnumeration) {
  ASSERT_EQ(handshake_rules().size(), handshake_fault_count);
  for (std::size_t i = 0; i < handshake_fault_count; ++i) {
    const auto fault = static_cast<HandshakeFault>(i);
    EXPECT_EQ(rule_of(fault).fault, fault);
  }
}

TEST(HandshakeRules, HaveUniqueKebabCaseNames) {
  std::set<std::string_view> names;
  for (const HandshakeRule& rule : handshake_rules()) {
    EXPECT_TRUE(std::regex_match(std::string(rule.name), std::regex("[a-z0-9]+(-[a-z0-9]+)*")));
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
  }
}

TEST(HandshakeRules, CiteASectionAndSayOneSentence) {
  const std::regex section(R"((RFC \d+ )?\d+(\.\d+)*)");
  const std::regex sentence(R"([A-Z][^\r\n]*\.)");
  for (const HandshakeRule& rule : handshake_rules()) {
    EXPECT_TRUE(std::regex_match(std::string(rule.section), section)) << rule.name;
    EXPECT_TRUE(std::regex_match(std::string(rule.says), sentence)) << rule.name;
  }
}

TEST(HandshakeRules, OfRequestsHaveAnErrorStatusAndOfResponsesNone) {
  for (const HandshakeRule& rule : handshake_rules()) {
    if (rule.fault < HandshakeFault::status_line_malformed) {
      EXPECT_GE(rule.status, 400) << rule.name;
      EXPECT_LT(rule.status, 600) << rule.name;
    } else {
      EXPECT_EQ(rule.status, 0) << rule.name;
    }
  }
}

}  // namespace
}  // namespace wsconform::handshake_fault_test
