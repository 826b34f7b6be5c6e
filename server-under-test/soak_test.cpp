// Random clients that connect, talk, misbehave and vanish. WSCONFORM_SOAK_LIVES says how many there
// are: some hundreds without it; by hand as many as take ten minutes under the address sanitizer.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "core/permessage_deflate.h"
#include "server-under-test/tested_server.h"

namespace wsconform::soak_test {
namespace {

using tested::Client;
using enum Opcode;

constexpr std::size_t threads = 8;

std::size_t lives_to_live() {
  const char* const wanted = std::getenv("WSCONFORM_SOAK_LIVES");
  return wanted == nullptr ? 400 : std::stoul(wanted);
}

// A client that keeps the rules until it is told not to.
class Peer {
 public:
  Peer(std::uint16_t port, bool offers_deflate)
      : client_(port), connection_(options(offers_deflate), Instant()) {}

  bool open() { return std::holds_alternative<Opened>(next()); }
  // What comes back.
  std::string echo(const std::string& message) {
    connection_.send_ping({});
    connection_.send_message(text, bytes_of(message));
    for (;;) {
      const Event event = next();
      if (const auto* received = std::get_if<MessageReceived>(&event))
        return std::string(text_of(received->payload));
      if (std::holds_alternative<Closed>(event)) return "closed";
    }
  }
  // The code of the Close that answers the bytes, after whatever comes before it.
  std::uint16_t close_after(ByteView bytes) {
    client_.send(bytes);
    for (;;) {
      const Event event = next();
      if (const auto* close = std::get_if<CloseReceived>(&event)) return close->code.value_or(0);
      if (std::holds_alternative<Closed>(event)) return close_abnormal;
    }
  }
  Client& client() { return client_; }

 private:
  static ConnectionOptions options(bool offers_deflate) {
    ConnectionOptions options{.role = Role::client, .request = good_request};
    options.offer.key = "AQIDBAUGBwgJCgsMDQ4PEA==";
    if (offers_deflate) {
      options.request = request_and("Sec-WebSocket-Extensions: permessage-deflate");
      options.offer.extensions = {{std::string(permessage_deflate), {}}};
    }
    options.next_masking_key = [] { return tested::test_key; };
    return options;
  }
  Event next() {
    for (;;) {
      if (const Bytes output = connection_.take_output(); !output.empty()) client_.send(output);
      if (const auto event = connection_.receive_next(rest_)) return *event;
      boost::system::error_code failed;
      const std::size_t size = client_.socket().read_some(boost::asio::buffer(buffer_), failed);
      if (failed) return Closed{};
      rest_ = std::span(buffer_).first(size);
    }
  }

  Client client_;
  Connection connection_;
  Bytes buffer_ = Bytes(64 * 1024);
  std::span<std::uint8_t> rest_;
};

// Lives one after the other, as a seed has them.
class Crowd {
 public:
  Crowd(std::uint16_t port, std::size_t seed) : port_(port), random_(seed) {}

  void live() {
    switch (below(8)) {
      case 0:
        return vanish_within_request();
      case 1:
        return be_refused();
      case 2:
        return ask_for_a_page();
      default:
        return converse();
    }
  }
  std::size_t echoes() const { return echoes_; }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }

  void vanish_within_request() {
    Client(port_).send(bytes_of(std::string_view(good_request).substr(0, below(150))));
  }
  void be_refused() {
    Client client(port_);
    EXPECT_EQ(client.open(request_with("Version: 13", "Version: 8")), 426);
    client.rest();
  }
  void ask_for_a_page() {
    Client client(port_);
    client.send(bytes_of("GET /status.json HTTP/1.1\r\nHost: h\r\n\r\n"));
    EXPECT_TRUE(client.rest().starts_with("HTTP/1.1 200 "));
  }
  void converse() {
    Peer peer(port_, below(2) == 0);
    ASSERT_TRUE(peer.open());
    for (std::size_t i = below(5); i > 0; --i) {
      const std::size_t size = below(below(10) == 0 ? 100'000 : 300);
      const std::string message(size, static_cast<char>('a' + below(26)));
      ASSERT_EQ(peer.echo(message), message);
      ++echoes_;
    }
    leave(peer);
  }
  void leave(Peer& peer) {
    const Bytes large = masked(binary, std::string(1 + below(200'000), 'x'));
    switch (below(5)) {
      case 0:
        EXPECT_EQ(peer.close_after(masked_close(1000)), 1000);
        return;
      case 1:
        EXPECT_EQ(peer.close_after(masked(reserved_3, "x")), 1002);
        return;
      case 2:
        EXPECT_EQ(peer.close_after(masked(text, "\xFF")), 1007);
        return;
      case 3:
        return peer.client().send(ByteView(large).first(large.size() / 2));
      default:
        peer.client().send(large);
        peer.client().socket().set_option(boost::asio::socket_base::linger(true, 0));
    }
  }

  std::uint16_t port_ = 0;
  std::mt19937_64 random_;
  std::size_t echoes_ = 0;
};

class ASoakedServer : public tested::ServerTest {};

TEST_F(ASoakedServer, LosesNoEchoAndForgetsWhoIsGone) {
  const std::uint16_t port = start();
  const std::size_t lives = lives_to_live();
  std::atomic<std::size_t> echoes = 0;
  std::vector<std::thread> crowds;
  for (std::size_t i = 0; i < threads; ++i)
    crowds.emplace_back([&, i] {
      Crowd crowd(port, i);
      for (std::size_t life = i; life < lives; life += threads) crowd.live();
      echoes += crowd.echoes();
    });
  for (std::thread& each : crowds) each.join();
  while (connections() > 0) std::this_thread::yield();
  Client last(port);
  last.send(bytes_of("GET /status.json HTTP/1.1\r\nHost: h\r\n\r\n"));
  const std::string answer = last.rest();
  const auto status = nlohmann::json::parse(answer.substr(answer.find("\r\n\r\n")));
  EXPECT_EQ(status["clients"], 0);
  EXPECT_EQ(status["memory-bytes"], 0);
  EXPECT_GE(status["since-start"]["sent"]["messages"], echoes.load());
  EXPECT_GT(echoes, lives / 4);
}

}  // namespace
}  // namespace wsconform::soak_test
