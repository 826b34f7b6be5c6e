#include "server-under-test/site/accounts.h"

#include <gtest/gtest.h>

#include "core/base64.h"

namespace wsconform::accounts_test {
namespace {

constexpr ScryptCost cheap{.log_n = 4, .r = 1, .p = 1};

std::string line_for(const std::string& user, std::string_view password) {
  return user + ':' + text_of(hash_password(password, cheap, "saltsalt")) + '\n';
}

TEST(Accounts, ReadsAFileOfUsers) {
  const auto accounts = Accounts::parse("# staff\n\n" + line_for("ann", "one") +
                                        "bob:" + line_for("", "two").substr(1));
  ASSERT_TRUE(accounts) << accounts.error().message;
  EXPECT_EQ(accounts->size(), 2U);
  EXPECT_TRUE(accounts->check({"ann", "one"}).run());
  EXPECT_TRUE(accounts->check({"bob", "two"}).run());
  EXPECT_FALSE(accounts->check({"ann", "two"}).run());
  EXPECT_FALSE(accounts->check({"eve", "one"}).run());
  EXPECT_FALSE(accounts->check({"", ""}).run());
}

TEST(Accounts, TellsTheLineThatIsWrong) {
  const auto line_of = [](const std::string& text) { return Accounts::parse(text).error().line; };
  EXPECT_EQ(line_of("ann\n"), 1U);
  EXPECT_EQ(line_of("\n:" + line_for("", "x").substr(1)), 2U);
  EXPECT_EQ(line_of("#\nann:secret\n"), 2U);
  EXPECT_EQ(line_of(line_for("ann", "a") + line_for("ann", "b")), 2U);
}

HttpHead with_authorization(const std::string& value) {
  HttpHead head;
  head.add("Authorization", value);
  return head;
}

TEST(BasicCredentials, AreUserAndPasswordAroundTheFirstColon) {
  const auto found = basic_credentials(with_authorization("bAsIc  " + base64_encode("u:p:q")));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->user, "u");
  EXPECT_EQ(found->password, "p:q");
}

TEST(BasicCredentials, AreNoneWhereTheFieldIsMalformedOrDoubled) {
  const std::string good = base64_encode("u:p");
  for (const std::string& value : {std::string("Basic"), "Bearer " + good, "Basic " + good + "!",
                                   good, "Basic " + base64_encode("up")})
    EXPECT_FALSE(basic_credentials(with_authorization(value))) << value;
  HttpHead twice = with_authorization("Basic " + good);
  twice.add("Authorization", "Basic " + good);
  EXPECT_FALSE(basic_credentials(twice));
}

TEST(FormCredentials, AreDecoded) {
  const auto found = form_credentials("x=1&user=Zo%C3%AB&password=a+b%26c");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->user, "Zoë");
  EXPECT_EQ(found->password, "a b&c");
}

TEST(FormCredentials, AreNoneWhereOneIsMissingOrDoubled) {
  for (const char* body : {"", "user=a", "password=b", "user=a&password=b&user=c", "user&password"})
    EXPECT_FALSE(form_credentials(body)) << body;
}

}  // namespace
}  // namespace wsconform::accounts_test
