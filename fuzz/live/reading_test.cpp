#include "fuzz/live/reading.h"

#include <gtest/gtest.h>

namespace wsconform::reading_test {
namespace {

SendFrame frame(Opcode opcode, std::string_view payload = "fuzz", bool fin = true) {
  SendFrame made;
  made.opcode = opcode;
  made.fin = fin;
  made.payload = Payload(to_bytes(payload));
  return made;
}

Reading reading_of(std::vector<Act> acts) {
  LiveSession session;
  for (Act& each : acts) session.moves.push_back({std::move(each)});
  return read(session);
}

TEST(Reading, TellsWhereTheFirstFaultIs) {
  const Reading open = reading_of({frame(Opcode::text), frame(static_cast<Opcode>(3))});
  EXPECT_EQ(open.place, Place::open);
  EXPECT_EQ(open.broken, Violation::reserved_data_opcode);
  const Reading inside =
      reading_of({frame(Opcode::text, "a", false), frame(static_cast<Opcode>(3))});
  EXPECT_EQ(inside.place, Place::in_message);
  EXPECT_EQ(subject_of(inside), "reserved-data-opcode");
}

TEST(Reading, TellsACompressedMessageFromAnother) {
  LiveSession session;
  offer_deflate(session);
  SendFrame first = frame(Opcode::text, "aaaa", false);
  first.deflate.emplace();
  session.moves = {{first}, {frame(Opcode::text)}};
  const Reading reading = read(session);
  EXPECT_EQ(reading.place, Place::in_compressed_message);
  EXPECT_EQ(reading.broken, Violation::message_interrupted);
}

// Whether RSV1 means anything is known by the answer to the offer, and that is left open; so is
// whether a message is compressed.
TEST(Reading, LeavesToTheAgreementWhatFollowsAnOfferThatNoOneAskedAbout) {
  SendFrame reserved = frame(Opcode::text);
  reserved.rsv = 4;
  LiveSession session;
  session.moves = {{reserved}};
  EXPECT_FALSE(read(session).agreement_decides);
  session.handshake.append = {{"sec-websocket-extensions: x, permessage-deflate"}};
  EXPECT_TRUE(read(session).agreement_decides);
  session.handshake.append.clear();
  session.handshake.set = {{"Sec-WebSocket-Extensions", {"x", "permessage-deflate"}}};
  EXPECT_TRUE(read(session).agreement_decides);
  SendFrame compressed = frame(Opcode::text);
  compressed.deflate.emplace();
  session.moves = {{compressed}};
  EXPECT_TRUE(read(session).agreement_decides);
  session.handshake.set.clear();
  EXPECT_FALSE(read(session).agreement_decides);
}

TEST(Reading, EndsWithTheClose) {
  const Reading reading =
      reading_of({frame(Opcode::close, "\x03\xe8"), frame(static_cast<Opcode>(3))});
  EXPECT_EQ(reading.broken, std::nullopt);
  ASSERT_TRUE(reading.close);
  EXPECT_EQ(reading.close->code, 1000);
  EXPECT_TRUE(reading.speaks_on);
  EXPECT_EQ(reading.late, Violation::reserved_data_opcode);
  EXPECT_EQ(stimulus_of(reading), "closing-handshake/late-reserved-data-opcode");
  const Reading legal = reading_of({frame(Opcode::close, "\x03\xe8"), frame(Opcode::ping)});
  EXPECT_EQ(stimulus_of(legal), "closing-handshake/close-1000/spoke-on");
}

TEST(Reading, TellsWhetherTheBrokenFrameIsAllThere) {
  SendFrame cut = frame(static_cast<Opcode>(3));
  cut.declared_length = 6;
  EXPECT_FALSE(reading_of({cut}).whole);
  EXPECT_TRUE(reading_of({cut, frame(Opcode::ping)}).whole);
}

TEST(Reading, ReadsBytesAsItReadsFrames) {
  SendBytes bytes;
  bytes.payload = Payload(from_hex("01810000000061"
                                   "83810000000061")
                              .value());
  const Reading reading = reading_of({bytes});
  EXPECT_EQ(reading.place, Place::in_message);
  EXPECT_EQ(reading.broken, Violation::reserved_data_opcode);
}

TEST(Reading, IsCalmWhereAllCanBeAnswered) {
  EXPECT_EQ(reading_of({frame(Opcode::text, "a", false), frame(Opcode::ping),
                        frame(Opcode::continuation), frame(Opcode::ping)})
                .calm,
            (std::vector<bool>{true, false, false, true}));
}

TEST(Reading, TellsOfTheRequest) {
  LiveSession session;
  session.handshake.drop = {"Host"};
  const Reading reading = read(session);
  EXPECT_EQ(reading.place, Place::opening);
  EXPECT_EQ(subject_of(reading), "host-missing");
}

}  // namespace
}  // namespace wsconform::reading_test
