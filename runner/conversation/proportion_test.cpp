#include "runner/conversation/proportion.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>

#include "runner/conversation/verdict_words.h"

namespace wsconform::proportion_test {
namespace {

using std::chrono::milliseconds;
using Times = std::initializer_list<int>;

std::string fault_of(Times harmless, Times quarter, Times whole) {
  Proportion proportion;
  for (const int time : harmless) proportion.took(Trial::harmless, milliseconds(time));
  for (const int time : quarter) proportion.took(Trial::quarter, milliseconds(time));
  for (const int time : whole) proportion.took(Trial::whole, milliseconds(time));
  const auto fault = proportion.fault();
  return fault ? words_for(Ground(*fault), {}) : "";
}

TEST(Proportion, FindsATimeThatGrowsWithTheSquare) {
  EXPECT_EQ(fault_of({1, 1, 2}, {22, 25, 21}, {352, 350, 370}),
            "The time explodes: at least 350.0 ms for the whole request, 21.0 ms for a quarter of "
            "it, 1.0 ms for a harmless one. A single client can hold up all others.");
}

TEST(Proportion, FindsATimeThatDoublesWithEachStep) {
  EXPECT_NE(fault_of({1, 1, 1}, {1, 1, 1}, {190, 185, 200}), "");
}

TEST(Proportion, FindsItOnAMachineTwentyTimesSlower) {
  EXPECT_NE(fault_of({20, 25, 40}, {450, 480, 440}, {7000, 7400, 8000}), "");
}

TEST(Proportion, FindsNothingInATimeThatGrowsAsTheInputDoes) {
  EXPECT_EQ(fault_of({1, 1, 1}, {25, 26, 30}, {100, 104, 130}), "");
}

TEST(Proportion, FindsNothingInTimesThatAreAlike) {
  EXPECT_EQ(fault_of({1, 1, 1}, {1, 1, 1}, {1, 1, 1}), "");
}

TEST(Proportion, FindsNothingInDelaysThatComeAndGo) {
  EXPECT_EQ(fault_of({1, 80, 1}, {2, 1, 90}, {70, 90, 2}), "");
}

TEST(Proportion, FindsNothingInALeapThatAHarmlessRequestTakesToo) {
  EXPECT_EQ(fault_of({20, 30, 25}, {20, 22, 30}, {60, 70, 65}), "");
}

TEST(Proportion, FindsNothingInALeapThatHoldsUpNobody) {
  EXPECT_EQ(fault_of({1, 1, 1}, {1, 1, 1}, {19, 19, 19}), "");
}

TEST(Proportion, IsSettledOnceTwoRoundsFoundNothing) {
  Proportion harmless;
  Proportion leaping;
  const auto round_of = [](Proportion& proportion, int whole) {
    proportion.took(Trial::harmless, milliseconds(1));
    proportion.took(Trial::quarter, milliseconds(10));
    proportion.took(Trial::whole, milliseconds(whole));
  };
  round_of(harmless, 40);
  EXPECT_FALSE(harmless.settled());
  round_of(harmless, 40);
  EXPECT_TRUE(harmless.settled());
  for (int round = 0; round < Proportion::rounds; ++round) round_of(leaping, 91);
  EXPECT_FALSE(leaping.settled());
}

TEST(Proportion, IsSettledOnceThreeRoundsLeaveNoDoubtOfAFault) {
  Proportion proportion;
  for (const bool settled : {false, false, true}) {
    proportion.took(Trial::harmless, milliseconds(1));
    proportion.took(Trial::quarter, milliseconds(10));
    proportion.took(Trial::whole, milliseconds(160));
    EXPECT_EQ(proportion.settled(), settled);
  }
  EXPECT_TRUE(proportion.fault());
}

struct Round {
  std::string_view name;
  int harmless, quarter, whole;  // ms
  int harmless_again;
  bool settled_at_once, settled_then;
};
void PrintTo(const Round& row, std::ostream* out) {
  *out << row.name;
}
class ProportionOfOneRound : public testing::TestWithParam<Round> {};

TEST_P(ProportionOfOneRound, IsSettledWhereNoOtherRoundCanFindAFault) {
  const Round& row = GetParam();
  Proportion proportion;
  proportion.took(Trial::harmless, milliseconds(row.harmless));
  proportion.took(Trial::quarter, milliseconds(row.quarter));
  EXPECT_FALSE(proportion.settled());
  proportion.took(Trial::whole, milliseconds(row.whole));
  EXPECT_EQ(proportion.settled(), row.settled_at_once);
  proportion.took(Trial::harmless, milliseconds(row.harmless_again));
  EXPECT_EQ(proportion.settled(), row.settled_then);
}

INSTANTIATE_TEST_SUITE_P(
    , ProportionOfOneRound,
    testing::Values(Round{"NextToNoTime", 1, 1, 20, 1, true, true},
                    Round{"ALittleTime", 1, 1, 21, 1, false, false},
                    Round{"AsTheHarmless", 370, 25, 380, 375, false, true},
                    Round{"FourTimesTheHarmless", 100, 25, 400, 110, false, true},
                    Round{"MoreThanThat", 100, 25, 401, 110, false, false},
                    Round{"AHarmlessThatWasDelayed", 100, 1, 90, 1, false, false}),
    [](const auto& row) { return std::string(row.param.name); });

// As seen beside two processes that spin: 9 ms are the quarter's own.
TEST(Proportion, IsNotSettledWhereABusyMachineMayHideAFault) {
  Proportion proportion;
  for (int round = 0; round < 2; ++round) {
    proportion.took(Trial::harmless, milliseconds(1));
    proportion.took(Trial::quarter, milliseconds(23));
    proportion.took(Trial::whole, milliseconds(162));
  }
  EXPECT_FALSE(proportion.fault());
  EXPECT_FALSE(proportion.settled());
  proportion.took(Trial::quarter, milliseconds(9));
  EXPECT_TRUE(proportion.fault());
}

// One harmless request that was delayed does not hide the fault.
TEST(Proportion, IsNotSettledByADelayInOneOfTwoRounds) {
  Proportion proportion;
  for (const int harmless : {80, 1}) {
    proportion.took(Trial::harmless, milliseconds(harmless));
    proportion.took(Trial::quarter, milliseconds(6));
    proportion.took(Trial::whole, milliseconds(90));
  }
  EXPECT_FALSE(proportion.settled());
}

TEST(Proportion, SaysNothingBeforeEachWasTried) {
  EXPECT_EQ(fault_of({1, 1, 1}, {}, {300, 300, 300}), "");
}

// Of the first as seen beside a compiler and other suites: 14 and 210 ms were its own.
struct Worked {
  std::string_view name;
  int quarter, quarter_cpu, whole, whole_cpu;  // ms
  bool fault;
};
void PrintTo(const Worked& row, std::ostream* out) {
  *out << row.name;
}
class ProportionOfCpuTime : public testing::TestWithParam<Worked> {};

TEST_P(ProportionOfCpuTime, CountsWhereTheProcessDidTheWork) {
  const Worked& row = GetParam();
  Proportion proportion;
  for (int round = 0; round < 3; ++round) {
    proportion.took(Trial::harmless, milliseconds(1), milliseconds(0));
    proportion.took(Trial::quarter, milliseconds(row.quarter), milliseconds(row.quarter_cpu));
    proportion.took(Trial::whole, milliseconds(row.whole), milliseconds(row.whole_cpu));
  }
  EXPECT_EQ(proportion.fault().has_value(), row.fault);
  EXPECT_TRUE(proportion.settled());
}

INSTANTIATE_TEST_SUITE_P(, ProportionOfCpuTime,
                         testing::Values(Worked{"AFaultBehindABusyMachine", 57, 14, 241, 210, true},
                                         Worked{"NoneBehindABusyMachine", 50, 45, 700, 190, false},
                                         Worked{"TooLittleToCount", 12, 3, 40, 24, false},
                                         Worked{"WorkDoneElsewhere", 12, 2, 200, 12, true}),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace wsconform::proportion_test
