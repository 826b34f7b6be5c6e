#include "core/request_target.h"

#include <gtest/gtest.h>

#include <string>

namespace wsconform::request_target_test {
namespace {

using namespace std::string_view_literals;

TEST(IsWebsocketTarget, TakesAPathWithAQuery) {
  for (const std::string_view target :
       {"/"sv, "/chat"sv, "/chat?"sv, "/?a=b&c=%20"sv, "/a/../b/./c"sv, "//double"sv, "/a;p=1,2"sv,
        "/~a:b@c!$'()*+"sv, "/?a/b?c"sv, "/%C3%A9"sv}) {
    EXPECT_TRUE(is_websocket_target(target)) << target;
  }
  EXPECT_TRUE(is_websocket_target("/" + std::string(100'000, 'a')));
}

TEST(IsWebsocketTarget, TakesAnHttpUri) {
  for (const std::string_view target :
       {"http://example.com/chat"sv, "https://example.com:443/chat?a"sv, "HTTP://a/"sv,
        "http://a"sv, "http://a?b"sv, "http://[::1]:80/"sv}) {
    EXPECT_TRUE(is_websocket_target(target)) << target;
  }
}

TEST(IsWebsocketTarget, RefusesEveryOtherForm) {
  for (const std::string_view target :
       {""sv, "*"sv, "example.com:80"sv, "chat"sv, "?a"sv, "ws://example.com/"sv, "ftp://a/"sv,
        "http:/a"sv, "http:///a"sv, "http://u:p@a/"sv, "http://a:b/"sv}) {
    EXPECT_FALSE(is_websocket_target(target)) << target;
  }
}

TEST(IsWebsocketTarget, RefusesCharactersThatNoUriHas) {
  for (const std::string_view target :
       {"/#"sv,    "/chat#top"sv, "/a?b#c"sv,    "/a b"sv,       "/a\tb"sv, "/\0"sv,
        "/\x7F"sv, "/\x80"sv,     "/\xC3\xA9"sv, "/a\\b"sv,      "/\""sv,   "/<a>"sv,
        "/{a}"sv,  "/a|b"sv,      "/[a]"sv,      "/^"sv,         "/`"sv,    "/%"sv,
        "/%2"sv,   "/%zz"sv,      "/?%G0"sv,     "http://a/#b"sv}) {
    EXPECT_FALSE(is_websocket_target(target)) << target;
  }
}

TEST(IsHost, TakesANameOrAnAddressWithAPort) {
  for (const std::string_view host :
       {"localhost"sv, "server.example.com"sv, "server.example.com:80"sv, "127.0.0.1:65535"sv,
        "EXAMPLE"sv, "a_b-c"sv, "%41"sv, "example.com:"sv, "example.com:0"sv, "[::1]"sv,
        "[::1]:8080"sv, "[::]"sv, "[2001:db8::1]"sv, "[1:2:3:4:5:6:7:8]"sv, "[::ffff:1.2.3.4]"sv,
        "[1:2:3:4:5:6:1.2.3.4]"sv, "[1::]"sv}) {
    EXPECT_TRUE(is_host(host)) << host;
  }
}

TEST(IsHost, RefusesEverythingElse) {
  for (const std::string_view host : {""sv,
                                      " "sv,
                                      ":80"sv,
                                      "a b"sv,
                                      "a, b"sv,
                                      "a/b"sv,
                                      "a?b"sv,
                                      "a#b"sv,
                                      "u@a"sv,
                                      "http://a"sv,
                                      "a:b"sv,
                                      "a:65536"sv,
                                      "a:99999999999999999999"sv,
                                      "a:-1"sv,
                                      "a:80:80"sv,
                                      "::1"sv,
                                      "[::1"sv,
                                      "[::1]80"sv,
                                      "[::1]:x"sv,
                                      "[]"sv,
                                      "[1]"sv,
                                      "[1:2:3:4:5:6:7]"sv,
                                      "[1:2:3:4:5:6:7:8:9]"sv,
                                      "[1::2::3]"sv,
                                      "[:::]"sv,
                                      "[12345::]"sv,
                                      "[g::]"sv,
                                      "[1:]"sv,
                                      "[1:2:3:4:5:6:7:8:]"sv,
                                      "[1::2:3:4:5:6:7:8]"sv,
                                      "[1.2.3.4]"sv,
                                      "[1.2.3.4::1]"sv,
                                      "[::1.2.3.256]"sv,
                                      "[::1.2.3]"sv,
                                      "[::1.2.3.4.5]"sv,
                                      "[::1.2..4]"sv,
                                      "a\0b"sv,
                                      "\xC3\xA9"sv,
                                      "a%"sv,
                                      "a\x7F"sv}) {
    EXPECT_FALSE(is_host(host)) << host;
  }
  EXPECT_FALSE(is_host("[" + std::string(1'000'000, ':') + "]"));
}

}  // namespace
}  // namespace wsconform::request_target_test
