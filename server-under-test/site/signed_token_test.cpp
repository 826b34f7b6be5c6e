#include "server-under-test/site/signed_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsconform::signed_token_test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::chrono::sys_seconds now{1'000'000s};

Signer tested_signer() {
  return Signer(std::string(32, 'k'));
}
Token ticket() {
  return {TokenKind::ticket, "Zoë", "192.0.2.1", now + 30s, "id-1"};
}
std::string signed_ticket() {
  return tested_signer().sign(ticket());
}

std::vector<TokenFault> faults(const Signer& signer, std::string_view text,
                               std::string_view address = "192.0.2.1",
                               std::chrono::sys_seconds when = now,
                               TokenKind kind = TokenKind::ticket) {
  const TokenFaultSet set = signer.read(text, kind, address, when).faults;
  std::vector<TokenFault> list;
  for (std::size_t i = 0; i < token_fault_count; ++i)
    if (set[i]) list.push_back(static_cast<TokenFault>(i));
  return list;
}

TEST(Signer, ReadsWhatItSigned) {
  const auto reading = tested_signer().read(signed_ticket(), TokenKind::ticket, "192.0.2.1", now);
  EXPECT_TRUE(reading.faults.none());
  EXPECT_EQ(reading.token->user, "Zoë");
  EXPECT_EQ(reading.token->id, "id-1");
}

TEST(Signer, WritesWhatStandsInACookieAndAQueryAsItIs) {
  EXPECT_EQ(signed_ticket().find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."),
            std::string::npos);
}

TEST(Signer, FindsAForgeryInEveryLetter) {
  const Signer signer = tested_signer();
  const std::string good = signed_ticket();
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(faults(signer, bad).empty()) << i;
  }
  EXPECT_THAT(faults(Signer(std::string(32, 'l')), good), ElementsAre(TokenFault::forged));
}

TEST(Signer, TakesNoPartAndNothingMore) {
  const Signer signer = tested_signer();
  const std::string good = signed_ticket();
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(faults(signer, good.substr(0, size)).empty()) << size;
  for (const char* more : {"=", ".", "A", "==", " "})
    EXPECT_FALSE(faults(signer, good + more).empty()) << more;
}

TEST(Signer, TellsWhenATokenExpires) {
  EXPECT_THAT(faults(tested_signer(), signed_ticket(), "192.0.2.1", now + 29s), IsEmpty());
  EXPECT_THAT(faults(tested_signer(), signed_ticket(), "192.0.2.1", now + 30s),
              ElementsAre(TokenFault::expired));
}

TEST(Signer, BindsATicketToItsAddressAndEachToItsKind) {
  EXPECT_THAT(faults(tested_signer(), signed_ticket(), "192.0.2.2"),
              ElementsAre(TokenFault::elsewhere));
  EXPECT_THAT(faults(tested_signer(), signed_ticket(), "192.0.2.1", now, TokenKind::session),
              ElementsAre(TokenFault::misplaced));
}

TEST(Signer, KnowsWhatWasSpentUntilItExpires) {
  Signer signer = tested_signer();
  signer.spend(ticket(), now);
  EXPECT_THAT(faults(signer, signed_ticket()), ElementsAre(TokenFault::used));
  Token later = ticket();
  later.id = "id-2";
  later.expires = now + 90s;
  signer.spend(later, now + 60s);
  EXPECT_EQ(signer.spent(), 1U);
}

}  // namespace
}  // namespace wsconform::signed_token_test
