#include "core/frame_decoder.h"

#include <gtest/gtest.h>

#include "core/for_each_split.h"
#include "core/frame_encoder.h"

namespace wsconform::frame_decoder_test {
namespace {

using Items = std::vector<FrameDecoder::Item>;

Items decode(const std::vector<ByteView>& pieces, std::size_t max_kept = SIZE_MAX) {
  FrameDecoder decoder(max_kept);
  Items items;
  for (const ByteView piece : pieces) decoder.feed(piece, items);
  EXPECT_TRUE(decoder.at_boundary());
  return items;
}

// RFC 6455 §5.7, each example by its name there, and what it says.
struct Example {
  const char* name = "";
  std::string hex;
  std::vector<Frame> frames;
};
void PrintTo(const Example& example, std::ostream* out) {
  *out << example.name;
}

FrameHeader masked(FrameHeader header) {
  header.masking_key = MaskingKey{0x37, 0xFA, 0x21, 0x3D};
  return header;
}
Frame frame(FrameHeader header, std::string_view payload, bool fin = true) {
  header.fin = fin;
  return {header, to_bytes(payload)};
}

std::vector<Example> examples() {
  using enum Opcode;
  const std::string sequence = to_hex(Bytes(256, 0x2A));
  const std::string long_sequence = to_hex(Bytes(65536, 0x2A));
  return {
      {"SingleFrameUnmaskedText", "810548656c6c6f", {frame(header_for(text, 5), "Hello")}},
      {"SingleFrameMaskedText",
       "818537fa213d7f9f4d5158",
       {frame(masked(header_for(text, 5)), "Hello")}},
      {"FragmentedUnmaskedText",
       "010348656c80026c6f",
       {frame(header_for(text, 3), "Hel", false), frame(header_for(continuation, 2), "lo")}},
      {"UnmaskedPing", "890548656c6c6f", {frame(header_for(ping, 5), "Hello")}},
      {"MaskedPong", "8a8537fa213d7f9f4d5158", {frame(masked(header_for(pong, 5)), "Hello")}},
      {"Binary256Bytes",
       "827e0100" + sequence,
       {frame(header_for(binary, 256), std::string(256, '*'))}},
      {"Binary64KiB",
       "827f0000000000010000" + long_sequence,
       {frame(header_for(binary, 65536), std::string(65536, '*'))}},
  };
}

class Rfc6455Section57 : public testing::TestWithParam<Example> {};

TEST_P(Rfc6455Section57, DecodesToItsFrames) {
  const Bytes wire = *from_hex(GetParam().hex);
  const Items items = decode({wire});
  ASSERT_EQ(items.size(), GetParam().frames.size());
  for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ(items[i].frame, GetParam().frames[i]);
}

TEST_P(Rfc6455Section57, EncodesToItsBytes) {
  Bytes wire;
  for (const Frame& each : GetParam().frames) append(wire, encode(each));
  EXPECT_EQ(wire, from_hex(GetParam().hex));
}

INSTANTIATE_TEST_SUITE_P(Examples, Rfc6455Section57, testing::ValuesIn(examples()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(DecodeHeader, AsksForMoreAtEveryCutInsideTheHeader) {
  for (const char* hex : {"8100", "818001020304", "817e0000", "81fe000001020304",
                          "817f0000000000000000", "81ff000000000000000001020304"}) {
    const Bytes bytes = *from_hex(hex);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut)
      EXPECT_FALSE(decode_header(ByteView(bytes).first(cut))) << hex << " cut at " << cut;
    const auto decoded = decode_header(bytes);
    ASSERT_TRUE(decoded) << hex;
    EXPECT_EQ(decoded->size, bytes.size());
  }
}

TEST(DecodeHeader, EncodesBackToTheSameTwoBytesWhateverTheyAre) {
  for (unsigned pair = 0; pair <= 0xFFFF; ++pair) {
    Bytes bytes(max_header_size, 0xA5);
    bytes[0] = static_cast<std::uint8_t>(pair >> 8);
    bytes[1] = static_cast<std::uint8_t>(pair & 0xFF);
    const auto decoded = decode_header(bytes);
    ASSERT_TRUE(decoded);
    Bytes again;
    encode_header(decoded->header, again);
    bytes.resize(decoded->size);
    ASSERT_EQ(again, bytes);
    ASSERT_EQ(size_of(decoded->header), decoded->size);
  }
}

Bytes mixed_stream() {
  Bytes wire;
  append(wire, *from_hex("818537fa213d7f9f4d5158"));  // masked text
  append(wire, *from_hex("fb80ffffffff"));  // every RSV bit, reserved opcode, empty, masked
  append(wire, *from_hex("027f0000000000000003aabbcc"));  // 64-bit form for three bytes
  append(wire, *from_hex("8900"));                        // empty ping
  append(wire,
         *from_hex(
             "80fe0004010203040102030405060708"));  // 16-bit form, masked, then half a frame more
  wire.resize(wire.size() - 4);
  return wire;
}

TEST(FrameDecoder, GivesTheSameFramesAtEveryCut) {
  const Bytes wire = mixed_stream();
  const Items whole = decode({wire});
  ASSERT_EQ(whole.size(), 5u);
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    const Items items = decode(pieces);
    ASSERT_EQ(items.size(), whole.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      EXPECT_EQ(items[i].frame, whole[i].frame);
      EXPECT_EQ(items[i].offset, whole[i].offset);
    }
  });
}

TEST(FrameDecoder, CountsOffsetsFromTheFirstByteOfTheStream) {
  const Items items = decode({mixed_stream()});
  std::vector<std::uint64_t> offsets;
  for (const auto& item : items) offsets.push_back(item.offset);
  EXPECT_EQ(offsets, (std::vector<std::uint64_t>{0, 11, 17, 30, 32}));
}

TEST(FrameDecoder, UnmasksWithTheKeyInStepAtEveryCut) {
  Frame sent = frame(masked(header_for(Opcode::binary, 300)), std::string(300, 'x'));
  const Bytes wire = encode(sent);
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    EXPECT_EQ(decode(pieces).at(0).frame, sent);
  });
}

