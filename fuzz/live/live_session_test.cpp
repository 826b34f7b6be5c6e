#include "fuzz/live/live_session.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "runner/casebook/case.h"

namespace wsconform::live_session_test {
namespace {

Step request() {
  return Step(Act(SendRequest{}));
}
Step refusal() {
  return Step(Expectation(ExpectRefusal{}));
}
Step next_connection() {
  return Step(Act(Reconnect{.handshake = false}));
}
Step message() {
  return Step(Act(SendFrame{}));
}

// What a case is parted into that sends its requests itself.
std::vector<LiveSession> parted(std::vector<Step> steps) {
  Case made;
  made.opens = false;
  made.steps = std::move(steps);
  return sessions_of(made);
}

TEST(SessionsOfACase, DemandOfAnOpeningWhatTheCaseDoes) {
  const auto sessions = parted({request(), refusal()});
  ASSERT_EQ(sessions.size(), 1U);
  EXPECT_TRUE(sessions.front().demand.has_value());
}

// A cookie is refused once it was logged out, and that is another connection.
TEST(SessionsOfACase, LeaveOutWhatALaterConnectionDemands) {
  const auto sessions = parted({request(), message(), next_connection(), request(), refusal()});
  ASSERT_EQ(sessions.size(), 1U);
  EXPECT_EQ(sessions.front().moves.size(), 1U);
}

TEST(SessionsOfACase, KeepALaterConnectionThatSpeaksFrames) {
  const auto sessions = parted({request(), refusal(), next_connection(), request(), message()});
  ASSERT_EQ(sessions.size(), 2U);
  EXPECT_EQ(sessions.back().demand, std::nullopt);
  EXPECT_EQ(sessions.back().moves.size(), 1U);
}

}  // namespace
}  // namespace wsconform::live_session_test
