#include "runner/conversation/seen_message.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "runner/conversation/offence_words.h"

namespace wsconform::seen_message_test {
namespace {

FrameDecoder::Item frame(Opcode opcode, std::string_view payload, bool fin = true,
                         bool rsv1 = false) {
  FrameDecoder::Item item{{header_for(opcode, payload.size()), to_bytes(payload)}, false, 0};
  item.frame.header.fin = fin;
  item.frame.header.rsv1 = rsv1;
  return item;
}
FrameDecoder::Item compressed(std::string_view hex, bool fin = true) {
  return frame(Opcode::text, text_of(*from_hex(hex)), fin, true);
}
FrameDecoder::Item more(std::string_view hex, bool fin = true) {
  return frame(Opcode::continuation, text_of(*from_hex(hex)), fin);
}

class SeenMessageTest : public testing::Test {
 protected:
  std::string take(FrameDecoder::Item item) { return message_.take(item); }
  std::string finish() {
    const SawMessage seen = message_.finish();
    return std::string(text_of(seen.payload)) + " of " + std::to_string(seen.size);
  }
  std::string fault() {
    const auto found = message_.take_fault();
    return found ? words_for(Offence(*found)) : "none";
  }

  SeenMessage message_{1000};
};

TEST_F(SeenMessageTest, JoinsFragments) {
  EXPECT_EQ(take(frame(Opcode::text, "Hel", false)), "");
  EXPECT_TRUE(message_.under_way());
  take(frame(Opcode::continuation, "lo"));
  EXPECT_FALSE(message_.under_way());
  EXPECT_EQ(finish(), "Hello of 5");
}

TEST_F(SeenMessageTest, KeepsABoundAndCountsTheRest) {
  message_.keep(3);
  take(frame(Opcode::text, "Hello"));
  EXPECT_EQ(finish(), "Hel of 5");
}

TEST_F(SeenMessageTest, LeavesRsv1AloneWhereNothingWasAgreed) {
  EXPECT_EQ(take(compressed("f248cdc9c90700")), "");
  EXPECT_EQ(message_.finish().size, 7U);
}

TEST_F(SeenMessageTest, InflatesAndSaysWhatEachFrameBrings) {
  message_.inflate_with({});
  EXPECT_EQ(take(compressed("f248cd", false)), "inflates to 2 bytes: \"He\"");
  EXPECT_EQ(take(more("c9c90700")), "inflates to 3 bytes: \"llo\"");
  EXPECT_EQ(finish(), "Hello of 5");
  EXPECT_EQ(take(compressed("f200110000")), "inflates to 5 bytes: \"Hello\"");
  EXPECT_EQ(fault(), "none");
}

TEST_F(SeenMessageTest, TellsOfAContextThatWasGivenUp) {
  message_.inflate_with({most_window_bits, false});
  take(compressed("f248cdc9c90700"));
  finish();
  take(compressed("f200110000"));
  EXPECT_EQ(fault(),
            "The target sent a compressed message that cannot be inflated with a window of 32768 "
            "bytes that covers no earlier message: invalid distance too far back (RFC 7692 "
            "§7.2)");
  EXPECT_EQ(fault(), "none");
}

TEST_F(SeenMessageTest, TellsOfAWindowLargerThanAgreed) {
  Bytes payload;
  std::mt19937 random(1);
  std::string text(600, '.');
  std::ranges::generate(text, [&] { return static_cast<char>('0' + random() % 64); });
  Deflater().deflate(bytes_of(text + text), payload);
  message_.inflate_with({9, true});
  take(compressed(to_hex(payload)));
  EXPECT_NE(fault().find("with a window of 512 bytes: invalid distance"), std::string::npos);
}

TEST_F(SeenMessageTest, InflatesNothingMoreAfterAFault) {
  message_.inflate_with({});
  take(compressed("0600"));
  EXPECT_NE(fault(), "none");
  take(compressed("0600"));
  EXPECT_EQ(fault(), "none");
}

TEST_F(SeenMessageTest, CountsABombThatIsNotKept) {
  Bytes payload;
  Deflater().deflate(Bytes(1'000'000, 'a'), payload);
  message_.inflate_with({});
  take(compressed(to_hex(payload)));
  const SawMessage seen = message_.finish();
  EXPECT_EQ(seen.size, 1'000'000U);
  EXPECT_EQ(seen.payload.size(), 1000U);
}

TEST_F(SeenMessageTest, DoesNotJudgeCompressedDataThatItHasNotWhole) {
  message_.inflate_with({});
  FrameDecoder::Item item = compressed("f248cd");
  item.frame.header.payload_length = 100'000;
  item.payload_cut = true;
  EXPECT_EQ(take(item), "compressed, not inflated");
  EXPECT_EQ(fault(), "none");
}

}  // namespace
}  // namespace wsconform::seen_message_test
