#include "fuzz/telling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/tested_connection.h"
#include "fuzz/cutting.h"

namespace wsconform::telling_test {
namespace {

using namespace tested;
using testing::ElementsAre;
using testing::HasSubstr;

Bytes hello_ping_and_close() {
  return joined({encode(frame_from(Role::client, Opcode::text, "Hello")),
                 encode(frame_from(Role::client, Opcode::ping, "hi")),
                 close_from(Role::client, 1000, "bye")});
}

TEST(Hear, TellsEverythingDownToTheLastByte) {
  const Telling told = hear(open_as(Role::server), {hello_ping_and_close()});
  EXPECT_THAT(told.events, ElementsAre("text 48656c6c6f", "ping 6869", "close 1000 627965",
                                       "closed clean 1000"));
  EXPECT_THAT(lines_of_output(Role::server, told.output).value(),
              ElementsAre("pong 6869", "close 1000"));
}

TEST(Hear, TellsByWhatItBegins) {
  const Telling refused = hear(ConnectionOptions{}, {bytes_of("GET /x HTTP/1.1\r\n\r\n")});
  EXPECT_EQ(refused.refused, 400);
  EXPECT_FALSE(refused.opened);
  EXPECT_EQ(hear(ConnectionOptions{}, {}).refused, 0);
  const std::string request =
      "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  const Telling opened = hear(ConnectionOptions{}, {bytes_of(request)});
  EXPECT_TRUE(opened.opened);
  EXPECT_EQ(opened.refused, std::nullopt);
  const Telling message = hear(open_as(Role::server), {hello_ping_and_close()});
  EXPECT_FALSE(message.opened);
}

TEST(Hear, EndsTheStreamItself) {
  EXPECT_THAT(hear(open_as(Role::server), {}).events,
              ElementsAre("failed 0 The stream ended without a Close.", "closed unclean 1006"));
}

TEST(Hear, MeasuresWhatIsHeldForAFrameUnderWay) {
  Frame frame = frame_from(Role::client, Opcode::binary, std::string(500'000, 'a'));
  Bytes wire = encode(frame);
  wire.pop_back();
  EXPECT_GE(hear(open_as(Role::server), {wire}).held, 500'000 - 1);
}

TEST(HearOneAtATime, TellsTheSame) {
  const Bytes wire = hello_ping_and_close();
  EXPECT_EQ(difference(hear(open_as(Role::server), {wire}),
                       hear_one_at_a_time(open_as(Role::server), cut(wire, 1))),
            std::nullopt);
}

TEST(Difference, NamesTheFirstEventThatDiffers) {
  Telling one{{"ping 00", "ping 01"}, {}, 0};
  Telling other = one;
  EXPECT_EQ(difference(one, other), std::nullopt);
  other.events[1] = "ping 02";
  EXPECT_EQ(difference(one, other), "event 1 is 'ping 02' in place of 'ping 01'");
  other.events.pop_back();
  EXPECT_EQ(difference(one, other), "event 1 is 'nothing' in place of 'ping 01'");
  EXPECT_EQ(difference(other, one), "event 1 is 'ping 01' in place of 'nothing'");
}

TEST(Difference, SeesTheOutput) {
  EXPECT_THAT(difference({{}, {0x8A, 0x00}, 0}, {{}, {}, 0}).value(), HasSubstr("\\x8a\\x00"));
}

TEST(LineOfEvent, TellsAnOpeningWhole) {
  Handshake handshake;
  handshake.subprotocol = "chat";
  handshake.request.start_line = "GET / HTTP/1.1";
  handshake.response.start_line = "HTTP/1.1 101 Switching Protocols";
  EXPECT_EQ(line_of(Opened{&handshake}),
            "opened 'chat'\nGET / HTTP/1.1\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n");
  EXPECT_EQ(line_of(Refused{400, "No."}), "refused 400 No.");
}

TEST(LinesOfOutput, RefusesWhatAnEndpointMustNotSend) {
  const Bytes close = close_from(Role::server, 1000);
  const Bytes pong = encode(frame_from(Role::server, Opcode::pong));
  EXPECT_TRUE(lines_of_output(Role::server, joined({pong, close})));
  EXPECT_THAT(lines_of_output(Role::server, joined({close, pong})).error(), HasSubstr("behind"));
  EXPECT_TRUE(lines_of_output(Role::server, joined({close, pong}), {.pongs_behind_close = true}));
  EXPECT_THAT(lines_of_output(Role::server, joined({close, close})).error(), HasSubstr("behind"));
  EXPECT_THAT(lines_of_output(Role::client, pong).error(), HasSubstr("unmasked-client-frame"));
  EXPECT_THAT(lines_of_output(Role::server, ByteView(close).first(3)).error(),
              HasSubstr("inside a frame"));
  EXPECT_THAT(lines_of_output(Role::server, close_from(Role::server, 1005)).error(),
              HasSubstr("close-code-never-sent"));
}

TEST(Record, IsTheSameForTheSameEventsAndOutput) {
  const Bytes stream = joined({encode(frame_from(Role::client, Opcode::ping, "1")),
                               encode(frame_from(Role::client, Opcode::text, "Hello"))});
  const auto at = [&](std::size_t size, std::uint8_t cut_choice, bool one_at_a_time) {
    Record told{.events = "of another", .output = {1}, .held = SIZE_MAX};
    record(open_as(Role::server), ByteView(stream).first(size), cut_choice, one_at_a_time, told);
    return told;
  };
  const Record whole = at(stream.size(), 0, false);
  EXPECT_EQ(at(stream.size(), 3, true).events, whole.events);
  EXPECT_NE(at(8, 0, false).events, whole.events);
  EXPECT_EQ(to_hex(whole.output), "8a0131");
}

TEST(Add, TellsEventsApart) {
  const auto added = [](const Event& event) {
    std::string events;
    add(event, events);
    return events;
  };
  const Bytes payload = {1};
  const std::vector<Event> all = {MessageReceived{Opcode::text, payload},
                                  MessageReceived{Opcode::binary, payload},
                                  MessageReceived{Opcode::binary, {}},
                                  PingReceived{payload},
                                  PongReceived{payload},
                                  CloseReceived{},
                                  CloseReceived{1000, ""},
                                  CloseReceived{1000, "x"},
                                  Failed{std::nullopt, 0, "a"},
                                  Failed{std::nullopt, 0, "b"},
                                  Failed{Violation::invalid_utf8, 1007, "a"},
                                  Failed{Violation::invalid_utf8, 1002, "a"},
                                  Closed{true, 1000},
                                  Closed{false, 1000},
                                  Closed{true, 1001},
                                  Refused{400, "a"}};
  std::set<std::string> told;
  for (const Event& event : all) told.insert(added(event));
  EXPECT_EQ(told.size(), all.size());
}

}  // namespace
}  // namespace wsconform::telling_test
