#include "runner/target/target_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "runner/target/policy_placeholders.h"

namespace wsconform::target_policy_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

TargetPolicy with_origins(std::vector<std::string> allowed) {
  TargetPolicy policy;
  policy.origin = OriginPolicy{.allowed = std::move(allowed)};
  return policy;
}

TargetPolicy with_credentials(std::vector<Credentials> good) {
  TargetPolicy policy;
  policy.basic = BasicPolicy{.good = std::move(good)};
  return policy;
}

TEST(FeaturesOf, NamesWhatIsDeclared) {
  TargetPolicy policy = with_origins({"https://a.example"});
  policy.basic = BasicPolicy{.good = {{"u", "p"}}};
  policy.cookie = CookiePolicy{.name = "n", .good = "v"};
  policy.ticket = TicketPolicy{.parameter = "t", .good = {"1"}};
  EXPECT_THAT(features_of(policy),
              ElementsAre("basic", "cookie", "origin-null-foreign", "origin-optional",
                          "origin-policy", "origin-scheme-foreign", "ticket"));
}

TEST(FeaturesOf, TellsWhichRulesHoldAtPathsOfTheirOwn) {
  TargetPolicy policy = with_credentials({{"u", "p"}});
  policy.basic->path = "/in";
  policy.cookie = CookiePolicy{.name = "n", .good = "v", .path = "/in"};
  EXPECT_THAT(features_of(policy),
              ElementsAre("basic", "basic-at-path", "cookie", "cookie-at-path"));
}

TEST(ValuesOf, SpellsThePathOfARuleOtherwise) {
  TargetPolicy policy = with_credentials({{"u", "p"}});
  policy.basic->path = "/in?a=b";
  const PolicyValues values = values_of(policy);
  EXPECT_EQ(values.at("basic-path-encoded"), "/%69%6E?a=b");
  EXPECT_EQ(values.at("basic-path-upper-case"), "/IN?a=b");
}

TEST(ValuesOf, MakesSecretsThatAreNearlyRight) {
  TargetPolicy policy = with_credentials({{"ann", "Open"}});
  policy.cookie = CookiePolicy{.name = "n", .good = "4f1d"};
  const PolicyValues values = values_of(policy);
  EXPECT_EQ(values.at("basic-other-case"), basic_token({"ann", "oPEN"}));
  EXPECT_EQ(values.at("basic-user-other-case"), basic_token({"ANN", "Open"}));
  EXPECT_EQ(values.at("cookie-altered"), "4f1x");
  EXPECT_EQ(values.at("cookie-altered-first"), "xf1d");
  EXPECT_EQ(values.at("cookie-other-case"), "4F1D");
  EXPECT_EQ(values_of_ticket("tk-1").at("ticket-altered"), "tk-x");
}

TEST(FeaturesOf, LeavesOutWhatThePolicyAllows) {
  const auto features =
      features_of(with_origins({"https://a.example", "http://a.example", "null"}));
  EXPECT_THAT(features, Not(Contains("origin-null-foreign")));
  EXPECT_THAT(features, Not(Contains("origin-scheme-foreign")));
}

TEST(FeaturesOf, TellsWhetherAMissingOriginIsAccepted) {
  TargetPolicy policy = with_origins({"https://a.example"});
  policy.origin->required = true;
  EXPECT_THAT(features_of(policy), Not(Contains("origin-optional")));
  EXPECT_THAT(features_of(policy), Contains("origin-required"));
  policy.origin->required = false;
  policy.origin->required_path = "/strict";
  EXPECT_THAT(features_of(policy), Contains("origin-optional"));
  EXPECT_THAT(features_of(policy), Contains("origin-required"));
}

TEST(FeaturesOf, FindsCredentialsThatAreHardToRead) {
  EXPECT_THAT(features_of(with_credentials({{"u", "p"}, {"v", "a:b"}})),
              ElementsAre("basic", "basic-with-colon"));
  EXPECT_THAT(features_of(with_credentials({{"u", "pä"}})),
              ElementsAre("basic", "basic-non-ascii"));
}

