#include "server-under-test/site/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsconform::access_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

AccessPolicy everything() {
  AccessPolicy policy;
  policy.origins = {"https://a.example"};
  policy.users = {"u:p:q"};
  policy.cookie_name = "n";
  policy.cookie = "v";
  policy.tickets = {"one", "two"};
  policy.expired_tickets = {"old"};
  policy.single_use = true;
  return policy;
}

HttpHead request_for(std::string_view target,
                     const std::vector<std::pair<const char*, const char*>>& fields) {
  HttpHead head{.start_line = "GET " + std::string(target) + " HTTP/1.1"};
  for (const auto& [name, value] : fields) head.add(name, value);
  return head;
}

// The status line's code, or 101.
int status_for(const AccessPolicy& policy, const HttpHead& request, UsedTickets&& used = {}) {
  const auto refusal = refusal_of(request, policy, used);
  return refusal ? parse_status_line(refusal->head.start_line)->code : 101;
}

AccessPolicy origins_only() {
  return {.origins = {"https://a.example", "https://b.example:8443"}};
}

TEST(Access, LetsEverybodyInWithoutAPolicy) {
  EXPECT_EQ(status_for({}, request_for("/", {})), 101);
}

TEST(Access, AcceptsAnOriginThatIsListed) {
  EXPECT_EQ(status_for(origins_only(), request_for("/", {{"Origin", "https://a.example"}})), 101);
  EXPECT_EQ(status_for(origins_only(), request_for("/", {{"Origin", "https://b.example:8443"}})),
            101);
}

TEST(Access, RefusesEveryOtherOrigin) {
  for (const char* origin : {"https://a.example.evil.test", "http://a.example",
                             "https://a.example:1", "https://b.example", "null", ""})
    EXPECT_EQ(status_for(origins_only(), request_for("/", {{"Origin", origin}})), 403) << origin;
  EXPECT_EQ(status_for(origins_only(), request_for("/", {{"Origin", "https://a.example"},
                                                         {"Origin", "https://evil.test"}})),
            403);
}

TEST(Access, AcceptsAMissingOriginUnlessItIsRequired) {
  AccessPolicy policy = origins_only();
  EXPECT_EQ(status_for(policy, request_for("/", {})), 101);
  policy.origin_required = true;
  EXPECT_EQ(status_for(policy, request_for("/", {})), 403);
}

TEST(Access, AsksForBasicCredentialsWithAChallenge) {
  UsedTickets used;
  const auto refusal = refusal_of(request_for("/", {}), {.users = {"u:p"}}, used);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->head.start_line, "HTTP/1.1 401 Unauthorized");
  EXPECT_TRUE(refusal->head.value("WWW-Authenticate")->starts_with("Basic realm="));
}

TEST(Access, ReadsBasicCredentials) {
  const AccessPolicy policy{.users = {"u:p:q"}};
  const auto status = [&](const char* value) {
    return status_for(policy, request_for("/", {{"Authorization", value}}));
  };
  EXPECT_EQ(status("Basic dTpwOnE="), 101);
  EXPECT_EQ(status("bAsIc  dTpwOnE="), 101);
  for (const char* each : {"Basic dTpw", "Basic dTpwOnE",
                           "Bearer dTpwOnE=", "BasicdTpwOnE=", "Basic", "", "Basic dXBx"})
    EXPECT_EQ(status(each), 401) << each;
  EXPECT_EQ(status_for(policy, request_for("/", {{"Authorization", "Basic dTpwOnE="},
                                                 {"Authorization", "Basic dTpwOnE="}})),
            401);
}

TEST(Access, FindsTheCookieAmongOthers) {
  const AccessPolicy policy{.cookie_name = "n", .cookie = "v"};
  for (const char* each : {"n=v", "a=b; n=v", "a=b;n=v; c=d", "nn=w; n=v"})
    EXPECT_EQ(status_for(policy, request_for("/", {{"Cookie", each}})), 101) << each;
  for (const char* each : {"", "n=w", "n=vv", "n=", "N=v", "xn=v", "n", "n=v; n=w"})
    EXPECT_EQ(status_for(policy, request_for("/", {{"Cookie", each}})), 403) << each;
}

TEST(Access, ReadsTheTicketFromTheQuery) {
  const AccessPolicy policy{.tickets = {"a+b"}, .expired_tickets = {"old"}};
  for (const char* each : {"/?ticket=a+b", "/?x=y&ticket=%61%2bb", "http://h/?ticket=a%2Bb"})
    EXPECT_EQ(status_for(policy, request_for(each, {})), 101) << each;
  for (const char* each : {"/", "/?ticket", "/?ticket=", "/?ticket=a", "/?Ticket=a+b",
                           "/?ticket=old", "/?ticket=a+b&ticket=a+b", "/ticket=a+b"})
    EXPECT_EQ(status_for(policy, request_for(each, {})), 403) << each;
}

TEST(Access, TakesASingleUseTicketOnce) {
  AccessPolicy policy{.tickets = {"one"}, .single_use = true};
  UsedTickets used;
  const HttpHead request = request_for("/?ticket=one", {});
  EXPECT_FALSE(refusal_of(request, policy, used));
  EXPECT_TRUE(refusal_of(request, policy, used));
  policy.single_use = false;
  EXPECT_FALSE(refusal_of(request, policy, used));
}

TEST(Access, UsesNoTicketUpForARequestThatItRefuses) {
  UsedTickets used;
  EXPECT_TRUE(refusal_of(request_for("/?ticket=one", {}), everything(), used));
  EXPECT_THAT(used, IsEmpty());
}

TEST(Access, HoldsEachRuleAtItsOwnPathOnly) {
  AccessPolicy policy = everything();
  policy.own_paths = true;
  const HttpHead nothing = request_for("/chat", {{"Origin", "https://evil.test"}});
  EXPECT_EQ(status_for(policy, nothing), 101);
  EXPECT_EQ(status_for(policy, request_for("/origin", {{"Origin", "https://evil.test"}})), 403);
  EXPECT_EQ(
      status_for(policy, request_for("//evil.test/origin", {{"Origin", "https://evil.test"}})),
      403);
  EXPECT_EQ(status_for(policy, request_for("/origin", {})), 101);
  EXPECT_EQ(status_for(policy, request_for("/origin-required", {})), 403);
  EXPECT_EQ(status_for(policy, request_for("/basic", {})), 401);
  EXPECT_EQ(status_for(policy, request_for("/cookie?x=y", {})), 403);
  EXPECT_EQ(status_for(policy, request_for("/ticket?ticket=two", {})), 101);
}

TEST(Access, HoldsARuleHoweverItsPathIsSpelled) {
  AccessPolicy policy = everything();
  policy.own_paths = true;
  for (const char* path : {"/%62asic", "/BASIC", "/basic/", "/basic//", "/x/../basic", "/./basic",
                           "/basic%2f", "/basic;x", "http://localhost/basic", "//basic"})
    EXPECT_EQ(status_for(policy, request_for(path, {})), 401) << path;
  EXPECT_EQ(status_for(policy, request_for("/basic%00", {})), 400);
}

TEST(ParametersOf, FindsAllOfAName) {
  EXPECT_THAT(parameters_of("/a?t=1&tt=2&t=&t", "t"), ElementsAre("1", ""));
  EXPECT_THAT(parameters_of("/t=1", "t"), IsEmpty());
}

}  // namespace
}  // namespace wsconform::access_test
