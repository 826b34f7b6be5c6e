#include "runner/conversation/wait.h"

#include <gtest/gtest.h>

#include "core/tested_connection.h"

namespace wsconform::wait_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class WaitTest : public testing::Test {
 protected:
  static constexpr Instant start = tested::test_start;

  void SetUp() override { wait_.begin(start); }
  // From the beginning.
  Duration patience(std::uint64_t sent = 0) const { return wait_.patience_ends(sent) - start; }

  Pace pace_;
  Wait wait_{pace_, 1};
};

TEST_F(WaitTest, IsUnderWayUntilItIsFinished) {
  EXPECT_TRUE(wait_.under_way());
  wait_.finish();
  EXPECT_FALSE(wait_.under_way());
}

TEST_F(WaitTest, LastsForThePatienceThatACaseTakes) {
  EXPECT_EQ(patience(), seconds(2));
  EXPECT_EQ(patience(4'000'000), seconds(3));
  Wait heavy(pace_, 2.5);
  heavy.begin(start);
  EXPECT_EQ(heavy.patience_ends(0) - start, seconds(5));
}

TEST_F(WaitTest, IsOnePatienceWhereNoWorkIsExpected) {
  Wait heavy(pace_, 5);
  heavy.begin(start);
  heavy.expect_work(false);
  EXPECT_EQ(heavy.patience_ends(0) - start, seconds(2));
  Wait brief(pace_, 0.5);
  brief.begin(start);
  brief.expect_work(false);
  EXPECT_EQ(brief.patience_ends(0) - start, seconds(1));
  heavy.expect_work(true);
  EXPECT_EQ(heavy.patience_ends(0) - start, seconds(10));
}

TEST_F(WaitTest, IsNoLongerForSlowHandshakesWhereNoWorkIsExpected) {
  pace_.measured_wait(seconds(3));
  EXPECT_EQ(patience(), seconds(8));
  wait_.expect_work(false);
  EXPECT_EQ(patience(), seconds(2));
  EXPECT_EQ(wait_.silence_ends() - start, seconds(1));
}

TEST_F(WaitTest, BeginsWithTheLastWrite) {
  wait_.written(start + seconds(1));
  EXPECT_EQ(patience(), seconds(3));
}

TEST_F(WaitTest, IsPutOffByNoAnswerOfOurs) {
  wait_.answered();
  wait_.written(start + seconds(1));
  EXPECT_EQ(patience(), seconds(2));
}

TEST_F(WaitTest, IsPutOffByEchoesToFourPatiencesAtMost) {
  wait_.heard_echo(start + seconds(7));
  EXPECT_EQ(patience(), seconds(9));
  wait_.heard_echo(start + seconds(70));
  EXPECT_EQ(patience(), seconds(10));
}

// What is left then is the end of TCP.
TEST_F(WaitTest, LastsForOnePatienceBehindAClose) {
  Wait heavy(pace_, 2.5);
  heavy.begin(start);
  heavy.heard_close(start + seconds(1));
  EXPECT_EQ(heavy.patience_ends(4'000'000) - start, seconds(3));
  heavy.begin(start + seconds(2));
  EXPECT_EQ(heavy.patience_ends(0) - start, seconds(7));
}

TEST_F(WaitTest, DoublesItsHushWithEveryQuestion) {
  const Duration first = wait_.hush_ends() - start;
  EXPECT_EQ(first, pace_.hush());
  wait_.asked();
  EXPECT_EQ(wait_.hush_ends() - start, 2 * first);
  EXPECT_EQ(wait_.long_hush_ends() - start, 8 * first);
  wait_.begin_hush(start + milliseconds(3));
  EXPECT_EQ(wait_.hush_ends() - start, 2 * first + milliseconds(3));
  EXPECT_EQ(patience(), seconds(2));
}

TEST_F(WaitTest, EndsEveryHushBeforeHalfOfThePatience) {
  pace_.measured_round_trip(seconds(1));
  EXPECT_EQ(wait_.long_hush_ends() - start, pace_.patience() / 2);
  EXPECT_EQ(wait_.silence_ends() - start, pace_.patience() / 2);
}

TEST_F(WaitTest, IsLongerBehindAnAnswerThatTookLong) {
  EXPECT_EQ(wait_.hush_behind(milliseconds(1)) - start, pace_.hush());
  EXPECT_EQ(wait_.hush_behind(milliseconds(50)) - start, milliseconds(400));
  EXPECT_EQ(wait_.hush_behind(seconds(1)) - start, pace_.patience() / 2);
}

TEST_F(WaitTest, ForgetsTheOneBefore) {
  wait_.asked();
  wait_.answered();
  wait_.begin(start + seconds(1));
  EXPECT_EQ(wait_.questions(), 0);
  wait_.written(start + seconds(2));
  EXPECT_EQ(patience(), seconds(4));
}

}  // namespace
}  // namespace wsconform::wait_test
