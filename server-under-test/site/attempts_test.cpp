#include "server-under-test/site/attempts.h"

#include <gtest/gtest.h>

namespace wsconform::attempts_test {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds start{1000s};

TEST(Attempts, AreBoundedForEachAddress) {
  Attempts attempts(2, 60s);
  EXPECT_TRUE(attempts.begin("192.0.2.1", start));
  EXPECT_TRUE(attempts.begin("192.0.2.1", start + 30s));
  EXPECT_FALSE(attempts.begin("192.0.2.1", start + 59s));
  EXPECT_TRUE(attempts.begin("192.0.2.2", start + 59s));
  EXPECT_EQ(attempts.wait("192.0.2.1", start + 59s), 1s);
}

TEST(Attempts, MayBeMadeAgainOnceTheWindowEnds) {
  Attempts attempts(1, 60s);
  EXPECT_TRUE(attempts.begin("a", start));
  EXPECT_FALSE(attempts.begin("a", start + 59s));
  EXPECT_TRUE(attempts.begin("a", start + 60s));
  EXPECT_FALSE(attempts.begin("a", start + 119s));
}

TEST(Attempts, AreGivenBackByARightOne) {
  Attempts attempts(2, 60s);
  attempts.begin("a", start);
  attempts.begin("a", start);
  attempts.succeeded("a");
  EXPECT_TRUE(attempts.begin("a", start));
}

TEST(Attempts, OfANetworkOfIpv6AreThoseOfOneAddress) {
  Attempts attempts(1, 60s);
  EXPECT_TRUE(attempts.begin("2001:db8::1", start));
  EXPECT_FALSE(attempts.begin("2001:db8::2", start));
  EXPECT_TRUE(attempts.begin("2001:db8:0:1::1", start));
}

TEST(Attempts, TakeNoMoreMemoryHoweverManyAddressesCome) {
  Attempts attempts(1, 60s);
  for (int i = 0; i < 10'001; ++i)
    attempts.begin(std::to_string(i), start + std::chrono::seconds(i > 0));
  EXPECT_TRUE(attempts.begin("0", start + 1s)) << "the oldest was forgotten";
  EXPECT_FALSE(attempts.begin("9000", start + 1s));
}

}  // namespace
}  // namespace wsconform::attempts_test
