#include "runner/target/secrets.h"

#include <gtest/gtest.h>

#include "core/bytes.h"
#include "runner/target/target.h"

namespace wsconform::secrets_test {
namespace {

std::string hidden(const Secrets& secrets, std::string text) {
  secrets.hide(text);
  return text;
}

FieldLine field(std::string_view raw) {
  return parse_head("GET / HTTP/1.1\r\n" + std::string(raw) + "\r\n\r\n").fields.at(0);
}

std::string told(std::string_view raw, std::string_view text) {
  Secrets secrets;
  secrets.add_field(field(raw));
  return hidden(secrets, std::string(text));
}

TEST(Secrets, AreHiddenWhereverTheyStand) {
  Secrets secrets;
  secrets.add("open sesame", "");
  EXPECT_EQ(hidden(secrets, "say open sesame, open sesame"), "say ***********, ***********");
  EXPECT_EQ(hidden(secrets, "say nothing"), "say nothing");
}

TEST(Secrets, ThatAreShortAreHiddenBehindTheirNameOnly) {
  Secrets secrets;
  secrets.add("7", "X-Tenant: ");
  EXPECT_EQ(hidden(secrets, "X-Tenant: 7, and 17"), "X-Tenant: *, and 17");
}

TEST(Secrets, ThatBeginAlikeAreHiddenWhole) {
  Secrets secrets;
  secrets.add("sesame-12", "");
  secrets.add("sesame-1234", "");
  EXPECT_EQ(hidden(secrets, "sesame-1234 sesame-12"), "*********** *********");
}

TEST(Secrets, AreHiddenWhereTheTextIsCutOff) {
  Secrets secrets;
  secrets.add("open sesame", "");
  EXPECT_EQ(hidden(secrets, R"(it said "open ses" ...)"), R"(it said "********" ...)");
  EXPECT_EQ(hidden(secrets, "the door is open"), "the door is open");
  Bytes bytes = to_bytes("id=open s");
  secrets.hide(bytes);
  EXPECT_EQ(text_of(bytes), "id=******");
}

TEST(Secrets, AreHiddenAsTheyAreQuoted) {
  Secrets secrets;
  secrets.add("open\"sesame", "");
  EXPECT_EQ(hidden(secrets, R"(it said "open\x22sesame")"), R"(it said "**************")");
}

TEST(Secrets, KeepTheLatestOfTooMany) {
  Secrets secrets(2);
  for (const char* each : {"sesame-1", "sesame-2", "sesame-1", "sesame-3"}) secrets.add(each, "");
  EXPECT_EQ(hidden(secrets, "sesame-1 sesame-2 sesame-3"), "******** sesame-2 ********");
  Secrets none(0);
  none.add("sesame-1", "");
  EXPECT_TRUE(none.empty());
}

TEST(SecretsOfAField, AreCredentialsBehindTheirScheme) {
  EXPECT_EQ(told("Authorization: Bearer sesame42", "Authorization: Bearer sesame42"),
            "Authorization: Bearer ********");
  EXPECT_EQ(told("authorization: Basic YW5uOm9wZW4=", "Basic YW5uOm9wZW4= is ann:open"),
            "Basic ************ is ********");
}

TEST(SecretsOfAField, AreTheValuesOfCookies) {
  EXPECT_EQ(told("Cookie: id=sesame42; theme=dark", "id=sesame42; theme=dark; dark"),
            "id=********; theme=****; dark");
}

TEST(SecretsOfAField, AreAllOfOneThatNobodyKnows) {
  EXPECT_EQ(told("X-Api-Key: abc", "X-Api-Key: abc"), "X-Api-Key: ***");
  EXPECT_EQ(told("Origin: https://chat.example", "https://chat.example"), "https://chat.example");
  EXPECT_EQ(shown_field(field("X-Api-Key: abc")), "X-Api-Key: <hidden>");
  EXPECT_EQ(shown_field(field("Origin: https://h")), "Origin: https://h");
}

TEST(SecretsOfAUrl, AreParametersThatLetInByTheirName) {
  EXPECT_EQ(shown_url("ws://h/?room=7&access_token=a=b&x"),
            "ws://h/?room=7&access_token=<hidden>&x");
  EXPECT_EQ(shown_url("ws://h/chat"), "ws://h/chat");
  Secrets secrets;
  secrets.add_query("/?room=longroom&Ticket=abc");
  EXPECT_EQ(hidden(secrets, "/?room=longroom&Ticket=abc"), "/?room=longroom&Ticket=***");
}

TEST(SecretsOfAProfile, AreWhatItsPolicyLetsInWith) {
  TargetProfile target;
  target.address.path = "/?token=sesame-0";
  target.headers = {field("X-Key: sesame-1")};
  TargetPolicy policy{
      .origin = OriginPolicy{.allowed = {"https://a.example"}},
      .basic = BasicPolicy{.good = {{"ann", "sesame-2"}}},
      .cookie = CookiePolicy{.name = "long-name", .good = "sesame-3", .path = "/long-path"},
      .ticket =
          TicketPolicy{.parameter = "t", .login = Login{.body = "user=ann&password=sesame-4"}}};
  target.declare(std::move(policy));
  target.keep_secrets();
  EXPECT_EQ(hidden(target.secrets, "sesame-0 sesame-1 sesame-2 sesame-3 sesame-4"),
            "******** ******** ******** ******** ********");
  EXPECT_EQ(hidden(target.secrets, "Basic " + basic_token({"ann", "sesame-2"})),
            "Basic ****************");
  const std::string plain = "https://a.example long-name /long-path";
  EXPECT_EQ(hidden(target.secrets, plain), plain);
}

}  // namespace
}  // namespace wsconform::secrets_test
