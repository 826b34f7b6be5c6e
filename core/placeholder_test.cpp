#include "core/placeholder.h"

#include <gtest/gtest.h>

namespace wsconform::placeholder_test {
namespace {

// "a" and "b" have values.
std::string filled(std::string_view text) {
  return with_placeholders(text, [](std::string_view name) -> std::optional<std::string> {
    if (name == "a") return "1";
    if (name == "b") return "{a}";
    return std::nullopt;
  });
}

TEST(Placeholders, AreFilledInWhereverTheyStand) {
  EXPECT_EQ(filled("{a}"), "1");
  EXPECT_EQ(filled("x{a}y{a}{a}"), "x1y11");
  EXPECT_EQ(filled(""), "");
}

TEST(Placeholders, StayWhereNobodyKnowsThem) {
  EXPECT_EQ(filled("{c} {} {a"), "{c} {} {a");
  EXPECT_EQ(filled("} {{c}}"), "} {{c}}");
}

TEST(Placeholders, MayBeginBehindABraceThatIsNone) {
  EXPECT_EQ(filled("{{a}}"), "{1}");
  EXPECT_EQ(filled("{ {a} }"), "{ 1 }");
}

TEST(Placeholders, AreNotLookedForInWhatWasPutIn) {
  EXPECT_EQ(filled("{b}"), "{a}");
}

TEST(Placeholders, AreLookedForInLinearTime) {
  const std::string braces(2'000'000, '{');
  EXPECT_EQ(filled(braces), braces);
  EXPECT_EQ(filled(braces + "}"), braces + "}");
}

TEST(WithPlaceholder, KnowsOneName) {
  EXPECT_EQ(with_placeholder("{n}: {port}, {n}", "n", "7"), "7: {port}, 7");
  EXPECT_EQ(with_port("ws://h:{port}/{path}", 80), "ws://h:80/{path}");
}

}  // namespace
}  // namespace wsconform::placeholder_test
