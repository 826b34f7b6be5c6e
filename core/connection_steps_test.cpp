// What an owner with many connections asks of one: work in steps, memory given back.
#include <gtest/gtest.h>

#include <random>

#include "core/for_each_split.h"
#include "core/frame_writer.h"
#include "core/tested_connection.h"

namespace wsconform::connection_steps_test {
namespace {

using namespace tested;

Bytes noise(std::size_t size) {
  std::mt19937 random(size);
  Bytes bytes(size);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random() % 64);
  return bytes;
}

// Everything holds for both roles, with and without permessage-deflate.
class InSteps : public testing::TestWithParam<std::tuple<Role, bool>> {
 protected:
  Role role() const { return std::get<0>(GetParam()); }
  ConnectionOptions options() const {
    ConnectionOptions options = open_as(role());
    if (std::get<1>(GetParam())) options.deflate.emplace();
    return options;
  }
  Connection opened() const { return {options(), test_start}; }
  Bytes from_peer(Opcode opcode, std::string_view payload = {}, bool fin = true) const {
    return encode(frame_from(peer_of(role()), opcode, payload, fin));
  }
  // The output of a message sent in steps of `most` bytes.
  Bytes sent(Connection& connection, ByteView payload, std::size_t most) const {
    Bytes wire;
    connection.begin_message(Opcode::binary, payload);
    for (bool written = false; !written;) {
      written = connection.proceed(most);
      append(wire, ByteView(connection.take_output()));
    }
    return wire;
  }
};
INSTANTIATE_TEST_SUITE_P(All, InSteps,
                         testing::Combine(testing::Values(Role::server, Role::client),
                                          testing::Bool()),
                         [](const auto& test) {
                           return std::string(name_of(std::get<0>(test.param))) +
                                  (std::get<1>(test.param) ? "Deflating" : "Plain");
                         });

TEST_P(InSteps, AMessageIsWrittenAsInOne) {
  for (const std::size_t size : {0U, 1U, 100U, 70'000U}) {
    Connection whole = opened();
    const Bytes message = noise(size);
    whole.send_message(Opcode::binary, message);
    const Bytes wire = whole.take_output();
    for (const std::size_t most : {7U, 1000U, 1'000'000U}) {
      Connection stepping = opened();
      EXPECT_EQ(sent(stepping, message, most), wire) << size << " in steps of " << most;
    }
  }
}

TEST_P(InSteps, LaterMessagesReferBackToThoseBefore) {
  Connection whole = opened();
  Connection stepping = opened();
  const Bytes message = noise(5000);
  for (int i = 0; i < 3; ++i) {
    whole.send_message(Opcode::binary, message);
    EXPECT_EQ(sent(stepping, message, 999), whole.take_output());
  }
}

TEST_P(InSteps, ControlFramesStandBehindTheMessageUnderWay) {
  Connection connection = opened();
  const Bytes message = noise(1000);
  connection.begin_message(Opcode::binary, message);
  Bytes wire;
  connection.proceed(100);
  connection.send_ping(bytes_of("?"));
  connection.send_close(1001, "bye");
  while (!connection.proceed(100)) append(wire, ByteView(connection.take_output()));
  append(wire, ByteView(connection.take_output()));
  const Lines lines = lines_of_frames(wire);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(lines[0].starts_with("binary ")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("ping '?'")) << lines[1];
  EXPECT_TRUE(lines[2].starts_with("close 1001 'bye'")) << lines[2];
}

TEST_P(InSteps, ThereIsNothingToDoWithoutAMessage) {
  Connection connection = opened();
  EXPECT_TRUE(connection.proceed(1));
  connection.send_close(1000);
  connection.begin_message(Opcode::binary, noise(10));
  EXPECT_TRUE(connection.proceed(1));
}

TEST_P(InSteps, TheEndOfTheStreamEndsTheMessageUnderWay) {
  Connection connection = opened();
  const Bytes message = noise(1000);
  connection.begin_message(Opcode::binary, message);
  connection.receive_end();
  EXPECT_TRUE(connection.proceed(1));
  EXPECT_TRUE(connection.take_output().empty());
}

// A peer's stream: two messages of the same words, the second one in fragments, and a Ping.
Bytes a_stream(Role sender, bool deflates) {
  FrameWriter writer(sender, [] { return test_key; });
  if (deflates) writer.deflate_with({});
  Bytes wire;
  writer.write_message(Opcode::text, bytes_of("the same words again"), wire);
  writer.write(Opcode::ping, bytes_of("?"), wire);
  writer.write_message(Opcode::text, bytes_of("the same words again"), wire);
  return wire;
}

TEST_P(InSteps, RestingBetweenAnyTwoReadsChangesNothing) {
  const Bytes wire = a_stream(peer_of(role()), std::get<1>(GetParam()));
  const auto lines = [&](const std::vector<ByteView>& pieces, bool rests) {
    TestedConnection it(options());
    for (const ByteView piece : pieces) {
      it.receive(piece);
      it.connection.send_message(Opcode::text, bytes_of("and again the same words"));
      if (rests) it.connection.rest();
    }
    it.take();
    // What it sends may refer back to less: read by a peer, it is the same.
    ConnectionOptions peer = options();
    peer.role = peer_of(role());
    TestedConnection reader(peer);
    reader.receive(it.output);
    Lines all = it.events;
    all.insert(all.end(), reader.events.begin(), reader.events.end());
    return all;
  };
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    EXPECT_EQ(lines(pieces, true), lines(pieces, false));
  });
}

