#include "server-under-test/alarms.h"

#include <gtest/gtest.h>

namespace wsconform::alarms_test {
namespace {

using namespace std::chrono_literals;
using Ids = std::vector<std::uint64_t>;

constexpr Instant start = Instant(1h);

TEST(Alarms, WakeNobodyWhereNothingIsSet) {
  Alarms alarms;
  EXPECT_EQ(alarms.next(), std::nullopt);
  EXPECT_EQ(alarms.due(start), Ids{});
}

TEST(Alarms, WakeInTheOrderOfTheirInstantsAndOnce) {
  Alarms alarms;
  alarms.set(1, start + 3s);
  alarms.set(2, start + 1s);
  alarms.set(3, start + 2s);
  EXPECT_EQ(alarms.next(), start + 1s);
  EXPECT_EQ(alarms.due(start + 999ms), Ids{});
  EXPECT_EQ(alarms.due(start + 2s), (Ids{2, 3}));
  EXPECT_EQ(alarms.next(), start + 3s);
  EXPECT_EQ(alarms.due(start + 1h), Ids{1});
  EXPECT_EQ(alarms.due(start + 1h), Ids{});
}

TEST(Alarms, OneMayBeSetSeveralTimes) {
  Alarms alarms;
  alarms.set(7, start + 2s);
  alarms.set(7, start + 1s);
  EXPECT_EQ(alarms.due(start + 1s), Ids{7});
  EXPECT_EQ(alarms.due(start + 2s), Ids{7});
}

}  // namespace
}  // namespace wsconform::alarms_test
