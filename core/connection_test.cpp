#include "core/connection.h"

#include <gtest/gtest.h>

#include "core/for_each_split.h"
#include "core/tested_connection.h"

namespace wsconform::connection_test {
namespace {

using namespace tested;

using enum Opcode;

Bytes sent(Role sender, Opcode opcode, std::string_view payload = {}, bool fin = true) {
  return encode(frame_from(sender, opcode, payload, fin));
}

// Everything holds for both roles; the peer of the endpoint under test sends.
class ConnectionOf : public testing::TestWithParam<Role> {
 protected:
  Bytes from_peer(Opcode opcode, std::string_view payload = {}, bool fin = true) const {
    return sent(peer_of(GetParam()), opcode, payload, fin);
  }
  // The line of a frame that the endpoint under test writes.
  std::string own(const std::string& line) const {
    return GetParam() == Role::client ? line + ", masked" : line;
  }
  TestedConnection opened() const { return TestedConnection(open_as(GetParam())); }
};
INSTANTIATE_TEST_SUITE_P(Roles, ConnectionOf, testing::Values(Role::server, Role::client),
                         [](const auto& test) { return std::string(name_of(test.param)); });

TEST_P(ConnectionOf, IsOpenFromTheStartWithoutAHandshake) {
  TestedConnection it = opened();
  EXPECT_EQ(it.connection.state(), State::open);
  EXPECT_EQ(it.events, Lines{});
  EXPECT_EQ(it.text(), "");
  EXPECT_FALSE(it.connection.wants_close());
}

TEST_P(ConnectionOf, TellsTheSameAtEveryCut) {
  const Bytes wire =
      joined({from_peer(text, "Hel", false), from_peer(ping, "1"), from_peer(continuation, "lo"),
              from_peer(binary, std::string(200, 'b')), from_peer(pong, "2"), from_peer(text, ""),
              close_from(peer_of(GetParam()), 1001, "bye"), from_peer(text, "late")});
  Lines events = {"ping '1'", "text 'Hello'", "binary " + quoted(Bytes(200, 'b')),
                  "pong '2'", "text ''",      "close 1001 'bye'"};
  if (GetParam() == Role::server) events.emplace_back("closed clean 1001");
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    TestedConnection it = opened();
    it.receive_pieces(pieces);
    EXPECT_EQ(it.events, events);
    EXPECT_EQ(it.frames(), (Lines{own("pong '1'"), own("close 1001 ''")}));
  });
}

TEST_P(ConnectionOf, MessagesThatLieWholeInTheInputAreNotCopied) {
  Bytes input = from_peer(text, "Hello");
  Connection connection(open_as(GetParam()), test_start);
  connection.receive(input);
  const auto events = connection.take_events();
  EXPECT_EQ(std::get<MessageReceived>(events.at(0)).payload.data(),
            input.data() + input.size() - 5);
}

TEST_P(ConnectionOf, PayloadsMayBeSentBack) {
  Connection connection(open_as(GetParam()), test_start);
  Bytes input =
      joined({from_peer(text, "a", false), from_peer(continuation, "b"), from_peer(binary, "c")});
  connection.receive(input);
  for (const Event& event : connection.take_events())
    if (const auto* message = std::get_if<MessageReceived>(&event))
      connection.send_message(message->opcode, message->payload);
  EXPECT_EQ(lines_of_frames(connection.take_output()),
            (Lines{own("text 'ab'"), own("binary 'c'")}));
}

TEST_P(ConnectionOf, GivesEventsInPlaceOfThoseBeforeAndOutputBehindIt) {
  Connection connection(open_as(GetParam()), test_start);
  std::vector<Event> events;
  Bytes output;
  for (const char* payload : {"1", "2"}) {
    Bytes input = from_peer(ping, payload);
    connection.receive(input);
    connection.take_events(events);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(text_of(std::get<PingReceived>(events.front()).payload), payload);
    connection.take_output(output);
  }
  connection.take_events(events);
  connection.take_output(output);
  EXPECT_TRUE(events.empty());
  EXPECT_EQ(lines_of_frames(output), (Lines{own("pong '1'"), own("pong '2'")}));
  Bytes input = joined({from_peer(ping, "3"), from_peer(ping, "4")});
  std::span<std::uint8_t> rest = input;
  EXPECT_TRUE(connection.receive_next(rest));
  connection.receive(rest);
  connection.take_events(events);
  EXPECT_EQ(events.size(), 1U);  // not the one that was taken
}

