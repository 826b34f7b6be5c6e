#include "fuzz/live/minimising.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fuzz/live/frames.h"
#include "fuzz/live/reading.h"

namespace wsconform::minimising_test {
namespace {

SendFrame reserved() {
  SendFrame frame;
  frame.opcode = static_cast<Opcode>(5);
  return frame;
}

// Shows that the rule is broken at the place.
ShowsStill shows(Violation rule, Place place) {
  return [=](const std::vector<LiveSession>& some) {
    std::vector<bool> all;
    for (const LiveSession& each : some) {
      const Reading reading = read(each);
      all.push_back(reading.broken == rule && reading.place == place);
    }
    return all;
  };
}

TEST(Minimised, LeavesTheFrameThatBreaksTheRule) {
  Random random(7);
  LiveSession session;
  for (int n = 0; n < 6; ++n) session.moves.push_back({any_message(false, random), true});
  SendFrame frame = reserved();
  frame.payload = Payload({{PayloadPart::Kind::random, {}, 3000}});
  frame.times = 3;
  frame.cut.kind = Cut::Kind::frames;
  frame.masking.kind = Masking::Kind::fixed;
  session.moves.push_back({frame});
  session.moves.push_back({any_control(random)});
  const LiveSession least =
      minimised(session, shows(Violation::reserved_data_opcode, Place::open), 100);
  EXPECT_EQ(least.moves, std::vector<Move>{{reserved()}});
}

// A smaller session that shows another thing is no smaller one of this.
TEST(Minimised, KeepsTheSameCause) {
  Random random(7);
  LiveSession session;
  append_way_to(Place::in_message, session, random);
  session.moves.push_back({reserved()});
  const LiveSession least =
      minimised(session, shows(Violation::reserved_data_opcode, Place::in_message), 100);
  ASSERT_EQ(least.moves.size(), 2U);
  EXPECT_EQ(read(least).place, Place::in_message);
}

TEST(Minimised, AsksNoMoreOftenThanItMay) {
  int asked = 0;
  LiveSession session;
  session.moves.assign(8, {reserved()});
  minimised(
      session,
      [&](const std::vector<LiveSession>& some) {
        ++asked;
        return std::vector<bool>(some.size(), true);
      },
      2);
  EXPECT_EQ(asked, 2);
}

TEST(Fewest, FindsTheTwoThatShowItTogether) {
  std::vector<LiveSession> sessions(40);
  sessions[7].handshake.method = "ONE";
  sessions[33].handshake.method = "OTHER";
  const auto has = [](const std::vector<LiveSession>& some, const char* method) {
    return std::ranges::any_of(
        some, [&](const LiveSession& each) { return each.handshake.method == method; });
  };
  const auto least = fewest(
      sessions,
      [&](const std::vector<LiveSession>& some) { return has(some, "ONE") && has(some, "OTHER"); },
      200);
  EXPECT_EQ(least.size(), 2U);
}

}  // namespace
}  // namespace wsconform::minimising_test
