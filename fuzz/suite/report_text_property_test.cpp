#include "fuzz/suite/report_text_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsconform::report_text_property_test {
namespace {

using enum ReportFormat;

TEST(ReportTextProperty, HoldsForWhatAHostileTargetSends) {
  for (const std::string text :
       {"", "plain", "</script><script>alert(1)</script>", "\" onclick=\"a", "]]>", "\x1b[31m",
        "| a | b |", "```\n# a", "\nnot ok 1\n  ---", "{{name}}", "\xFF\xFE", "\xE2\x80\xAE",
        "<!--", "'\\", "&amp;"}) {
    for (unsigned verdict = 0; verdict < 6; ++verdict) {
      for (const unsigned unexpected : {0U, 0x80U}) {
        const std::string input = static_cast<char>(verdict | unexpected) + text;
        ASSERT_EQ(breach_of_report_text(input), std::nullopt) << text;
      }
    }
  }
  EXPECT_EQ(breach_of_report_text(""), std::nullopt);
}

TEST(ReportTextOracles, SeeATagOrAnAttributeThatAStringBrought) {
  EXPECT_NE(skeleton_of("<p>a</p>", html), skeleton_of("<p><b>a</p>", html));
  EXPECT_NE(skeleton_of("<p id=\"a\">", html), skeleton_of("<p id=\"a\" b=\"\">", html));
  EXPECT_EQ(skeleton_of("<p id=\"a\">x</p>", junit), skeleton_of("<p id=\"b\">y</p>", junit));
}

TEST(ReportTextOracles, SeeAMemberThatAStringBrought) {
  EXPECT_NE(skeleton_of(R"({"a": "b"})", json), skeleton_of(R"({"a": "b", "c": "d"})", json));
  EXPECT_EQ(skeleton_of(R"({"a": "b"})", sarif), skeleton_of(R"({"a": "c"})", sarif));
  EXPECT_EQ(skeleton_of("{", json), "no JSON");
}

TEST(ReportTextOracles, SeeALineOrAMarkThatAStringBrought) {
  EXPECT_NE(skeleton_of("ok 1\n", tap), skeleton_of("ok 1\nok 2\n", tap));
  EXPECT_NE(skeleton_of("| a |\n", markdown), skeleton_of("| a | b |\n", markdown));
  EXPECT_EQ(skeleton_of("| a |\n", markdown), skeleton_of("| b |\n", markdown));
}

TEST(ReportTextOracles, SeeACharacterThatATerminalActsUpon) {
  EXPECT_EQ(breach_of_characters("two\nlines"), std::nullopt);
  EXPECT_NE(breach_of_characters("\x1b[2J"), std::nullopt);
  EXPECT_NE(breach_of_characters("\x7F"), std::nullopt);
  EXPECT_NE(breach_of_characters("\xFF"), std::nullopt);
}

}  // namespace
}  // namespace wsconform::report_text_property_test