TEST(FeaturesOf, TellsWhatIsKnownOfTickets) {
  TargetPolicy policy;
  policy.ticket = TicketPolicy{.parameter = "t", .good = {"1"}, .expired = "0", .single_use = true};
  EXPECT_THAT(features_of(policy), ElementsAre("expired-ticket", "single-use-ticket", "ticket"));
}

TEST(FeaturesOf, TellsWhatIsKnownOfLogins) {
  TargetPolicy policy;
  policy.cookie = CookiePolicy{.name = "n",
                               .good = "v",
                               .refused = {{"forged", "x"}},
                               .logout = "/out",
                               .origin = "https://a.example"};
  policy.ticket =
      TicketPolicy{.parameter = "t", .refused = {{"elsewhere", "x"}}, .login = Login{.path = "/t"}};
  policy.resources = {
      .redirect = "/old", .nowhere = "/nowhere", .chat = "/chat", .other_chat = "/other"};
  EXPECT_THAT(features_of(policy),
              ElementsAre("chat", "cookie", "cookie-logout", "cookie-origin",
                          "cookie-refused-forged", "nowhere", "other-chat", "redirect", "ticket",
                          "ticket-login", "ticket-refused-elsewhere"));
}

TEST(FeaturesOf, TellsWhichLimitsAreDeclared) {
  EXPECT_THAT(features_of(DeclaredLimits{}), ElementsAre());
  EXPECT_THAT(features_of(DeclaredLimits{.max_message = 9}),
              ElementsAre("message-limit", "message-limit-in-one-frame"));
  EXPECT_THAT(features_of(DeclaredLimits{.max_message = 9, .max_frame = 8}),
              ElementsAre("frame-limit", "message-limit"));
  EXPECT_THAT(features_of(DeclaredLimits{.max_message = 9, .max_frame = 10}),
              ElementsAre("message-limit", "message-limit-in-one-frame"));
}

TEST(ValuesOf, TakesAnOriginApart) {
  const PolicyValues values = values_of(with_origins({"null", "http://a.example:3000"}));
  EXPECT_EQ(values.at("origin"), "http://a.example:3000");
  EXPECT_EQ(values.at("origin-scheme"), "http");
  EXPECT_EQ(values.at("origin-host"), "a.example");
  EXPECT_EQ(values.at("origin-port"), ":3000");
  EXPECT_EQ(values.at("origin-other-scheme"), "https://a.example:3000");
  EXPECT_EQ(values.at("origin-upper-case"), "HTTP://A.EXAMPLE:3000");
  EXPECT_EQ(values.at("origin-path"), "{path}");
}

TEST(ValuesOf, TakesAnOriginOfAnAddressApart) {
  const PolicyValues values = values_of(with_origins({"http://[::1]:80"}));
  EXPECT_EQ(values.at("origin-host"), "[::1]");
  EXPECT_EQ(values.at("origin-port"), ":80");
}

TEST(ValuesOf, ChoosesAnotherPortThatIsNotAllowed) {
  EXPECT_EQ(values_of(with_origins({"https://a"})).at("origin-other-port"), "https://a:8443");
  EXPECT_EQ(values_of(with_origins({"https://a:8443", "https://a:8444"})).at("origin-other-port"),
            "https://a:8445");
}

TEST(ValuesOf, MakesPagesThatMayNotUseACookie) {
  TargetPolicy policy;
  policy.cookie = CookiePolicy{.name = "n", .good = "v", .origin = "http://a.example:9001"};
  const PolicyValues values = values_of(policy);
  EXPECT_EQ(values.at("cookie-origin"), "http://a.example:9001");
  EXPECT_EQ(values.at("cookie-origin-other-port"), "http://a.example:8443");
  EXPECT_EQ(values.at("cookie-origin-other-scheme"), "https://a.example:9001");
  EXPECT_EQ(values.at("cookie-origin-longer"), "http://a.example.evil.test:9001");
}