TEST_P(ConnectionOf, AnswersInTheOrderOfWhatCameWhenAskedForOneEventAtATime) {
  const Bytes wire = joined({from_peer(text, "a", false), from_peer(ping, "1"),
                             from_peer(continuation, "b"), from_peer(ping, "2"),
                             close_from(peer_of(GetParam()), 1000), from_peer(text, "late")});
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    Connection connection(open_as(GetParam()), test_start);
    for (const ByteView piece : pieces) {
      Bytes input(piece.begin(), piece.end());
      std::span<std::uint8_t> rest = input;
      while (const auto event = connection.receive_next(rest))
        if (const auto* message = std::get_if<MessageReceived>(&*event))
          connection.send_message(message->opcode, message->payload);
      EXPECT_TRUE(rest.empty());
    }
    EXPECT_EQ(lines_of_frames(connection.take_output()),
              (Lines{own("pong '1'"), own("text 'ab'"), own("pong '2'"), own("close 1000 ''")}));
  });
}

TEST_P(ConnectionOf, WritesWhatItIsAskedTo) {
  TestedConnection it = opened();
  it.connection.send_message(text, bytes_of("Hello"));
  it.connection.send_message(binary, {});
  it.connection.send_ping(bytes_of("?"));
  it.connection.send_pong(bytes_of("!"));
  it.connection.send_close(1000, "bye");
  it.take();
  EXPECT_EQ(it.frames(), (Lines{own("text 'Hello'"), own("binary ''"), own("ping '?'"),
                                own("pong '!'"), own("close 1000 'bye'")}));
}

TEST_P(ConnectionOf, WritesNothingAfterItsCloseButPongs) {
  TestedConnection it = opened();
  it.connection.send_close(1000);
  it.connection.send_message(text, bytes_of("late"));
  it.connection.send_ping({});
  it.connection.send_pong({});
  it.connection.send_close(1001);
  it.receive(from_peer(ping, "?"));
  EXPECT_EQ(it.frames(), (Lines{own("close 1000 ''"), own("pong '?'")}));
}

TEST_P(ConnectionOf, LeavesPingsUnansweredWhereThatIsAsked) {
  ConnectionOptions options = open_as(GetParam());
  options.answer_pings = false;
  TestedConnection it(options);
  it.receive(from_peer(ping, "?"));
  EXPECT_EQ(it.events, Lines{"ping '?'"});
  EXPECT_EQ(it.frames(), Lines{});
}

TEST_P(ConnectionOf, CanBeMoved) {
  TestedConnection it = opened();
  Connection moved = std::move(it.connection);
  moved.send_ping({});
  EXPECT_EQ(lines_of_frames(moved.take_output()), Lines{own("ping ''")});
}

// Both roles in memory, with the handshake.

const std::string request =
    "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: "
    "Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: chat\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n";

ConnectionOptions connecting_server() {
  ConnectionOptions options;
  options.policy.subprotocols = {"chat"};
  return options;
}
ConnectionOptions connecting_client() {
  ConnectionOptions options;
  options.role = Role::client;
  options.request = request;
  options.offer.key = "dGhlIHNhbXBsZSBub25jZQ==";
  options.offer.subprotocols = {"chat"};
  options.next_masking_key = [] { return test_key; };
  return options;
}

struct Pair {
  TestedConnection server{connecting_server()};
  TestedConnection client{connecting_client()};

  // Until neither has anything to say. A server that closes ends the stream.
  void talk() {
    for (bool quiet = false; !quiet;) {
      server.take();
      client.take();
      const Bytes to_server = std::exchange(client.output, {});
      const Bytes to_client = std::exchange(server.output, {});
      quiet = to_server.empty() && to_client.empty();
      server.receive(to_server);
      client.receive(to_client);
    }
    if (server.connection.wants_close()) client.receive_end();
    if (client.connection.wants_close()) server.receive_end();
  }
};

