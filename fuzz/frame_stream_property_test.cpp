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
  FrameStream stream_{Role::server, {}, 4, bytes_};
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
  EXPECT_EQ(told(endpoint), "the endpoint answers  in place of pong 31");
}

TEST_F(FrameStreamOracles, SeeAnEndpointThatMasksAndMustNot) {
  ConnectionOptions endpoint = endpoint_of(stream_);
  endpoint.role = Role::client;
  EXPECT_NE(told(endpoint), "");
}

TEST_F(FrameStreamOracles, SeeFramesThatTheBytesDoNotStandFor) {
  FrameDecoder decoder;
  std::vector<FrameDecoder::Item> items;
  decoder.feed(bytes_, items);
  ASSERT_EQ(items.size(), 3);
  EXPECT_EQ(breach_of_items(bytes_, items), std::nullopt);

  auto wrong = items;
  wrong[1].frame.header.fin = false;
  EXPECT_THAT(breach_of_items(bytes_, wrong).value(), HasSubstr("not the same"));
  wrong = items;
  wrong[1].frame.payload[0] ^= 1;
  EXPECT_THAT(breach_of_items(bytes_, wrong).value(), HasSubstr("not the same"));
  wrong.erase(wrong.begin());
  EXPECT_THAT(breach_of_items(bytes_, wrong).value(), HasSubstr("does not begin"));
  EXPECT_THAT(breach_of_items(ByteView(bytes_).first(10), items).value(), HasSubstr("longer"));
}

}  // namespace
}  // namespace wsconform::frame_stream_property_test
