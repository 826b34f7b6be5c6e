#include "core/deadline_clock.h"

#include <gtest/gtest.h>

namespace wsconform::deadline_clock_test {
namespace {

using Wait = DeadlineClock::Wait;
using std::chrono::seconds;

constexpr Instant start = Instant(std::chrono::hours(5));
constexpr Deadlines deadlines = {seconds(10), seconds(30), seconds(20), seconds(5)};

DeadlineClock clock_waiting_for(Wait wait) {
  DeadlineClock clock(deadlines, start);
  clock.wait_for(wait);
  return clock;
}

struct Row {
  const char* name = "";
  Wait wait = Wait::nothing;
  seconds limit = seconds(0);
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class DeadlineClocks : public testing::TestWithParam<Row> {};

TEST_P(DeadlineClocks, TellsWhatWasWaitedForInVainAndNotBefore) {
  DeadlineClock clock = clock_waiting_for(GetParam().wait);
  const Instant deadline = start + GetParam().limit;
  EXPECT_EQ(clock.next(), deadline);
  EXPECT_EQ(clock.tick(deadline - Duration(1)), Wait::nothing);
  EXPECT_EQ(clock.tick(deadline), GetParam().wait);
  EXPECT_EQ(clock.tick(deadline), Wait::nothing);
}

TEST_P(DeadlineClocks, NeverEndsAWaitWithoutALimit) {
  DeadlineClock clock({seconds(0), seconds(0), seconds(0), seconds(0)}, start);
  clock.wait_for(GetParam().wait);
  EXPECT_EQ(clock.next(), std::nullopt);
  EXPECT_EQ(clock.tick(start + std::chrono::hours(10000)), Wait::nothing);
}

TEST_P(DeadlineClocks, ALimitBeyondAllTimeNeverComes) {
  constexpr Duration forever = Duration::max();
  DeadlineClock clock({forever, forever, forever, forever}, start);
  clock.wait_for(GetParam().wait);
  EXPECT_EQ(clock.next(), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Waits, DeadlineClocks,
                         testing::Values(Row{"Handshake", Wait::handshake, seconds(10)},
                                         Row{"Idle", Wait::idle, seconds(30)},
                                         Row{"Pong", Wait::pong, seconds(20)},
                                         Row{"Close", Wait::close, seconds(5)}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(DeadlineClock, BeginsWithTheHandshake) {
  EXPECT_EQ(DeadlineClock(deadlines, start).next(), start + seconds(10));
}

TEST(DeadlineClock, WaitsForThePongAfterIdleness) {
  DeadlineClock clock = clock_waiting_for(Wait::idle);
  EXPECT_EQ(clock.tick(start + seconds(31)), Wait::idle);
  EXPECT_EQ(clock.next(), start + seconds(51));
  EXPECT_EQ(clock.tick(start + seconds(51)), Wait::pong);
  EXPECT_EQ(clock.next(), std::nullopt);
}

TEST(DeadlineClock, AnythingReceivedEndsTheWaitForThePong) {
  DeadlineClock clock = clock_waiting_for(Wait::idle);
  clock.tick(start + seconds(30));
  clock.tick(start + seconds(40));
  clock.received();
  EXPECT_EQ(clock.next(), start + seconds(70));
}

TEST(DeadlineClock, BytesReceivedDoNotProlongAHandshakeOrAClosing) {
  for (const Wait wait : {Wait::handshake, Wait::close}) {
    DeadlineClock clock = clock_waiting_for(wait);
    const auto before = clock.next();
    clock.tick(start + seconds(1));
    clock.received();
    EXPECT_EQ(clock.next(), before);
  }
}

TEST(DeadlineClock, TimeNeverGoesBack) {
  DeadlineClock clock = clock_waiting_for(Wait::idle);
  clock.tick(start + seconds(3));
  clock.tick(start);
  EXPECT_EQ(clock.now(), start + seconds(3));
}

}  // namespace
}  // namespace wsconform::deadline_clock_test