TEST(ConnectionPair, ShakesHandsTalksAndCloses) {
  Pair pair;
  EXPECT_EQ(pair.client.connection.state(), State::connecting);
  pair.talk();
  pair.client.connection.send_message(text, bytes_of("Hello"));
  pair.server.connection.send_message(binary, bytes_of("there"));
  pair.server.connection.send_ping(bytes_of("?"));
  pair.talk();
  pair.client.connection.send_close(1000, "done");
  pair.talk();
  EXPECT_EQ(pair.server.events, (Lines{"opened chat", "text 'Hello'", "pong '?'",
                                       "close 1000 'done'", "closed clean 1000"}));
  EXPECT_EQ(pair.client.events, (Lines{"opened chat", "binary 'there'", "ping '?'", "close 1000 ''",
                                       "closed clean 1000"}));
  EXPECT_TRUE(pair.client.connection.wants_close());
}

TEST(ConnectionPair, EitherSideMayCloseAndBothMayAtOnce) {
  for (const bool client_closes : {false, true})
    for (const bool server_closes : {false, true}) {
      if (!client_closes && !server_closes) continue;
      Pair pair;
      pair.talk();
      if (client_closes) pair.client.connection.send_close(1001);
      if (server_closes) pair.server.connection.send_close(1001);
      pair.talk();
      EXPECT_EQ(pair.server.events.back(), "closed clean 1001");
      EXPECT_EQ(pair.client.events.back(), "closed clean 1001");
    }
}

TEST(ConnectionPair, ARefusalReachesTheClient) {
  ConnectionOptions options = connecting_server();
  options.policy.allowed_origins = {"https://example.com"};
  Pair pair;
  pair.server = TestedConnection(options);
  pair.client = TestedConnection([] {
    ConnectionOptions foreign = connecting_client();
    foreign.request.insert(foreign.request.size() - 2, "Origin: https://example.org\r\n");
    return foreign;
  }());
  pair.talk();
  ASSERT_EQ(pair.server.events.size(), 1u);
  EXPECT_EQ(pair.server.events[0].substr(0, 11), "refused 403");
  ASSERT_EQ(pair.client.events.size(), 1u);
  EXPECT_EQ(pair.client.events[0].substr(0, 11), "refused 403");
  EXPECT_TRUE(pair.server.connection.wants_close());
  EXPECT_TRUE(pair.client.connection.wants_close());
}

TEST(ConnectionHandshake, FramesInTheSamePacketAsTheRequestAreTakenAtEveryCut) {
  const Bytes wire =
      joined({to_bytes(request), sent(Role::client, text, "early"), sent(Role::client, ping, "?")});
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    TestedConnection it(connecting_server());
    it.receive_pieces(pieces);
    EXPECT_EQ(it.events, (Lines{"opened chat", "text 'early'", "ping '?'"}));
  });
}

TEST(ConnectionHandshake, WhatFollowsARefusedRequestIsDiscardedAtEveryCut) {
  const std::string bad = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  const Bytes wire = to_bytes(bad + request);
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    TestedConnection it(connecting_server());
    it.receive_pieces(pieces);
    it.receive_end();
    ASSERT_EQ(it.events.size(), 1u);
    EXPECT_EQ(it.events[0].substr(0, 12), "refused 426:");
    EXPECT_EQ(it.text().find("HTTP/1.1", 1), std::string::npos);
  });
}

TEST(ConnectionHandshake, AStreamThatEndsInsideTheHeadIsRefused) {
  TestedConnection it(connecting_server());
  it.receive(bytes_of("GET / HT"));
  it.receive_end();
  EXPECT_EQ(it.events,
            Lines{"refused 400: The stream ended before the opening handshake was complete."});
  EXPECT_TRUE(it.text().starts_with("HTTP/1.1 400 "));
  EXPECT_TRUE(it.connection.wants_close());
}

TEST(ConnectionHandshake, NothingIsSentBeforeItIsDone) {
  TestedConnection it(connecting_server());
  it.connection.send_message(text, bytes_of("early"));
  it.connection.send_ping({});
  it.connection.send_close(1000);
  it.take();
  EXPECT_EQ(it.text(), "");
  EXPECT_EQ(it.connection.state(), State::connecting);
}

}  // namespace
}  // namespace wsconform::connection_test
