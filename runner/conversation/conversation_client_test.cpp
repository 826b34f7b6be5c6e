// Conversations in which the target is a client, and ours the server's side
// (RFC 6455 §4.2, §7.1.1).
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "core/connection.h"
#include "core/for_each_split.h"
#include "core/tested_connection.h"
#include "runner/casebook/cases_from_text.h"
#include "runner/conversation/conversation.h"
#include "runner/conversation/memory_driver.h"

namespace wsconform::conversation_client_test {
namespace {

constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";

struct ClientHabits {
  bool echoes = true;
  bool answers_pings = true;
  ViolationSet tolerated{};         // rules that it does not enforce
  std::string_view version = "13";  // in its request
  bool babbles = false;             // Pongs without end that nobody asked for
  std::size_t ends_in_request = 0;  // TCP, after so many bytes of it; 0: it does not
};

// A client that echoes, around core's Connection.
class Client : public MemoryTarget {
 public:
  Client(const ClientHabits& habits, Instant now)
      : habits_(habits), connection_(options_of(habits), now) {}

  void receive(std::span<std::uint8_t> bytes) override {
    connection_.receive(bytes);
    for (const Event& event : connection_.take_events()) {
      const auto* message = std::get_if<MessageReceived>(&event);
      if (message != nullptr && habits_.echoes)
        connection_.send_message(message->opcode, message->payload);
    }
  }
  void receive_end() override { connection_.receive_end(); }
  void tick(Instant now) override { connection_.tick(now); }
  std::optional<Instant> next_deadline() const override { return connection_.next_deadline(); }
  Bytes take_output() override {
    if (habits_.babbles)
      for (int n = 0; n < 100; ++n) connection_.send_pong({});
    Bytes output = connection_.take_output();
    if (habits_.ends_in_request > 0)
      output.resize(std::min(output.size(), habits_.ends_in_request));
    return output;
  }
  bool wants_close() const override {
    return habits_.ends_in_request > 0 || connection_.wants_close();
  }

 private:
  static ConnectionOptions options_of(const ClientHabits& habits) {
    ConnectionOptions options;
    options.role = Role::client;
    options.request =
        "GET / HTTP/1.1\r\nHost: example.org\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: " +
        std::string(key) + "\r\nSec-WebSocket-Version: " + std::string(habits.version) + "\r\n\r\n";
    options.offer.key = key;
    options.answer_pings = habits.answers_pings;
    options.tolerated = habits.tolerated;
    options.next_masking_key = [] { return tested::test_key; };
    return options;
  }

  ClientHabits habits_;
  Connection connection_;
};

class ConversationWithAClient : public testing::Test {
 protected:
  ConversationWithAClient() { target_.role = Role::client; }

  MemoryRun run(std::string_view steps, const ClientHabits& habits = {},
                const StreamCuts& cuts = {}) {
    const Case each = cases_from(entry_text(steps, R"("sides": ["client"])")).front();
    Pace pace;
    return run_in_memory(
        Conversation(each, target_, pace, 1, tested::test_start),
        [&](Instant now) { return std::make_unique<Client>(habits, now); }, tested::test_start,
        cuts);
  }
  // What went over the wire, one line each: "> Ping, 0 bytes".
  static std::vector<std::string> wire_of(const MemoryRun& run) {
    std::vector<std::string> lines;
    for (const WireEntry& each : run.result.wire) {
      const char* arrow = each.direction == WireEntry::Direction::sent       ? "> "
                          : each.direction == WireEntry::Direction::received ? "< "
                                                                             : "";
      lines.push_back(arrow + each.says);
    }
    return lines;
  }

