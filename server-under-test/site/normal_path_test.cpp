#include "server-under-test/site/normal_path.h"

#include <gtest/gtest.h>

#include <ostream>

namespace wsconform::normal_path_test {
namespace {

struct Spelling {
  const char* name;
  std::string_view target;
  std::string_view path;
};
void PrintTo(const Spelling& row, std::ostream* out) {
  *out << row.name;
}

class NormalPath : public testing::TestWithParam<Spelling> {};

TEST_P(NormalPath, IsTheSameForEverySpelling) {
  EXPECT_EQ(normal_path(GetParam().target), GetParam().path);
}

INSTANTIATE_TEST_SUITE_P(
    Spellings, NormalPath,
    testing::Values(
        Spelling{"AsItIs", "/basic", "/basic"}, Spelling{"Encoded", "/%62asic", "/basic"},
        Spelling{"UpperCase", "/BASIC", "/basic"},
        Spelling{"EncodedUpperCase", "/%42asic", "/basic"},
        Spelling{"SlashBehind", "/basic/", "/basic"},
        Spelling{"SlashesBefore", "//basic", "/basic"},
        Spelling{"EncodedSlash", "/basic%2F", "/basic"},
        Spelling{"Backslash", "/basic%5c", "/basic"}, Spelling{"Dot", "/./basic/.", "/basic"},
        Spelling{"DotDot", "/open/../basic", "/basic"},
        Spelling{"EncodedDots", "/open/%2e%2E/basic", "/basic"},
        Spelling{"AboveTheRoot", "/../basic", "/basic"},
        Spelling{"Parameters", "/basic;jsessionid=1", "/basic"},
        Spelling{"EmptyParameters", "/basic;", "/basic"},
        Spelling{"Query", "/basic?a=/b", "/basic"},
        Spelling{"AbsoluteForm", "http://host:80/basic?x", "/basic"},
        Spelling{"AbsoluteFormWithoutPath", "http://host?x", "/"}, Spelling{"Root", "/", "/"},
        Spelling{"OnlyDots", "/..;/.", "/"}, Spelling{"TwoSegments", "/a/B", "/a/b"},
        Spelling{"EncodedOnce", "/%2562asic", "/%62asic"},
        Spelling{"BeyondAscii", "/%C3%84", "/\xc3\x84"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(NormalPath, IsNoneWhereTheTargetCannotBeDecoded) {
  for (const char* target : {"/%", "/%4", "/%4g", "/basic%00", "/%0d%0a", "/%7f"})
    EXPECT_EQ(normal_path(target), std::nullopt) << target;
}

TEST(PercentDecoded, LeavesWhatIsNoTriplet) {
  EXPECT_EQ(percent_decoded("%41b%2f"), "Ab/");
  EXPECT_EQ(percent_decoded("%"), "%");
  EXPECT_EQ(percent_decoded("%4"), "%4");
  EXPECT_EQ(percent_decoded("%4g%%41"), "%4g%A");
}

TEST(IsAtOrBelow, LooksAtWholeSegments) {
  EXPECT_TRUE(is_at_or_below("/a", "/a"));
  EXPECT_TRUE(is_at_or_below("/a/b", "/a"));
  EXPECT_TRUE(is_at_or_below("/a", "/"));
  EXPECT_FALSE(is_at_or_below("/ab", "/a"));
  EXPECT_FALSE(is_at_or_below("/", "/a"));
}

}  // namespace
}  // namespace wsconform::normal_path_test
