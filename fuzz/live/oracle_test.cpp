#include "fuzz/live/oracle.h"

#include <gtest/gtest.h>

namespace wsconform::oracle_test {
namespace {

// An opening of which a case asks a subprotocol, at a level, and then a frame that no server may take.
LiveSession asked_at(Level level) {
  ExpectResponse answer;
  answer.status.ranges = {{101, 101}};
  answer.subprotocol = "chat";
  LiveSession session;
  session.demand = Demand{answer, level, "A server selects what it likes.", {"x/1-a"}};
  SendFrame reserved;
  reserved.opcode = Opcode::reserved_3;
  session.moves = {{reserved}};
  return session;
}

Level level_of(const LiveSession& session) {
  return Oracle({}).case_of(session, read(session), "fuzz/1", true).level;
}

TEST(Oracle, DemandsOfAnOpeningNoMoreThanItsCaseDoes) {
  EXPECT_EQ(level_of(asked_at(Level::must)), Level::must);
  EXPECT_EQ(level_of(asked_at(Level::may)), Level::may);
  LiveSession session = asked_at(Level::may);
  session.demand.reset();
  EXPECT_EQ(level_of(session), Level::must);
}

TEST(MakeWhole, LeavesNothingBehindAnEnd) {
  LiveSession session;
  session.moves = {{SendFrame{}}, {EndStream{}}, {SendFrame{}}};
  make_whole(session);
  EXPECT_EQ(session.moves.size(), 2U);
}

TEST(MakeWhole, EndsOurDirectionWhereTheRestOfAFrameIsWaitedFor) {
  SendFrame torn;
  torn.declared_length = 5;
  LiveSession session;
  session.moves = {{torn}};
  make_whole(session);
  ASSERT_EQ(session.moves.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<EndStream>(session.moves.back().act));
}

TEST(MakeWritable, TakesBackFragmentsBeyondThePayload) {
  SendFrame frame;
  frame.payload = Payload(to_bytes("abc"));
  frame.fragments = {1, 1, 9};
  SendFrame control;
  control.opcode = Opcode::ping;
  control.deflate.emplace();
  LiveSession session;
  session.moves = {{frame}, {control}};
  make_writable(session);
  EXPECT_EQ(std::get<SendFrame>(session.moves[0].act).fragments,
            (std::vector<std::uint64_t>{1, 1}));
  EXPECT_FALSE(std::get<SendFrame>(session.moves[1].act).deflate.has_value());
}

}  // namespace
}  // namespace wsconform::oracle_test