  TargetProfile target_;
};

constexpr std::string_view echo = R"({"send": "text", "payload": "a"}, {"expect": "text"})";

TEST_F(ConversationWithAClient, AcceptsItsRequestAndTakesItsEcho) {
  const MemoryRun played = run(echo);
  EXPECT_EQ(played.result.verdict, Verdict::pass) << played.result.reason;
  const std::vector<std::string> wire = wire_of(played);
  ASSERT_GE(wire.size(), 5U);
  EXPECT_EQ(wire[0], "TCP is connected");
  EXPECT_EQ(wire[1], "< GET / HTTP/1.1");
  EXPECT_TRUE(wire[2].starts_with("> HTTP/1.1 101")) << wire[2];
  EXPECT_EQ(wire[3], "> Text, 1 byte") << "a server masks nothing";
  EXPECT_EQ(wire[4], "< Text, 1 byte, masked 0x37fa213d");
}

TEST_F(ConversationWithAClient, IsTheSameHoweverTheStreamIsCut) {
  const auto whole = wire_of(run(echo));
  for (const std::size_t chunk : {1U, 2U, 3U, 7U})
    EXPECT_EQ(wire_of(run(echo, {}, {.chunk = chunk})), whole) << chunk;
}

TEST_F(ConversationWithAClient, FailsOneThatDoesNotEcho) {
  const MemoryRun played = run(echo, {.echoes = false});
  EXPECT_EQ(played.result.verdict, Verdict::fail);
  EXPECT_TRUE(is<ground::Hung>(played.outcome.ground));
  EXPECT_TRUE(played.outcome.timed_out);
}

TEST_F(ConversationWithAClient, TakesThePongToItsPing) {
  const MemoryRun played = run(R"({"send": "ping", "payload": "b"}, {"expect": "pong"})");
  EXPECT_EQ(played.result.verdict, Verdict::pass) << played.result.reason;
}

TEST_F(ConversationWithAClient, TakesAPongToEachOfManySmallPings) {
  const MemoryRun played = run(R"({"send": "ping", "times": 5000}, {"expect": "pong"})");
  EXPECT_EQ(played.result.verdict, Verdict::pass) << played.result.reason;
}

TEST_F(ConversationWithAClient, StopsOneThatNeverStopsTalking) {
  const MemoryRun played = run(R"({"expect": "text"})", {.babbles = true});
  EXPECT_EQ(played.result.verdict, Verdict::fail);
  EXPECT_EQ(played.result.ground, "endless");
}

TEST_F(ConversationWithAClient, FailsOneThatAnswersNoPing) {
  const MemoryRun played =
      run(R"({"send": "ping", "payload": "b"}, {"expect": "pong"})", {.answers_pings = false});
  EXPECT_EQ(played.result.verdict, Verdict::fail);
}

TEST_F(ConversationWithAClient, EndsTcpFirstOnceBothClosesAreExchanged) {
  const MemoryRun played =
      run(R"({"send": "close", "code": 1000}, {"expect": "closed", "code": 1000})");
  EXPECT_EQ(played.result.verdict, Verdict::pass) << played.result.reason;
  const std::vector<std::string> wire = wire_of(played);
  const auto close = std::ranges::find(wire, "< Close, 2 bytes, masked 0x37fa213d");
  const auto ours = std::ranges::find(wire, "Ends its direction of TCP");
  const auto theirs = std::ranges::find(wire, "The target ended TCP");
  EXPECT_LT(close, ours);
  EXPECT_LT(ours, theirs);
  EXPECT_NE(theirs, wire.end());
}

TEST_F(ConversationWithAClient, SeesItFailTheConnection) {
  const MemoryRun played =
      run(R"({"send": "reserved-b"}, {"expect": "failed-connection", "code": 1002})");
  EXPECT_EQ(played.result.verdict, Verdict::pass) << played.result.reason;
  EXPECT_EQ(played.outcome.reaction.close->code, 1002);
  EXPECT_TRUE(played.outcome.ended_by_target());
}

TEST_F(ConversationWithAClient, SeesItFailTheConnectionForAMaskedFrame) {
  const std::string_view masked =
      R"({"send": "text", "payload": "a", "mask": "37fa213d"},
         {"expect": "failed-connection", "code": 1002})";
  EXPECT_EQ(run(masked).result.verdict, Verdict::pass);
  ClientHabits lax;
  lax.tolerated.set(static_cast<std::size_t>(Violation::masked_server_frame));
  const MemoryRun played = run(masked, lax);
  EXPECT_EQ(played.result.verdict, Verdict::fail) << "it echoes what it had to refuse";
  EXPECT_EQ(name_of(played.outcome.ground), "answer-to-illegal-data");
}

TEST_F(ConversationWithAClient, AsksWhetherTheConnectionLives) {
  EXPECT_EQ(run(R"({"expect": "open"})").result.verdict, Verdict::pass);
}

TEST_F(ConversationWithAClient, AwaitsItAgainForTheNextConnection) {
  const MemoryRun played = run(R"({"send": "text", "payload": "a"}, {"expect": "text"},
                                  {"connect": "again"},
                                  {"send": "text", "payload": "b"}, {"expect": "text"})");
  EXPECT_EQ(played.result.verdict, Verdict::pass) << played.result.reason;
  EXPECT_EQ(played.result.wire.back().connection, 1);
}

TEST_F(ConversationWithAClient, TellsThatItEndedInTheMiddleOfItsRequest) {
  const MemoryRun played = run(echo, {.ends_in_request = 20});
  EXPECT_EQ(played.result.verdict, Verdict::fail);
  EXPECT_EQ(played.result.came, "end-without-request");
  EXPECT_EQ(played.result.reason, "The end of TCP in the middle of the request came instead.");
}

TEST_F(ConversationWithAClient, HoldsItsRequestToTheRules) {
  const MemoryRun played = run(echo, {.version = "8"});
  EXPECT_EQ(played.result.verdict, Verdict::fail);
  EXPECT_EQ(name_of(played.outcome.ground), "version-unsupported");
  EXPECT_TRUE(played.result.reason.starts_with("The request breaks RFC 6455 §"))
      << played.result.reason;
}

}  // namespace
}  // namespace wsconform::conversation_client_test
