// The closing handshake (RFC 6455 §5.5.1, §7) and the deadlines of a connection.
#include <gtest/gtest.h>

#include "core/for_each_split.h"
#include "core/tested_connection.h"

namespace wsconform::connection_closing_test {
namespace {

// The payload of the first Ping that a deadline sends is its number.
const std::string beat_1("ping '\0\0\0\1'", 11);

using namespace tested;

using enum Opcode;
using std::chrono::milliseconds;
using std::chrono::seconds;

Bytes from_client(Opcode opcode, std::string_view payload = {}, bool fin = true) {
  return encode(frame_from(Role::client, opcode, payload, fin));
}

struct Row {
  const char* name = "";
  std::string payload_hex;
  const char* event = "";
  const char* answer = "";
  const char* closed = "";
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class AnsweredClose : public testing::TestWithParam<Row> {};

TEST_P(AnsweredClose, IsAnsweredOnceWithItsCodeAtEveryCut) {
  const Bytes payload = *from_hex(GetParam().payload_hex);
  const Bytes wire =
      joined({from_client(Opcode::close, text_of(payload)), from_client(ping, "late"),
              close_from(Role::client, 1000), to_bytes("garbage")});
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    TestedConnection it(open_as(Role::server));
    it.receive_pieces(pieces);
    it.receive_end();
    EXPECT_EQ(it.events, (Lines{GetParam().event, GetParam().closed}));
    EXPECT_EQ(it.frames(), Lines{GetParam().answer});
    EXPECT_TRUE(it.connection.wants_close());
  });
}

INSTANTIATE_TEST_SUITE_P(
    Payloads, AnsweredClose,
    testing::Values(
        Row{"Empty", "", "close ''", "close ''", "closed clean 1005"},
        Row{"Normal", "03e8", "close 1000 ''", "close 1000 ''", "closed clean 1000"},
        Row{"WithReason", "03e9 627965", "close 1001 'bye'", "close 1001 ''", "closed clean 1001"},
        Row{"MandatoryExtension", "03f2", "close 1010 ''", "close 1000 ''", "closed clean 1010"},
        Row{"Library", "0bb8", "close 3000 ''", "close 3000 ''", "closed clean 3000"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ConnectionClosing, ACloseInsideAFragmentedMessageIsAnswered) {
  TestedConnection it(open_as(Role::server));
  it.receive(joined({from_client(text, "never finished", false), close_from(Role::client, 1000)}));
  EXPECT_EQ(it.events, (Lines{"close 1000 ''", "closed clean 1000"}));
}

TEST(ConnectionClosing, MessagesAreStillTakenUntilThePeersClose) {
  TestedConnection it(open_as(Role::server));
  it.connection.send_close(1001);
  EXPECT_EQ(it.connection.state(), State::closing);
  it.receive(joined({from_client(text, "on its way"), close_from(Role::client, 1001),
                     from_client(text, "late")}));
  EXPECT_EQ(it.events, (Lines{"text 'on its way'", "close 1001 ''", "closed clean 1001"}));
  EXPECT_EQ(it.frames(), Lines{"close 1001 ''"});
}

TEST(ConnectionClosing, AClientAwaitsTheServersEnd) {
  TestedConnection it(open_as(Role::client));
  it.receive(close_from(Role::server, 1000));
  EXPECT_EQ(it.events, Lines{"close 1000 ''"});
  EXPECT_FALSE(it.connection.wants_close());
  EXPECT_EQ(it.connection.state(), State::closing);
  it.receive_end();
  EXPECT_EQ(it.events.back(), "closed clean 1000");
  EXPECT_TRUE(it.connection.wants_close());
}

TEST(ConnectionClosing, AStreamThatEndsWithoutACloseIsFailed) {
  for (const Role role : {Role::server, Role::client}) {
    TestedConnection it(open_as(role));
    it.receive_end();
    EXPECT_EQ(it.events,
              (Lines{"failed 0: The stream ended without a Close.", "closed unclean 1006"}));
    EXPECT_EQ(it.frames(), Lines{});
    EXPECT_TRUE(it.connection.wants_close());
  }
}

TEST(ConnectionClosing, AStreamThatEndsInsideAFrameIsFailedAtEveryByte) {
  const Bytes wire = from_client(text, "Hello");
  for (std::size_t cut = 1; cut < wire.size(); ++cut) {
    TestedConnection it(open_as(Role::server));
    it.receive(ByteView(wire).first(cut));
    it.receive_end();
    EXPECT_EQ(it.events,
              (Lines{"failed 0: The stream ended inside a frame.", "closed unclean 1006"}));
  }
}

TEST(ConnectionClosing, AnEndAfterOurCloseAloneIsNotClean) {
  TestedConnection it(open_as(Role::server));
  it.connection.send_close(1000);
  it.receive_end();
  EXPECT_EQ(it.events.back(), "closed unclean 1006");
}

TEST(ConnectionClosing, TheEndIsToldOnce) {
  TestedConnection it(open_as(Role::server));
  it.receive(close_from(Role::client, 1000));
  const Lines told = it.events;
  it.receive_end();
  it.receive_end();
  it.receive(from_client(text, "late"));
  it.tick_after(std::chrono::hours(1));
  EXPECT_EQ(it.events, told);
}

// Deadlines, by instants that the test gives.

ConnectionOptions with_deadlines(Role role) {
  ConnectionOptions options = open_as(role);
  options.deadlines = {seconds(10), seconds(30), seconds(20), seconds(5)};
  return options;
}

TEST(ConnectionDeadlines, AServerAnswersAHandshakeThatTakesTooLongWith408) {
  ConnectionOptions options = with_deadlines(Role::server);
  options.skip_handshake = false;
  TestedConnection it(options);
  it.tick_after(seconds(9));
  it.receive(bytes_of("GET / HTTP/1.1\r\n"));
  EXPECT_EQ(it.next_deadline(), seconds(10));
  it.tick_after(milliseconds(9999));
  EXPECT_EQ(it.events, Lines{});
  it.tick_after(seconds(10));
  EXPECT_EQ(it.events, Lines{"refused 408: The opening handshake was not completed in time."});
  EXPECT_EQ(it.text().substr(0, 12), "HTTP/1.1 408");
  EXPECT_TRUE(it.connection.wants_close());
  EXPECT_EQ(it.next_deadline(), milliseconds(-1));
}

TEST(ConnectionDeadlines, IdlenessSendsAPingAndAnAnswerKeepsTheConnection) {
  TestedConnection it(with_deadlines(Role::server));
  it.tick_after(seconds(30));
  EXPECT_EQ(it.frames(), Lines{beat_1});
  EXPECT_EQ(it.next_deadline(), seconds(50));
  it.tick_after(seconds(49));
  it.receive(from_client(pong));
  EXPECT_EQ(it.next_deadline(), seconds(79));
  EXPECT_EQ(it.connection.state(), State::open);
}

TEST(ConnectionDeadlines, APeerThatDoesNotAnswerAPingIsFailed) {
  TestedConnection it(with_deadlines(Role::server));
  it.tick_after(seconds(30));
  it.tick_after(seconds(50));
  EXPECT_EQ(it.events,
            (Lines{"failed 1011: Nothing came in time after a Ping.", "closed unclean 1006"}));
  EXPECT_EQ(it.frames(), (Lines{beat_1, "close 1011 'Nothing came in time after a Ping.'"}));
}

TEST(ConnectionDeadlines, AnyByteShowsThatThePeerIsThere) {
  TestedConnection it(with_deadlines(Role::server));
  it.tick_after(seconds(20));
  it.receive(*from_hex("81"));
  EXPECT_EQ(it.next_deadline(), seconds(50));
}

TEST(ConnectionDeadlines, APeerThatDoesNotAnswerACloseIsLeft) {
  for (const Role role : {Role::server, Role::client}) {
    TestedConnection it(with_deadlines(role));
    it.connection.send_close(1000);
    EXPECT_EQ(it.next_deadline(), seconds(5));
    it.tick_after(seconds(3));
    it.receive(*from_hex(role == Role::server ? "818000000000" : "8100"));
    it.tick_after(seconds(5));
    EXPECT_EQ(it.events, (Lines{"text ''", "failed 0: The peer's Close did not come in time.",
                                "closed unclean 1006"}));
    EXPECT_TRUE(it.connection.wants_close());
  }
}

TEST(ConnectionDeadlines, AClientDoesNotAwaitTheServersEndForEver) {
  TestedConnection it(with_deadlines(Role::client));
  it.tick_after(seconds(2));
  it.receive(close_from(Role::server, 1000));
  EXPECT_EQ(it.next_deadline(), seconds(7));
  it.tick_after(seconds(7));
  EXPECT_EQ(it.events, (Lines{"close 1000 ''", "closed clean 1000"}));
  EXPECT_TRUE(it.connection.wants_close());
}

TEST(ConnectionDeadlines, AFailedClientDoesNotAwaitTheServersEndForEver) {
  TestedConnection it(with_deadlines(Role::client));
  it.receive(*from_hex("c100"));
  EXPECT_EQ(it.events, Lines{"failed 1002: rsv1-without-extension"});
  it.tick_after(seconds(5));
  EXPECT_EQ(it.events.back(), "closed unclean 1006");
}

TEST(Closing, ACodeOfNoRangeFailsTheConnection) {
  for (const std::uint16_t code : std::vector<std::uint16_t>{5000, 9999, 65535}) {
    TestedConnection it(open_as(Role::server));
    it.receive(close_from(Role::client, code));
    EXPECT_EQ(it.events.at(0), "failed 1002: close-code-out-of-range") << code;
    EXPECT_TRUE(it.connection.wants_close());
  }
}

}  // namespace
}  // namespace wsconform::connection_closing_test
