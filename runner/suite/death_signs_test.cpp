#include "runner/suite/death_signs.h"

#include <gtest/gtest.h>

namespace wsconform::death_signs_test {
namespace {

using std::chrono::milliseconds;

class DeathSigns : public testing::Test {
 protected:
  DeathSigns() { pace_.heard(heard_); }

  // So long after the last sign of life.
  Finished ended(Duration after) const { return {.at = heard_ + after}; }
  Finished cut_off(Duration after) const {
    Finished made = ended(after);
    made.outcome.reaction.upgraded = true;
    made.outcome.reaction.end = StreamEnd::fin;
    return made;
  }
  Finished timed_out(Duration after) const {
    Finished made = ended(after);
    made.outcome.timed_out = true;
    return made;
  }

  Pace pace_{std::chrono::seconds(2)};
  const Instant heard_{std::chrono::hours(1)};
};

TEST_F(DeathSigns, WhatEndedBeforeTheTargetWasHeardIsOutlived) {
  EXPECT_TRUE(outlived(ended(milliseconds(-1)), pace_));
  EXPECT_FALSE(outlived(ended(milliseconds(0)), pace_));
}

TEST_F(DeathSigns, AnEndWithoutACloseMayBeTheDeathForHalfASecond) {
  EXPECT_TRUE(outlived(cut_off(milliseconds(-501)), pace_));
  EXPECT_FALSE(outlived(cut_off(milliseconds(-499)), pace_));
}

TEST_F(DeathSigns, ADeadlineIsAHangOnceNothingIsHeardForLongerThanItWaited) {
  EXPECT_TRUE(is_hang(timed_out(milliseconds(3000)), pace_, true));
  EXPECT_FALSE(is_hang(timed_out(milliseconds(2999)), pace_, true));
  EXPECT_FALSE(is_hang(ended(milliseconds(9000)), pace_, true));
}

TEST_F(DeathSigns, SilenceIsAHangLaterWhereNoneIsToBeginAnyMore) {
  EXPECT_TRUE(is_hang(timed_out(milliseconds(5000)), pace_, false));
  EXPECT_FALSE(is_hang(timed_out(milliseconds(4999)), pace_, false));
}

// Of several that wait so long, each is ended by its own deadline.
TEST_F(DeathSigns, SilenceIsNoHangWhereTheCaseItselfWaitedAsLong) {
  Finished patient = timed_out(milliseconds(6999));
  patient.outcome.waited = milliseconds(6000);
  EXPECT_FALSE(is_hang(patient, pace_, true));
  patient.at += milliseconds(1);
  EXPECT_TRUE(is_hang(patient, pace_, true));
  EXPECT_FALSE(is_hang(patient, pace_, false));
  patient.at += milliseconds(2000);
  EXPECT_TRUE(is_hang(patient, pace_, false));
}

TEST_F(DeathSigns, TheLastResultOfAllIsDoubtfulWhereNothingWasHeardMeanwhile) {
  EXPECT_TRUE(ended_unheard({timed_out(milliseconds(2000))}, pace_));
  EXPECT_FALSE(ended_unheard({timed_out(milliseconds(1999))}, pace_));
  EXPECT_FALSE(ended_unheard({timed_out(milliseconds(2000)), ended(milliseconds(2001))}, pace_));
  EXPECT_FALSE(ended_unheard({}, pace_));
}

TEST_F(DeathSigns, AnEndJustBeforeTheLastResultMayBeTheDeath) {
  const Finished last = ended(milliseconds(200));
  EXPECT_TRUE(cut_off_at_last({cut_off(milliseconds(100)), last}));
  EXPECT_FALSE(cut_off_at_last({cut_off(milliseconds(99)), last}));
  EXPECT_FALSE(cut_off_at_last({last}));
}

}  // namespace
}  // namespace wsconform::death_signs_test
