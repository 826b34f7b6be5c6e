#include "runner/target/target.h"

#include <gtest/gtest.h>

namespace wsconform::target_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct UrlRow {
  std::string_view name;
  std::string_view url;
  bool tls;
  std::string_view host;
  std::uint16_t port;
  std::string_view path;
  std::string_view authority;
};
void PrintTo(const UrlRow& row, std::ostream* out) {
  *out << row.name;
}

class TargetUrlOf : public testing::TestWithParam<UrlRow> {};

TEST_P(TargetUrlOf, SaysWhereTheTargetIs) {
  const auto url = parse_target_url(GetParam().url);
  ASSERT_TRUE(url) << url.error();
  EXPECT_EQ(url->tls, GetParam().tls);
  EXPECT_EQ(url->host, GetParam().host);
  EXPECT_EQ(url->port, GetParam().port);
  EXPECT_EQ(url->path, GetParam().path);
  EXPECT_EQ(url->authority(), GetParam().authority);
}

constexpr UrlRow urls[] = {
    {"Plain", "ws://example.org", false, "example.org", 80, "/", "example.org"},
    {"Secure", "wss://example.org", true, "example.org", 443, "/", "example.org"},
    {"HttpStandsForWs", "http://example.org/a", false, "example.org", 80, "/a", "example.org"},
    {"HttpsStandsForWss", "https://example.org/a", true, "example.org", 443, "/a", "example.org"},
    {"SchemeInAnyCase", "WS://example.org", false, "example.org", 80, "/", "example.org"},
    {"Port", "ws://example.org:8080/a", false, "example.org", 8080, "/a", "example.org:8080"},
    {"HighestPort", "ws://h:65535", false, "h", 65535, "/", "h:65535"},
    {"EmptyPort", "ws://h:/a", false, "h", 80, "/a", "h"},
    {"OwnPortSpelledOut", "wss://h:443/", true, "h", 443, "/", "h"},
    {"PortOfTheOtherScheme", "wss://h:80/", true, "h", 80, "/", "h:80"},
    {"PathAndQuery", "ws://h/a/b?c=/d", false, "h", 80, "/a/b?c=/d", "h"},
    {"QueryWithoutPath", "ws://h?c=d", false, "h", 80, "/?c=d", "h"},
    {"Ipv6", "ws://[::1]", false, "::1", 80, "/", "[::1]"},
    {"Ipv6WithPort", "ws://[::1]:9001/a", false, "::1", 9001, "/a", "[::1]:9001"},
};
INSTANTIATE_TEST_SUITE_P(Url, TargetUrlOf, testing::ValuesIn(urls),
                         [](const auto& row) { return std::string(row.param.name); });

struct BadUrlRow {
  std::string_view name;
  std::string_view url;
  std::string_view because;
};
void PrintTo(const BadUrlRow& row, std::ostream* out) {
  *out << row.name;
}

class NoTargetUrl : public testing::TestWithParam<BadUrlRow> {};

TEST_P(NoTargetUrl, IsRefusedWithItsFault) {
  const auto url = parse_target_url(GetParam().url);
  ASSERT_FALSE(url);
  EXPECT_EQ(url.error(), GetParam().because);
}

const BadUrlRow bad_urls[] = {
    {"Empty", "", "it does not begin with ws:// or wss://"},
    {"NoScheme", "example.org:80", "it does not begin with ws:// or wss://"},
    {"OtherScheme", "ftp://example.org", "it does not begin with ws:// or wss://"},
    {"NoHost", "ws:///a", "no host"},
    {"NoHostBeforeThePort", "ws://:80", "no host"},
    {"EmptyBrackets", "ws://[]", "no host"},
    {"OpenBracket", "ws://[::1/a", "'[' without ']' in the host"},
    {"TextAfterTheBracket", "ws://[::1]x", "text between ']' and the port"},
    {"UserInformation", "ws://me@h", "user information does not belong in a WebSocket URL"},
    {"Fragment", "ws://h/a#b", "a fragment ('#') does not belong in a WebSocket URL"},
    {"Space", "ws://h/a b", "it holds white space or a control byte"},
    {"LineEnd", "ws://h/a\r\nX: y", "it holds white space or a control byte"},
    {"PortZero", "ws://h:0", "port '0' is not a number from 1 to 65535"},
    {"PortTooHigh", "ws://h:65536", "port '65536' is not a number from 1 to 65535"},
    {"PortWithASign", "ws://h:+80", "port '+80' is not a number from 1 to 65535"},
    {"PortWithLetters", "ws://h:80x", "port '80x' is not a number from 1 to 65535"},
    {"Ipv6WithoutBrackets", "ws://::1", "no host"},
};
INSTANTIATE_TEST_SUITE_P(Url, NoTargetUrl, testing::ValuesIn(bad_urls),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace wsconform::target_test
