#include "fuzz/connection_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tested_connection.h"
#include "fuzz/handshake_response_property.h"

namespace wsconform::connection_property_test {
namespace {

using namespace tested;
using enum Opcode;
using testing::HasSubstr;

Bytes frames(Role sender) {
  return joined({encode(frame_from(sender, text, "Hel", false)),
                 encode(frame_from(sender, ping, "1")),
                 encode(frame_from(sender, continuation, "lo")), close_from(sender, 1000, "bye")});
}

Bytes input_of(std::uint8_t choices, std::uint8_t acts, const Bytes& stream) {
  return joined({Bytes{choices, 3, acts}, stream});
}

TEST(ConnectionProperty, HoldsWhateverTheOwnerDoesMeanwhile) {
  for (unsigned acts = 0; acts < 256; ++acts) {
    const auto act = static_cast<std::uint8_t>(acts);
    for (const std::uint8_t choices :
         Bytes{life_open, life_open | life_deflate, life_open | life_deadlines | life_narrow}) {
      ASSERT_EQ(breach_of_connection_server(input_of(choices, act, frames(Role::client))),
                std::nullopt)
          << acts;
      ASSERT_EQ(breach_of_connection_client(input_of(choices, act, frames(Role::server))),
                std::nullopt)
          << acts;
    }
  }
}

TEST(ConnectionProperty, HoldsFromTheHandshakeOn) {
  ClientOffer offer;
  offer.key = offered_key;
  const Bytes request = joined({to_bytes(request_with(offer)), frames(Role::client)});
  EXPECT_EQ(breach_of_connection_server(input_of(0, 0, request)), std::nullopt);
  EXPECT_EQ(breach_of_connection_server(input_of(life_deadlines, 5, request)), std::nullopt);
  EXPECT_EQ(breach_of_connection_client(input_of(0, 0, to_bytes("HTTP/1.1 200 OK\r\n\r\n"))),
            std::nullopt);
  EXPECT_EQ(breach_of_connection_client({}), std::nullopt);
}

TEST(ConnectionOracles, SeeAPingThatIsNotAnswered) {
  const Bytes input = input_of(life_open, 0, frames(Role::client));
  ConnectionLife life = read_connection_life(Role::server, input);
  EXPECT_EQ(breach_of_connection(life), std::nullopt);
  life.options.answer_pings = false;
  EXPECT_EQ(breach_of_connection(life), "the other role hears 'close 1000 ' in place of 'pong 31'");
}

TEST(ConnectionOracles, SeeACloseThatMayNotBeSent) {
  const Bytes input = input_of(life_open, 0, encode(frame_from(Role::client, reserved_b)));
  ConnectionLife life = read_connection_life(Role::server, input);
  EXPECT_EQ(breach_of_connection(life), std::nullopt);
  life.options.close_code = [](Violation) { return std::uint16_t{1005}; };
  EXPECT_THAT(breach_of_connection(life).value(), HasSubstr("close-code-never-sent"));
}

}  // namespace
}  // namespace wsconform::connection_property_test