TEST(FrameDecoder, KeepsTheBeginningOfALongPayload) {
  const Bytes wire = encode(frame(masked(header_for(Opcode::binary, 10)), "0123456789"));
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    const Items items = decode(pieces, 4);
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(text_of(items[0].frame.payload), "0123");
    EXPECT_TRUE(items[0].payload_cut);
    EXPECT_EQ(items[0].frame.header.payload_length, 10u);
  });
  EXPECT_FALSE(decode({wire}, 10).at(0).payload_cut);
}

TEST(FrameDecoder, KeepsMoreOrLessFromTheNextByteOn) {
  const Bytes wire = encode(frame(masked(header_for(Opcode::binary, 6)), "012345"));
  const ByteView first = ByteView(wire).first(wire.size() - 3);
  const ByteView rest = ByteView(wire).last(3);
  const auto decode_with = [&](std::size_t before, std::size_t after) {
    FrameDecoder decoder(before);
    Items items;
    decoder.feed(first, items);
    decoder.keep(after);
    decoder.feed(rest, items);
    return std::pair(std::string(text_of(items.at(0).frame.payload)), items.at(0).payload_cut);
  };
  EXPECT_EQ(decode_with(3, 5), std::pair(std::string("01234"), true));
  EXPECT_EQ(decode_with(6, 1), std::pair(std::string("012"), true));
  EXPECT_EQ(decode_with(2, 6), std::pair(std::string("01"), true));
  EXPECT_EQ(decode_with(3, 6), std::pair(std::string("012345"), false));
}

TEST(FrameDecoder, ShowsTheHeaderWhosePayloadIsStillToCome) {
  FrameDecoder decoder;
  Items items;
  decoder.feed(*from_hex("82"), items);
  EXPECT_FALSE(decoder.pending_header());
  EXPECT_FALSE(decoder.at_boundary());
  decoder.feed(*from_hex("7fffffffffffffffffaa"), items);
  ASSERT_TRUE(decoder.pending_header());
  EXPECT_EQ(decoder.pending_header()->payload_length, UINT64_MAX);
  EXPECT_FALSE(decoder.at_boundary());
  EXPECT_TRUE(items.empty());
}

TEST(FrameDecoder, GivesOneFrameAtATimeAndUsesItsMemoryAgain) {
  const Bytes stream = from_hex(
                           "8203616263"
                           "8200"
                           "82026465"
                           "8201")
                           .value();
  FrameDecoder decoder;
  ByteView rest = stream;
  std::vector<std::string> payloads;
  std::vector<const std::uint8_t*> places;
  while (const FrameDecoder::Item* const item = decoder.next(rest)) {
    payloads.emplace_back(text_of(item->frame.payload));
    places.push_back(item->frame.payload.data());
  }
  EXPECT_EQ(payloads, (std::vector<std::string>{"abc", "", "de"}));
  EXPECT_EQ(places.front(), places.back());
  EXPECT_TRUE(rest.empty());
  EXPECT_FALSE(decoder.at_boundary());
}

TEST(FrameDecoder, GoesOnWhereAnItemWasMovedFrom) {
  const Bytes stream = from_hex(
                           "8203616263"
                           "82026465")
                           .value();
  FrameDecoder decoder;
  ByteView rest = stream;
  const FrameDecoder::Item first = std::move(*decoder.next(rest));
  EXPECT_EQ(text_of(decoder.next(rest)->frame.payload), "de");
  EXPECT_EQ(text_of(first.frame.payload), "abc");
}

}  // namespace
}  // namespace wsconform::frame_decoder_test
