#include "runner/input/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace wsconform::glob_test {
namespace {

TEST(Glob, MatchesLiterally) {
  EXPECT_TRUE(glob_matches("abc", "abc"));
  EXPECT_FALSE(glob_matches("abc", "abcd"));
  EXPECT_FALSE(glob_matches("abc", "ab"));
  EXPECT_TRUE(glob_matches("", ""));
  EXPECT_FALSE(glob_matches("", "a"));
}

TEST(Glob, LetsAStarStandForAnythingSlashesToo) {
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_TRUE(glob_matches("*", "a/b"));
  EXPECT_TRUE(glob_matches("rfc*/ping-*", "rfc6455/5.5-control-frames/ping-126"));
  EXPECT_TRUE(glob_matches("a*b*c", "a-b-b-c"));
  EXPECT_TRUE(glob_matches("a**", "a"));
  EXPECT_FALSE(glob_matches("a*b", "a-c"));
}

TEST(Glob, LetsAQuestionMarkStandForOneCharacter) {
  EXPECT_TRUE(glob_matches("a?c", "abc"));
  EXPECT_FALSE(glob_matches("a?c", "ac"));
}

TEST(Glob, IsNotSlowForHostilePatterns) {
  std::string stars;
  for (int i = 0; i < 1000; ++i) stars += "*a";
  EXPECT_FALSE(glob_matches(stars + "b", std::string(10'000, 'a')));
}

TEST(IdMatches, FindsWholeParts) {
  constexpr std::string_view id = "rfc6455/5.2-base-framing/echo-at-length/text-0";
  EXPECT_TRUE(id_matches(id, id));
  EXPECT_TRUE(id_matches("echo-at-length", id));
  EXPECT_TRUE(id_matches("rfc6455/5.2-base-framing", id));
  EXPECT_TRUE(id_matches("echo-at-length/text-0", id));
  EXPECT_FALSE(id_matches("echo-at", id));
  EXPECT_FALSE(id_matches("text", id));
  EXPECT_FALSE(id_matches("", id));
}

TEST(IdMatches, MatchesAGlobAgainstTheWholeId) {
  EXPECT_TRUE(id_matches("*/ping-*", "s/ping-126"));
  EXPECT_FALSE(id_matches("ping-*", "s/ping-126"));
}

}  // namespace
}  // namespace wsconform::glob_test