TEST(ValuesOf, MakesWrongCredentialsOfTheRightOnes) {
  const PolicyValues values = values_of(with_credentials({{"Aladdin", "open sesame"}}));
  EXPECT_EQ(values.at("basic"), "QWxhZGRpbjpvcGVuIHNlc2FtZQ==");  // RFC 7617 §2
  for (const auto& [name, value] : values)
    EXPECT_EQ(value == values.at("basic"), name == "basic") << name;
}

TEST(ValuesOf, ShortensAPasswordByAWholeCharacter) {
  const PolicyValues values = values_of(with_credentials({{"u", "xä"}}));
  EXPECT_EQ(values.at("basic-short-password"), basic_token({"u", "x"}));
}

TEST(ValuesOf, HasOnlyNamesThatCasesMayUse) {
  TargetPolicy policy = with_origins({"https://a.example"});
  policy.basic = BasicPolicy{.good = {{"u", "ä:"}}};
  policy.cookie =
      CookiePolicy{.name = "n", .good = "v", .logout = "/out", .origin = "https://a.example"};
  for (const auto name : names_of_refused_cookies()) policy.cookie->refused.emplace(name, "x");
  policy.ticket = TicketPolicy{.parameter = "t", .good = {"1"}, .login = Login{.path = "/t"}};
  for (const auto name : names_of_refused_tickets()) policy.ticket->refused.emplace(name, "x");
  policy.resources = {
      .redirect = "/old", .nowhere = "/nowhere", .chat = "/chat", .other_chat = "/other"};
  policy.origin->path = policy.basic->path = policy.cookie->path = policy.ticket->path = "/in";
  const auto known = policy_placeholders();
  PolicyValues all = values_of(policy);
  all.merge(values_of_ticket("1"));
  for (const auto& [name, value] : all) EXPECT_EQ(std::ranges::count(known, name), 1) << name;
  EXPECT_EQ(all.size() + 2, known.size()) << "ticket-target and ticket-again are the request's";
}

TEST(ValuesOfTicket, EncodesLettersAndDigitsAndNoTripletTwice) {
  EXPECT_EQ(values_of_ticket("a-Z9").at("ticket-encoded"), "%61-%5A%39");
  EXPECT_EQ(values_of_ticket("%2Fa").at("ticket-encoded"), "%2F%61");
  EXPECT_EQ(values_of_ticket("abc").at("ticket-beginning"), "ab");
}

TEST(IsOrigin, KnowsSchemeHostAndPort) {
  for (const char* each :
       {"https://a.example", "http://localhost:3000", "http://[::1]:80", "app://x"})
    EXPECT_TRUE(is_origin(each)) << each;
  for (const char* each : {"", "null", "a.example", "://a", "https://", "https://:80", "https://a/",
                           "https://a?b", "https://u@a", "https://a b", "https://ä"})
    EXPECT_FALSE(is_origin(each)) << each;
}

TEST(OpenQuery, EndsWhereAParameterCanFollow) {
  EXPECT_EQ(open_query("/a"), "/a?");
  EXPECT_EQ(open_query("/a?"), "/a?");
  EXPECT_EQ(open_query("/a?b=c"), "/a?b=c&");
  EXPECT_EQ(open_query("/a?b=c&"), "/a?b=c&");
}

TEST(TicketPool, GivesSingleUseTicketsOnce) {
  TicketPool pool(TicketPolicy{.good = {"1", "2"}, .single_use = true});
  EXPECT_EQ(pool.take(), "1");
  EXPECT_EQ(pool.take(), "2");
  EXPECT_EQ(pool.take(), std::nullopt);
}

TEST(TicketPool, GivesOtherTicketsInTurn) {
  TicketPool pool(TicketPolicy{.good = {"1", "2"}});
  pool.take();
  pool.take();
  EXPECT_EQ(pool.take(), "1");
}

}  // namespace
}  // namespace wsconform::target_policy_test
