#include "fuzz/frame_stream_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tested_connection.h"

namespace wsconform::frame_stream_property_test {
namespace {

using namespace tested;
using enum Opcode;
using testing::HasSubstr;

// Frames in every state that a stream can leave an endpoint in.
Bytes long_stream(Role sender) {
  Bytes half = encode(frame_from(sender, binary, std::string(300, 'b')));
  half.resize(200);
  return joined({encode(frame_from(sender, text, "Hel", false)),
                 encode(frame_from(sender, ping, "1")),
                 encode(frame_from(sender, continuation, "lo")), half});
}

Bytes input_of(std::uint8_t choices, std::uint8_t cut_choice, const Bytes& stream) {
  return joined({Bytes{choices, cut_choice}, stream});
}

TEST(FrameStreamProperty, HoldsForLegalStreamsInBothRoles) {
  for (const std::uint8_t cut_choice : Bytes{0, 1, 7}) {
    EXPECT_EQ(breach_of_frame_stream(input_of(0, cut_choice, long_stream(Role::client))),
              std::nullopt);
    EXPECT_EQ(breach_of_frame_stream(
                  input_of(frame_stream_to_client, cut_choice, long_stream(Role::server))),
              std::nullopt);
  }
}

TEST(FrameStreamProperty, HoldsWhereTheEndpointFailsTheConnection) {
  EXPECT_EQ(breach_of_frame_stream(input_of(0, 3, long_stream(Role::server))), std::nullopt);
  EXPECT_EQ(breach_of_frame_stream(input_of(frame_stream_narrow, 3, long_stream(Role::client))),
            std::nullopt);
}

TEST(FrameStreamProperty, HoldsForInputsTooShortForAStream) {
  EXPECT_EQ(breach_of_frame_stream({}), std::nullopt);
  EXPECT_EQ(breach_of_frame_stream(Bytes{0}), std::nullopt);
  EXPECT_EQ(breach_of_frame_stream(Bytes{0, 1}), std::nullopt);
}

TEST(FrameStreamProperty, HoldsForCompressedMessages) {
  Bytes compressed;
  Deflater().deflate(bytes_of("Hello, Hello, Hello"), compressed);
  Frame first = frame_from(Role::client, text, text_of(compressed));
  first.header.rsv1 = true;
  Frame broken = frame_from(Role::client, binary, "\xFF\xFF\xFF");
  broken.header.rsv1 = true;
  const Bytes stream = joined({encode(first), encode(first), encode(broken)});
  for (const std::uint8_t narrow : {std::uint8_t{0}, frame_stream_narrow}) {
    for (const std::uint8_t more :
         Bytes{0, frame_stream_without_takeover, frame_stream_one_at_a_time}) {
      const auto choices = static_cast<std::uint8_t>(frame_stream_deflate | narrow | more);
      EXPECT_EQ(breach_of_frame_stream(input_of(choices, 3, stream)), std::nullopt);
    }
  }
}

TEST(FrameStreamProperty, HoldsHoweverItIsRead) {
  for (unsigned choices = 0; choices < 128; ++choices) {
    EXPECT_EQ(breach_of_frame_stream(
                  input_of(static_cast<std::uint8_t>(choices), 5, long_stream(Role::client))),
              std::nullopt);
  }
}

TEST(ReadFrameStream, TakesRoleLimitsAndCutsFromTheFirstBytes) {
  const Bytes input = {frame_stream_to_client | frame_stream_narrow, 9, 0x81, 0x00};
  const FrameStream stream = read_frame_stream(input);
  EXPECT_EQ(stream.receiver, Role::client);
  EXPECT_LT(stream.limits.max_message, Limits{}.max_message);
  EXPECT_EQ(stream.cut_choice, 9);
  EXPECT_EQ(to_hex(stream.bytes), "8100");
}

// The oracles against an endpoint or a decoder that does something else.
class FrameStreamOracles : public testing::Test {
 protected:
  std::string told(const ConnectionOptions& endpoint) const {
    return breach_of_endpoint(stream_, endpoint).value_or("");
  }

