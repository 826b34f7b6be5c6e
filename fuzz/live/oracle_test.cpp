#include "fuzz/live/oracle.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fuzz/live/allowed_endings.h"

namespace wsconform::oracle_test {
namespace {

// An opening of which a case asks a subprotocol, at a level, and then a frame that no server may
// take.
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

LiveSession closing_with(std::uint16_t code, bool speaks_on = false) {
  SendFrame close;
  close.opcode = Opcode::close;
  close.payload =
      Payload(Bytes{static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code)});
  LiveSession session;
  session.moves = {{close}};
  if (speaks_on)
    session.moves.push_back({SendBytes{Payload(to_bytes("GET / HTTP/1.1\r\n\r\n")), {}}});
  return session;
}

TEST(Oracle, DemandsNoCodeThatWasRegisteredLater) {
  EXPECT_EQ(level_of(closing_with(1011)), Level::must);
  for (std::uint16_t later = 1012; later <= 1014; ++later)
    EXPECT_EQ(level_of(closing_with(later)), Level::should) << later;
  EXPECT_EQ(level_of(closing_with(3000)), Level::must);
}

// That is the order in which an ending is looked for.
TEST(Oracle, AllowsAFaultBehindACloseToBeJudgedFirst) {
  const LiveSession session = closing_with(1000, true);
  const auto endings = allowed_endings(session, read(session), true).endings.endings;
  const auto failed = std::ranges::find(endings, EndingKind::failed_connection, &Ending::kind);
  const auto other = std::ranges::find_if(endings, [](const Ending& each) {
    return each.kind == EndingKind::closed && each.verdict == Verdict::lenient;
  });
  EXPECT_LT(failed - endings.begin(), other - endings.begin());
}

// RFC 7692 has no such message, and calls it no fault either.
TEST(Oracle, OnlyObservesACompressedMessageWithoutAnyOctet) {
  SendFrame frame;
  frame.rsv = 4;
  LiveSession session;
  offer_deflate(session);
  session.moves = {{frame}};
  EXPECT_EQ(level_of(session), Level::observe);
  session.moves.push_back({ResetStream{}});
  EXPECT_EQ(level_of(session), Level::observe);
  frame.rsv = 0;
  frame.deflate.emplace();
  session.moves = {{frame}};
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

// One that takes the long form of a length waits for the rest of what comes behind it.
TEST(MakeWhole, EndsOurDirectionBehindAFaultThatMayBeTakenToo) {
  SendFrame longer;
  longer.length_form = LengthForm::bits64;
  SendFrame torn;
  torn.opcode = Opcode::ping;
  torn.declared_length = 5;
  LiveSession session;
  session.moves = {{longer}, {torn}};
  make_whole(session);
  EXPECT_EQ(session.moves.size(), 3U);
}

// The two letters of the text are seven bytes once compressed: two would stand behind the payload,
// masked with whatever key.
TEST(MakeWhole, DeclaresNoLengthOfWhatIsCompressed) {
  SendFrame text;
  text.payload = Payload(to_bytes("\xC3\xA9\xC3\xA9"));
  text.deflate.emplace();
  text.declared_length = 5;
  LiveSession session;
  session.moves = {{text}};
  make_whole(session);
  EXPECT_EQ(std::get<SendFrame>(session.moves[0].act).declared_length, std::nullopt);
}

TEST(MakeWhole, BeginsNoFrameInsideAnother) {
  const Act torn = SendBytes{Payload(Bytes{0x82, 0x85, 0, 0, 0, 0, 1}), {}};
  const Act rest = SendBytes{Payload(Bytes{2, 3, 4, 5}), {}};
  LiveSession session;
  session.moves = {{torn}, {SendFrame{}}};
  make_whole(session);
  ASSERT_EQ(session.moves.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<EndStream>(session.moves[1].act));
  session.moves = {{torn}, {rest}, {SendFrame{}}};
  make_whole(session);
  EXPECT_EQ(session.moves.size(), 3U);
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
