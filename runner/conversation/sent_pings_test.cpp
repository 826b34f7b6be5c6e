#include "runner/conversation/sent_pings.h"

#include <gtest/gtest.h>

namespace wsconform::sent_pings_test {
namespace {

using Answered = SentPings::Answered;

TEST(SentPings, TellPingsOfTheCaseFromBarriers) {
  SentPings pings;
  pings.add(to_bytes("a"), false);
  pings.add(to_bytes("b"), true);
  EXPECT_EQ(pings.answer(bytes_of("b")), Answered::barrier);
  EXPECT_FALSE(pings.latest_is_answered());
  EXPECT_EQ(pings.answer(bytes_of("a")), Answered::ping);
  EXPECT_TRUE(pings.latest_is_answered());
}

TEST(SentPings, AreAnsweredOnceEach) {
  SentPings pings;
  EXPECT_EQ(pings.answer({}), Answered::none);
  pings.add(to_bytes("a"), false);
  pings.add(to_bytes("a"), false);
  EXPECT_EQ(pings.answer(bytes_of("a")), Answered::ping);
  EXPECT_TRUE(pings.awaits(bytes_of("a")));
  EXPECT_EQ(pings.answer(bytes_of("a")), Answered::ping);
  EXPECT_FALSE(pings.awaits(bytes_of("a")));
  EXPECT_EQ(pings.answer(bytes_of("a")), Answered::none);
}

TEST(SentPings, MayBeAnsweredByTheLatestAlone) {
  SentPings pings;
  pings.add(to_bytes("a"), false);
  pings.add(to_bytes("b"), false);
  EXPECT_EQ(pings.answer(bytes_of("b")), Answered::ping);
  EXPECT_TRUE(pings.latest_is_answered());
  EXPECT_TRUE(pings.awaits(bytes_of("a")));
}

}  // namespace
}  // namespace wsconform::sent_pings_test
