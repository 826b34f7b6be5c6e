#include "runner/suite/login_need.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "runner/casebook/case.h"
#include "runner/target/target_policy.h"

namespace wsconform::login_need_test {
namespace {

enum class Declared { nothing, without_login, at_the_url, elsewhere };

template <typename Policy>
std::optional<Policy> rule(Declared how) {
  if (how == Declared::nothing) return std::nullopt;
  Policy made;
  if (how != Declared::without_login) made.login.emplace();
  if (how == Declared::elsewhere) made.path = "/elsewhere";
  return made;
}

struct NeedRow {
  std::string_view name;
  Declared cookie = Declared::nothing;
  Declared ticket = Declared::nothing;
  std::vector<std::string> needs;  // of the case
  LoginNeed need;
  LoginNeed every;
};
void PrintTo(const NeedRow& row, std::ostream* out) {
  *out << row.name;
}

class NeedOfALogin : public testing::TestWithParam<NeedRow> {};

TEST_P(NeedOfALogin, FollowsFromTheCaseAndTheProfile) {
  const NeedRow& row = GetParam();
  TargetPolicy policy;
  policy.cookie = rule<CookiePolicy>(row.cookie);
  policy.ticket = rule<TicketPolicy>(row.ticket);
  Case each;
  each.needs = row.needs;
  EXPECT_EQ(login_need(each, policy), row.need);
  EXPECT_EQ(every_login(policy), row.every);
}

using enum Declared;
constexpr LoginNeed none{};
constexpr LoginNeed a_cookie{.cookie = true};
constexpr LoginNeed a_ticket{.ticket = true};
constexpr LoginNeed both{.cookie = true, .ticket = true};
const NeedRow rows[] = {
    {"NoRule", nothing, nothing, {"cookie"}, none, none},
    {"NoWayToLogIn", without_login, without_login, {"cookie", "ticket"}, none, none},
    {"EveryRequestShowsIt", at_the_url, nothing, {}, a_cookie, a_cookie},
    {"WhateverTheCaseIsAbout", nothing, at_the_url, {"cookie"}, a_ticket, a_ticket},
    {"OnlyWhereTheCaseIsAboutIt", elsewhere, elsewhere, {}, none, both},
    {"AboutTheCookie", elsewhere, elsewhere, {"cookie"}, a_cookie, both},
    {"AboutATicketThatIsOfOneUse", elsewhere, elsewhere, {"single-use-ticket"}, a_ticket, both},
    {"AboutBoth", elsewhere, elsewhere, {"cookie-bad", "ticket"}, both, both},
    {"OneAtTheUrlAndOneElsewhere", at_the_url, elsewhere, {}, a_cookie, both},
    {"OneWithoutALogin", without_login, at_the_url, {"cookie"}, a_ticket, a_ticket},
};
INSTANTIATE_TEST_SUITE_P(Of, NeedOfALogin, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace wsconform::login_need_test
