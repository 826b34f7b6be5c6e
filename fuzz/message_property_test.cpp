#include "fuzz/message_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tested_connection.h"
#include "fuzz/wslay_reader.h"

namespace wsconform::message_property_test {
namespace {

using namespace tested;
using enum Opcode;
using testing::HasSubstr;

Bytes frames(Role sender) {
  return joined(
      {encode(frame_from(sender, text, "Hel", false)), encode(frame_from(sender, ping, "1")),
       encode(frame_from(sender, continuation, "lo")),
       encode(frame_from(sender, binary, std::string(300, 'b'))), close_from(sender, 1000, "bye")});
}

std::string breach(std::uint8_t choices, const Bytes& stream) {
  return breach_of_message(joined({Bytes{choices, 5}, stream})).value_or("");
}

TEST(MessageProperty, HoldsForLegalStreamsInBothRoles) {
  EXPECT_EQ(breach(0, frames(Role::client)), "");
  EXPECT_EQ(breach(message_to_client, frames(Role::server)), "");
  EXPECT_EQ(breach(message_narrow, frames(Role::client)), "");
  for (const std::size_t size : {100U, 101U, 125U})
    EXPECT_EQ(breach(message_narrow,
                     encode(frame_from(Role::client, Opcode::ping, std::string(size, 'a')))),
              "");
  EXPECT_EQ(breach_of_message({}), std::nullopt);
}

TEST(MessageProperty, HoldsWhereARuleIsBrokenAndWhereTheStreamIsCut) {
  EXPECT_EQ(breach(0, frames(Role::server)), "");
  EXPECT_EQ(breach(0, encode(frame_from(Role::client, text, "\xFF"))), "");
  EXPECT_EQ(breach(0, encode(frame_from(Role::client, reserved_b))), "");
  Bytes cut_short = frames(Role::client);
  cut_short.resize(20);
  EXPECT_EQ(breach(0, cut_short), "");
}

TEST(MessageOracles, HoldForPiecesOfAnySize) {
  const Bytes bytes(3000, 'a');
  std::vector<ByteView> pieces(bytes.size(), ByteView(bytes).first(1));
  EXPECT_EQ(breach_of_joining(pieces, 0), std::nullopt);
  EXPECT_EQ(breach_of_joining(pieces, UINT64_MAX / 2), std::nullopt);
  EXPECT_EQ(breach_of_joining({}, 0), std::nullopt);
}

TEST(MessageOracles, SeeMessagesThatWslayDoesNotRead) {
  const Bytes stream = frames(Role::client);
  MessageStream input;
  input.bytes = stream;
  Reading ours = read_in_pieces(input);
  EXPECT_EQ(breach_against_wslay(input, ours), std::nullopt);
  ours.messages.pop_back();
  EXPECT_EQ(breach_against_wslay(input, ours), "wslay reads other messages");
  ours.violation = Violation::invalid_utf8;
  EXPECT_EQ(breach_against_wslay(input, ours), "wslay does not tell invalid-utf8");
  ours.messages.front().second.push_back('!');
  EXPECT_THAT(breach_against_wslay(input, ours).value(), HasSubstr("other messages stand before"));
}

TEST(MessageOracles, SeeARuleThatIsNotEnforced) {
  Bytes stream = frames(Role::client);
  stream[0] |= 0x20;
  MessageStream input;
  input.bytes = stream;
  input.rules.tolerated.set();
  EXPECT_NE(breach_against_wslay(input, read_in_pieces(input)), std::nullopt);
}

}  // namespace
}  // namespace wsconform::message_property_test
