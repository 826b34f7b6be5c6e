#include "server-under-test/server.h"

#include <gtest/gtest.h>

#include <thread>

#include "server-under-test/tested_server.h"

namespace wsconform::server_test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using enum Opcode;
using namespace std::chrono_literals;
using tested::Client;

class AServer : public tested::ServerTest {};

TEST_F(AServer, EchoesAndEndsTcpFirst) {
  Client client(start());
  EXPECT_EQ(client.open(), 101);
  client.send(
      joined({masked(text, "Hello"), masked(binary, ""), masked(ping, "p"), masked_close(1000)}));
  EXPECT_EQ(client.frames_to_end(),
            (Lines{"text 'Hello'", "binary ''", "pong 'p'", "close 1000 ''"}));
}

TEST_F(AServer, TellsWhereItListens) {
  ServerOptions options;
  options.address = "::1";
  asio::io_context context;
  const Server server(context, options);
  EXPECT_NE(server.port(), 0);
  EXPECT_EQ(server.url(), "ws://[::1]:" + std::to_string(server.port()));
}

TEST_F(AServer, SaysWhatIsInTheWayOfListening) {
  asio::io_context context;
  const Server first(context, {});
  ServerOptions taken;
  taken.port = first.port();
  try {
    const Server second(context, taken);
    FAIL() << "listens twice";
  } catch (const ListenError& error) {
    EXPECT_EQ(
        std::string(error.what()),
        "cannot listen on 127.0.0.1:" + std::to_string(taken.port) + ": Address already in use");
  }
  ServerOptions wrong;
  wrong.address = "nowhere";
  EXPECT_THROW(Server(context, wrong), ListenError);
}

TEST_F(AServer, RefusesAndEndsTcp) {
  const std::uint16_t port = start();
  struct Row {
    std::string request;
    int status;
  };
  for (const auto& [request, status] : std::vector<Row>{
           {request_with("AQIDBAUGBwgJCgsMDQ4PEA==", "short"), 400},
           {request_with("GET", "POST"), 405},
           {request_with("Version: 13", "Version: 8"), 426},
           {request_and("X-Long: " + std::string(100'000, 'a')), 431},
       }) {
    Client client(port);
    EXPECT_EQ(client.open(request), status);
    EXPECT_NE(client.rest(), "reset") << status;
  }
}

TEST_F(AServer, KeepsItsCloseFromBeingLostToWhatComesAfterAViolation) {
  const std::uint16_t port = start();
  for (int i = 0; i < 20; ++i) {
    Client client(port);
    client.open();
    Bytes stream = masked(reserved_3, "x");
    append(stream, ByteView(masked(binary, std::string(1'000'000, 'a'))));
    client.send(stream);
    const Lines lines = client.frames_to_end();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0].starts_with("close 1002")) << lines[0];
  }
}

TEST_F(AServer, EchoesLargeMessages) {
  Client client(start());
  client.open();
  const std::string payload(16 * 1024 * 1024, 'x');
  std::thread sender([&] { client.send(masked(binary, payload)); });
  EXPECT_EQ(client.frames(payload.size() + 10),
            Lines{"binary " + tested::quoted(bytes_of(payload))});
  sender.join();
}

TEST_F(AServer, ServesManyAtOnce) {
  constexpr std::size_t many = 500;
  raise_descriptor_limit();
  const std::uint16_t port = start();
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < many; ++i) clients.push_back(std::make_unique<Client>(port));
  for (auto& client : clients) ASSERT_EQ(client->open(), 101);
  EXPECT_EQ(connections(), many);
  for (auto& client : clients) client->send(masked(text, "Hello"));
  for (auto& client : clients) ASSERT_EQ(client->frames(7), Lines{"text 'Hello'"});
}

TEST_F(AServer, RefusesConnectionsBeyondItsMost) {
  ServerOptions options;
  options.max_connections = 1;
  const std::uint16_t port = start(options);
  Client first(port);
  EXPECT_EQ(first.open(), 101);
  Client second(port);
  EXPECT_EQ(second.open(), 503);
  EXPECT_NE(second.rest(), "reset");
}

TEST_F(AServer, TellsEveryClientThatItGoesAway) {
  const std::uint16_t port = start();
  Client open(port);
  Client idle(port);
  open.open();
  idle.send(bytes_of("GET / "));
  Client last(port);
  last.open();
  shut_down();
  EXPECT_EQ(idle.rest(), "");
  idle.end();
  for (Client* client : {&open, &last}) {
    client->send(masked_close(1001));
    EXPECT_EQ(client->frames_to_end(), Lines{"close 1001 'the server goes away'"});
    client->end();
  }
  wait_for_its_end();
}

TEST_F(AServer, GoesAwayFromClientsThatDoNotAnswer) {
  ServerOptions options;
  options.grace = 1ms;
  Client client(start(options));
  client.open();
  shut_down();
  wait_for_its_end();
}

TEST_F(AServer, LeavesClientsThatNeverFinishTheirRequest) {
  ServerOptions options;
  options.echo.deadlines.handshake = 1ms;
  Client client(start(options));
  client.send(bytes_of("GET / HTTP/1.1\r\n"));
  EXPECT_TRUE(client.rest().starts_with("HTTP/1.1 408"));
}

TEST_F(AServer, EndsAConnectionThatItsClientEnds) {
  Client client(start());
  client.open();
  client.end();
  EXPECT_EQ(client.rest(), "");
}

// The server runs in the test's own thread, only as long as it has something to do.
TEST(ABusyServer, ReadsNoMoreFromAClientThatDoesNotRead) {
  asio::io_context context{1};
  ServerOptions options;
  options.high_water = 64 * 1024;
  Server server(context, options);
  server.start();
  Client client(server.port());
  client.send(bytes_of(good_request));
  client.socket().non_blocking(true);
  const Bytes message = masked(binary, std::string(60'000, 'x'));
  constexpr std::size_t volume = 256 * 1024 * 1024;
  std::size_t sent = 0;
  bool stuck = false;
  while (!stuck && sent < volume) {
    error_code failed;
    const std::size_t at = sent % message.size();
    const std::size_t size =
        client.socket().write_some(asio::buffer(message.data() + at, message.size() - at), failed);
    sent += size;
    stuck = context.poll() == 0 && failed == asio::error::would_block;
  }
  EXPECT_TRUE(stuck);
  EXPECT_LT(sent, 64U * 1024 * 1024);
  EXPECT_EQ(server.connections(), 1U);

  // It goes on once the client reads.
  std::vector<char> echo(1024 * 1024);
  error_code failed = asio::error::would_block;
  for (bool idle = false; failed == asio::error::would_block && !idle;) {
    error_code nothing_there;
    client.socket().read_some(asio::buffer(echo), nothing_there);
    idle = context.poll() == 0 && nothing_there == asio::error::would_block;
    client.socket().write_some(asio::buffer(message.data() + sent % message.size(), 1), failed);
  }
  EXPECT_FALSE(failed) << failed.message();
}

}  // namespace
}  // namespace wsconform::server_test
