#include "runner/suite/overlooked_fault.h"

#include <gtest/gtest.h>

namespace wsconform::overlooked_fault_test {
namespace {

constexpr HandshakeFault unasked = HandshakeFault::subprotocol_not_offered;
constexpr HandshakeFault wrong = HandshakeFault::accept_wrong;

TEST(SpreadFaults, AreThoseOfForty101s) {
  SpreadFaults faults;
  for (int n = 1; n < 40; ++n) EXPECT_FALSE(faults.count(unasked)) << n;
  EXPECT_FALSE(faults.is_spread(unasked));
  EXPECT_TRUE(faults.count(unasked));
  EXPECT_TRUE(faults.is_spread(unasked));
}

TEST(SpreadFaults, AreCountedEachForItself) {
  SpreadFaults faults;
  for (int n = 0; n < 39; ++n) {
    faults.count(unasked);
    faults.count(wrong);
  }
  EXPECT_FALSE(faults.is_spread(unasked));
  EXPECT_TRUE(faults.count(wrong));
  EXPECT_FALSE(faults.is_spread(unasked));
}

TEST(OverlookedFault, IsOneBehindWhichAClientCouldGoOn) {
  using enum HandshakeFault;
  const auto overlooked = [](HandshakeFault fault) {
    Finished ended;
    ended.outcome.reaction.upgraded = true;
    ended.outcome.reaction.offence = IllegalOpening{fault, Role::server};
    return overlookable_fault(ended) == fault;
  };
  for (const HandshakeFault each :
       {status_line_malformed, response_field_malformed, response_http_version, accept_repeated,
        accept_wrong, extension_response_malformed, extension_not_offered, subprotocol_not_offered})
    EXPECT_TRUE(overlooked(each)) << rule_of(each).name;
  for (const HandshakeFault each : {subprotocol_repeated, deflate_parameter_unknown})
    EXPECT_FALSE(overlooked(each)) << rule_of(each).name;
}

TEST(OverlookedFault, SaysInHowMany101sItShows) {
  EXPECT_EQ(fact_of(unasked, true).name, "Every 101: subprotocol-not-offered");
  EXPECT_EQ(fact_of(unasked, false).name, "Many 101s: subprotocol-not-offered");
}

}  // namespace
}  // namespace wsconform::overlooked_fault_test
