// The reference server under attack: others keep their service.
#include <gtest/gtest.h>

#include "core/deflate.h"
#include "server-under-test/tested_server.h"

namespace wsconform::server_attack_test {
namespace {

namespace asio = boost::asio;
using enum Opcode;
using namespace std::chrono_literals;
using tested::Client;

class AServerUnderAttack : public tested::ServerTest {
 protected:
  static std::string with_deflate() {
    return request_and("Sec-WebSocket-Extensions: permessage-deflate");
  }
  static Bytes bomb(std::size_t size) {
    Bytes payload;
    Deflater().deflate(Bytes(size), payload);
    Frame frame = tested::frame_from(Role::client, binary, text_of(payload));
    frame.header.rsv1 = true;
    return encode(frame);
  }
};

// The server runs in the test's own thread, a callback at a time.
TEST_F(AServerUnderAttack, AnswersOthersWhileALargeMessageIsUnderWay) {
  asio::io_context context{1};
  Server server(context, {});
  server.start();
  Client attacker(server.port());
  Client other(server.port());
  attacker.send(bytes_of(with_deflate()));
  other.send(bytes_of(good_request));
  while (context.poll() != 0) {
  }
  attacker.send(bomb(32 * 1024 * 1024));
  while (attacker.socket().available() < 100) context.poll_one();  // its 101
  for (int i = 0; i < 20; ++i) context.poll_one();
  other.send(masked(text, "Hello"));
  const std::size_t before = other.socket().available();
  int callbacks = 0;
  while (other.socket().available() == before && callbacks < 1000) {
    context.poll_one();
    ++callbacks;
  }
  EXPECT_LT(callbacks, 20) << "the other waits for a slice or two, not for the message";
  // The bomb, whose echo has some 32 KB, is not through.
  EXPECT_LT(attacker.socket().available(), 1000U);
}

TEST_F(AServerUnderAttack, SilentConnectionsTakeNoPlaceOfAClient) {
  ServerOptions options;
  options.max_connections = 1;
  const std::uint16_t port = start(options);
  std::vector<std::unique_ptr<Client>> silent;
  for (int i = 0; i < 10; ++i) silent.push_back(std::make_unique<Client>(port));
  Client client(port);
  EXPECT_EQ(client.open(), 101);
}

TEST_F(AServerUnderAttack, TheConnectionThatWaitsLongestGoesForANewOne) {
  ServerOptions options;
  options.max_waiting = 2;
  const std::uint16_t port = start(options);
  Client first(port);
  Client second(port);
  Client third(port);
  first.rest();  // ends
  EXPECT_EQ(second.open(), 101);
  EXPECT_EQ(third.open(), 101);
}

TEST_F(AServerUnderAttack, BoundsTheClientsOfAnAddress) {
  ServerOptions options;
  options.max_per_address = 1;
  const std::uint16_t port = start(options);
  Client first(port);
  EXPECT_EQ(first.open(), 101);
  Client second(port);
  EXPECT_EQ(second.open(), 503);
}

TEST_F(AServerUnderAttack, DropsAClientThatNeverReads) {
  ServerOptions options;
  options.stall = 1ms;
  options.high_water = 64 * 1024;
  Client client(start(options));
  client.open();
  boost::system::error_code failed;
  const Bytes message = masked(binary, std::string(60'000, 'x'));
  while (!failed) asio::write(client.socket(), asio::buffer(message), failed);
  EXPECT_TRUE(failed == asio::error::connection_reset || failed == asio::error::broken_pipe)
      << failed.message();
}

TEST_F(AServerUnderAttack, RefusesTheLargestHolderWhereMemoryRunsOut) {
  ServerOptions options;
  options.max_memory = 1024 * 1024;
  const std::uint16_t port = start(options);
  Client small(port);
  small.open();
  small.send(masked(text, std::string(100'000, 's'), false));
  Client large(port);
  large.open();
  large.send(masked(text, std::string(2'000'000, 'l'), false));
  EXPECT_EQ(large.frames_to_end(),
            Lines{"close 1009 'The server has no memory for this messag'... 46"});
  small.send(masked(continuation, "s"));
  EXPECT_EQ(small.frames(100'001 + 10), Lines{"text '" + std::string(40, 's') + "'... 100001"});
}

TEST_F(AServerUnderAttack, LeavesLessToTheLargestHolderTheMoreAreConnected) {
  ServerOptions options;
  options.max_memory = 1024 * 1024;
  const std::uint16_t port = start(options);
  Client large(port);
  large.open();
  large.send(masked(text, std::string(700'000, 'l'), false));
  std::vector<std::unique_ptr<Client>> silent;
  for (int i = 0; i < 100; ++i) silent.push_back(std::make_unique<Client>(port));
  EXPECT_EQ(large.frames_to_end(),
            Lines{"close 1009 'The server has no memory for this messag'... 46"});
}

TEST_F(AServerUnderAttack, GoesAwayInTheMiddleOfALargeMessage) {
  ServerOptions options;
  options.grace = 1ms;
  Client attacker(start(options));
  attacker.open(with_deflate());
  attacker.send(bomb(60 * 1024 * 1024));
  shut_down();
  wait_for_its_end();
}

}  // namespace
}  // namespace wsconform::server_attack_test
