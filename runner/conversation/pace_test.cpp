#include "runner/conversation/pace.h"

#include <gtest/gtest.h>

namespace wsconform::pace_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Pace, GivesTheLeastPatienceBeforeAnythingIsMeasured) {
  EXPECT_EQ(Pace().patience(), seconds(2));
  EXPECT_EQ(Pace(milliseconds(300)).patience(), milliseconds(300));
  EXPECT_EQ(Pace(seconds(60)).patience(), seconds(60));
}

TEST(Pace, GivesAFarTargetMoreTime) {
  Pace pace;
  pace.measured_round_trip(milliseconds(100));
  EXPECT_EQ(pace.patience(), seconds(5));
  EXPECT_EQ(pace.hush(), milliseconds(800));
}

TEST(Pace, GivesATargetThatIsSlowUnderLoadMoreTime) {
  Pace pace;
  pace.measured_wait(seconds(1));
  pace.measured_wait(milliseconds(1));
  EXPECT_EQ(pace.slowest(), seconds(1));
  EXPECT_EQ(pace.patience(), seconds(4));
}

TEST(Pace, GivesEightTimesWhatATargetNeedsAndNotMuchMoreWhereThatIsLong) {
  Pace pace;
  pace.measured_wait(milliseconds(300));
  EXPECT_EQ(pace.patience(), milliseconds(2400));
  pace.measured_wait(seconds(3));
  EXPECT_EQ(pace.patience(), seconds(8));
}

TEST(Pace, WaitsNoLongerForSlowHandshakesWhereATargetShowsNoWork) {
  Pace pace;
  pace.measured_wait(seconds(3));
  EXPECT_EQ(pace.patience_without_work(), seconds(2));
  pace.measured_round_trip(milliseconds(100));
  EXPECT_EQ(pace.patience_without_work(), seconds(5));
}

TEST(Pace, ForgetsWhatTheTargetNeededLongAgo) {
  Pace pace;
  pace.measured_wait(seconds(1));
  for (int n = 0; n < 127; ++n) pace.measured_wait(milliseconds(1));
  EXPECT_EQ(pace.patience(), seconds(4));
  pace.measured_wait(milliseconds(1));
  EXPECT_EQ(pace.patience(), seconds(2));
}

TEST(Pace, EndsItsPatienceSomewhere) {
  Pace pace;
  pace.measured_round_trip(seconds(10));
  pace.measured_wait(seconds(100));
  EXPECT_EQ(pace.patience(), seconds(15));
}

TEST(Pace, AsksANearTargetNoSoonerThanItCanReact) {
  Pace pace;
  pace.measured_round_trip(std::chrono::microseconds(10));
  EXPECT_EQ(pace.hush(), milliseconds(30));
}

TEST(Pace, RemembersWhenTheTargetWasLastHeard) {
  Pace pace;
  pace.heard(Instant(seconds(3)));
  EXPECT_EQ(pace.last_heard(), Instant(seconds(3)));
}

}  // namespace
}  // namespace wsconform::pace_test