  Bytes bytes_ = long_stream(Role::client);
  FrameStream stream_{.cut_choice = 4, .bytes = bytes_};
};

TEST_F(FrameStreamOracles, SeeARuleThatIsNotEnforced) {
  bytes_[0] |= 0x20;
  ConnectionOptions endpoint = endpoint_of(stream_);
  EXPECT_EQ(told(endpoint), "");
  endpoint.tolerated.set(static_cast<std::size_t>(Violation::rsv2_without_extension));
  EXPECT_THAT(told(endpoint), HasSubstr("in place of 'failed 1002 rsv2-without-extension'"));
}

TEST_F(FrameStreamOracles, SeeAnotherCloseCode) {
  bytes_[0] |= 0x20;
  ConnectionOptions endpoint = endpoint_of(stream_);
  endpoint.close_code = [](Violation) { return std::uint16_t{1011}; };
  EXPECT_THAT(told(endpoint), HasSubstr("failed 1011"));
}

TEST_F(FrameStreamOracles, SeeAPingWithoutAnswer) {
  ConnectionOptions endpoint = endpoint_of(stream_);
  endpoint.answer_pings = false;
  EXPECT_THAT(told(endpoint), HasSubstr("the output is"));
}

TEST_F(FrameStreamOracles, SeeAnEndpointThatMasksAndMustNot) {
  ConnectionOptions endpoint = endpoint_of(stream_);
  endpoint.role = Role::client;
  EXPECT_NE(told(endpoint), "");
}

struct DecodedStream {
  std::vector<FrameDecoder::Item> items{};
  std::optional<FrameHeader> pending{};
  bool at_boundary = true;
};

Breach breach_of_items(ByteView stream, const DecodedStream& decoded,
                       std::size_t max_kept = SIZE_MAX) {
  DecodedFrames frames(stream, max_kept);
  for (const FrameDecoder::Item& item : decoded.items)
    if (auto breach = frames.breach_of(item)) return breach;
  return frames.breach_of_rest(decoded.pending, decoded.at_boundary);
}

TEST_F(FrameStreamOracles, SeeFramesThatTheBytesDoNotStandFor) {
  FrameDecoder decoder;
  DecodedStream decoded;
  decoder.feed(bytes_, decoded.items);
  decoded.pending = decoder.pending_header();
  decoded.at_boundary = decoder.at_boundary();
  ASSERT_EQ(decoded.items.size(), 3);
  EXPECT_EQ(breach_of_items(bytes_, decoded), std::nullopt);

  auto wrong = decoded;
  wrong.items[1].frame.header.fin = false;
  EXPECT_THAT(breach_of_items(bytes_, wrong).value(), HasSubstr("not the same"));
  wrong = decoded;
  wrong.items[1].frame.payload[0] ^= 1;
  EXPECT_THAT(breach_of_items(bytes_, wrong).value(), HasSubstr("another payload"));
  wrong = decoded;
  wrong.items[1].payload_cut = true;
  EXPECT_THAT(breach_of_items(bytes_, wrong).value(), HasSubstr("what is kept"));
  EXPECT_THAT(breach_of_items(bytes_, decoded, 2).value(), HasSubstr("another payload"));
  wrong = decoded;
  wrong.items.erase(wrong.items.begin());
  EXPECT_THAT(breach_of_items(bytes_, wrong).value(), HasSubstr("does not begin"));
  EXPECT_THAT(breach_of_items(ByteView(bytes_).first(10), decoded).value(), HasSubstr("longer"));
  wrong = decoded;
  wrong.pending.reset();
  EXPECT_THAT(breach_of_items(bytes_, wrong).value(), HasSubstr("not told at its end"));
  wrong = decoded;
  wrong.at_boundary = true;
  EXPECT_THAT(breach_of_items(bytes_, wrong).value(), HasSubstr("end of a frame"));
}

}  // namespace
}  // namespace wsconform::frame_stream_property_test