TEST_P(InSteps, RestingGivesBackWhatAMessageTook) {
  Connection connection = opened();
  const std::string payload(60'000, 'x');
  Bytes first = from_peer(Opcode::binary, payload, false);
  connection.receive(first);
  Bytes last = from_peer(Opcode::continuation, payload);
  connection.receive(last);
  connection.take_events();
  connection.send_message(Opcode::binary, bytes_of(payload));
  connection.take_output();
  EXPECT_GE(connection.held(), 120'000U);
  connection.rest();
  EXPECT_LE(connection.held(), std::get<1>(GetParam()) ? 33'000U : 0U);
}

TEST_P(InSteps, RestingKeepsAMessageThatHasBegun) {
  TestedConnection it(options());
  it.receive(from_peer(Opcode::text, "Hel", false));
  it.connection.rest();
  it.receive(from_peer(Opcode::continuation, "lo"));
  EXPECT_EQ(it.events, Lines{"text 'Hello'"});
}

TEST_P(InSteps, AConnectionThatIsOverKeepsNothing) {
  Connection connection = opened();
  Bytes input = from_peer(Opcode::binary, std::string(50'000, 'x'), false);
  connection.receive(input);
  EXPECT_GE(connection.held(), 50'000U);
  connection.fail(1009, "Too much at once.");
  connection.take_events();
  connection.take_output();
  if (role() == Role::client) connection.receive_end();
  connection.rest();
  EXPECT_EQ(connection.held(), 0U);
}

TEST_P(InSteps, TheOwnerMayFailAConnection) {
  TestedConnection it(options());
  it.connection.fail(1013, "The server has no memory left.");
  it.take();
  EXPECT_EQ(it.events.at(0), "failed 1013: The server has no memory left.");
  const Lines frames = it.frames();
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_TRUE(frames[0].starts_with("close 1013 'The server has no memory left.'")) << frames[0];
  EXPECT_EQ(it.connection.wants_close(), role() == Role::server);
  it.connection.fail(1011, "Again.");
  it.take();
  EXPECT_EQ(it.frames(), Lines{});
}

TEST_P(InSteps, MeasuresTheRoundTripOfItsOwnPings) {
  using namespace std::chrono_literals;
  ConnectionOptions beating = options();
  beating.deadlines.idle = 30s;
  beating.deadlines.pong = 20s;
  TestedConnection it(beating);
  it.tick_after(30s);
  it.tick_after(30s + 5ms);
  it.receive(from_peer(Opcode::pong, "unasked"));
  EXPECT_EQ(it.connection.round_trip(), std::nullopt);
  it.receive(from_peer(Opcode::pong, std::string("\0\0\0\1", 4)));
  EXPECT_EQ(it.connection.round_trip(), Duration(5ms));
  it.tick_after(40s);
  it.receive(from_peer(Opcode::pong, std::string("\0\0\0\1", 4)));
  EXPECT_EQ(it.connection.round_trip(), Duration(5ms)) << "the Pong came twice";
}

}  // namespace
}  // namespace wsconform::connection_steps_test
