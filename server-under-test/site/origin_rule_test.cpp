#include "server-under-test/site/origin_rule.h"

#include <gtest/gtest.h>

namespace wsconform::origin_rule_test {
namespace {

HttpHead from(std::string_view origin, std::string_view host = "app.example:8080") {
  HttpHead head;
  head.add("Host", host);
  head.add("Origin", origin);
  return head;
}

const OriginRule listed{.allowed = {"https://app.example", "https://app.example:8443"}};
const OriginRule own{.own = true};

TEST(NormalOrigin, IsWhatABrowserSends) {
  EXPECT_EQ(normal_origin("HTTPS://App.Example:443"), "https://app.example");
  EXPECT_EQ(normal_origin("http://[::1]:80"), "http://[::1]");
  EXPECT_EQ(normal_origin("https://app.example:80"), "https://app.example:80");
  EXPECT_EQ(normal_origin("null"), "null");
}

TEST(NormalOrigin, IsNoneOfAnythingElse) {
  for (const char* text :
       {"", "app.example", "https://", "https://app.example/", "https://app.example/path",
        "https://user@app.example", "https://app.example:", "https://app.example:99999", "://a",
        "https://a b", "https://app.example#x", "https://*.example/", "NULL", "ht tp://a"})
    EXPECT_FALSE(normal_origin(text)) << text;
}

TEST(Origin, HasToBeTheSameInSchemeHostAndPort) {
  EXPECT_TRUE(is_allowed(from("https://app.example"), false, listed));
  EXPECT_TRUE(is_allowed(from("https://app.example:8443"), false, listed));
  EXPECT_TRUE(is_allowed(from("https://APP.example:443"), false, listed));
  for (const char* origin :
       {"http://app.example", "https://app.example:8080", "https://app.example.evil.test",
        "https://evil-app.example", "https://app.example/", "https://app.example@evil.test", "null",
        "", "https://app.example https://evil.test"})
    EXPECT_FALSE(is_allowed(from(origin), false, listed)) << origin;
}

TEST(Origin, IsTheServersOwnByHostAndTls) {
  EXPECT_TRUE(is_allowed(from("http://app.example:8080"), false, own));
  EXPECT_TRUE(is_allowed(from("https://app.example:8080"), true, own));
  EXPECT_TRUE(is_allowed(from("https://app.example", "app.example:443"), true, own));
  EXPECT_FALSE(is_allowed(from("https://app.example:8080"), false, own));
  EXPECT_FALSE(is_allowed(from("http://app.example"), false, own));
  EXPECT_FALSE(is_allowed(from("http://app.example:8080"), false, listed));
}

TEST(Origin, MayBeMissingUnlessItIsRequired) {
  EXPECT_TRUE(is_allowed({}, false, own));
  EXPECT_FALSE(is_allowed({}, false, {.required = true}));
}

TEST(Origin, NullIsAllowedWhereItIsListed) {
  EXPECT_TRUE(is_allowed(from("null"), false, {.allowed = {"null"}}));
  EXPECT_FALSE(is_allowed(from("null"), false, own));
}

TEST(Origin, TwiceIsRefused) {
  HttpHead twice = from("https://app.example");
  twice.add("Origin", "https://app.example");
  EXPECT_FALSE(is_allowed(twice, false, listed));
}

}  // namespace
}  // namespace wsconform::origin_rule_test
