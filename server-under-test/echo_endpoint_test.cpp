#include "server-under-test/echo_endpoint.h"

#include <gtest/gtest.h>

#include "server-under-test/battery_of_bytes.h"

namespace wsconform::echo_endpoint_test {
namespace {

using enum Opcode;
using namespace std::chrono_literals;

class AnEchoEndpoint : public testing::Test {
 protected:
  static EchoEndpoint make(EchoOptions options = {}) {
    return EchoEndpoint(std::move(options), test_start);
  }
  static EchoEndpoint opened(EchoOptions options = {}) {
    EchoEndpoint endpoint = make(std::move(options));
    told(endpoint, bytes_of(good_request));
    return endpoint;
  }
  // The frames with which an open endpoint answers, whatever the cuts.
  static Lines answers(ByteView stream, const EchoOptions& options = {}) {
    EchoEndpoint whole = opened(options);
    Lines lines = frames_for(whole, {stream});
    if (stream.size() > 2000) return lines;
    for_each_split(stream, [&](const std::vector<ByteView>& pieces) {
      EchoEndpoint endpoint = opened(options);
      EXPECT_EQ(frames_for(endpoint, pieces), lines);
    });
    return lines;
  }
  static Lines frames_for(EchoEndpoint& endpoint, const std::vector<ByteView>& pieces) {
    Bytes all;
    for (const ByteView piece : pieces) {
      Bytes input(piece.begin(), piece.end());
      endpoint.receive(input);
      append(all, ByteView(endpoint.take_output()));
    }
    Lines lines = lines_of_frames(all);
    lines.emplace_back(endpoint.wants_close() ? "end" : "open");
    return lines;
  }
  static std::string status_for(std::string_view request) {
    EchoEndpoint endpoint = make();
    const std::string answer = told(endpoint, bytes_of(request));
    return answer.substr(0, 12) + answer.substr(answer.rfind('['));
  }
};

TEST_F(AnEchoEndpoint, AnswersAGoodRequestAtEveryCut) {
  for_each_split(bytes_of(good_request), [](const std::vector<ByteView>& pieces) {
    EchoEndpoint endpoint = make();
    EXPECT_EQ(told(endpoint, pieces),
              "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Accept: " +
                  accept_for("AQIDBAUGBwgJCgsMDQ4PEA==") + "\r\n\r\n[open]");
    EXPECT_TRUE(endpoint.counters().opened);
  });
}

TEST_F(AnEchoEndpoint, RefusesWithTheStatusThatTheFaultAsksFor) {
  EXPECT_EQ(status_for("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), "HTTP/1.1 426[end]");
  EXPECT_EQ(status_for(request_with("GET", "POST")), "HTTP/1.1 405[end]");
  EXPECT_EQ(status_for(request_with("Version: 13", "Version: 12")), "HTTP/1.1 426[end]");
  EXPECT_EQ(status_for(request_with("AQIDBAUGBwgJCgsMDQ4PEA==", "short")), "HTTP/1.1 400[end]");
  EXPECT_EQ(status_for(request_and("X-Long: " + std::string(20000, 'a'))), "HTTP/1.1 431[end]");
}

TEST_F(AnEchoEndpoint, SaysWhyItRefuses) {
  EchoEndpoint endpoint = make();
  const std::string answer = told(endpoint, bytes_of("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_NE(answer.find("\r\nSec-WebSocket-Version: 13\r\n"), std::string::npos);
  EXPECT_LT(answer.find("\r\n\r\n") + 6, answer.rfind('['));
  EXPECT_TRUE(endpoint.counters().refused);
}

TEST_F(AnEchoEndpoint, SelectsASubprotocolThatItHas) {
  EchoOptions options;
  options.policy.subprotocols = {"chat"};
  EchoEndpoint endpoint = make(options);
  const std::string answer =
      told(endpoint, bytes_of(request_and("Sec-WebSocket-Protocol: other, chat")));
  EXPECT_NE(answer.find("\r\nSec-WebSocket-Protocol: chat\r\n"), std::string::npos);
}

TEST_F(AnEchoEndpoint, ServesFramesInTheSameReadAsTheRequest) {
  EchoEndpoint endpoint = make();
  Bytes stream = to_bytes(good_request);
  append(stream, ByteView(masked(text, "Hello")));
  const std::string answer = told(endpoint, stream);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n\x81\x05Hello[open]"));
}

TEST_F(AnEchoEndpoint, AnswersInOrder) {
  const Bytes stream = joined({masked(text, "one"), masked(ping, "1"), masked(text, "tw", false),
                               masked(ping, "2"), masked(continuation, "o"), masked(binary, ""),
                               masked(pong, "?"), masked_close(1001), masked(text, "late")});
  EXPECT_EQ(answers(stream), (Lines{"text 'one'", "pong '1'", "pong '2'", "text 'two'", "binary ''",
                                    "close 1001 ''", "end"}));
}

TEST_F(AnEchoEndpoint, EchoesWhatCameBeforeAViolation) {
  const Bytes stream = joined({masked(text, "one"), masked(reserved_3, "x"), masked(text, "late")});
  const Lines lines = answers(stream);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], "text 'one'");
  EXPECT_TRUE(lines[1].starts_with("close 1002")) << lines[1];
  EXPECT_EQ(lines[2], "end");
}

TEST_F(AnEchoEndpoint, KeepsToItsLimits) {
  EchoOptions options;
  options.limits.max_message = 10;
  EXPECT_TRUE(answers(masked(text, "0123456789"), options).at(0).starts_with("text"));
  EXPECT_TRUE(answers(masked(text, "0123456789a"), options).at(0).starts_with("close 1009"));
}

TEST_F(AnEchoEndpoint, SaysGoodbyeWhenItGoesAway) {
  EchoEndpoint endpoint = opened();
  endpoint.shut_down();
  EXPECT_EQ(lines_of_frames(endpoint.take_output()), Lines{"close 1001 'the server goes away'"});
  EXPECT_FALSE(endpoint.wants_close());
  EXPECT_EQ(frames_for(endpoint, {masked_close(1001)}), Lines{"end"});
}

TEST_F(AnEchoEndpoint, JustEndsWhenItGoesAwayBeforeItIsOpen) {
  EchoEndpoint endpoint = make();
  endpoint.shut_down();
  EXPECT_TRUE(endpoint.wants_close());
  EXPECT_TRUE(endpoint.take_output().empty());
}

TEST_F(AnEchoEndpoint, PingsAClientThatIsIdleAndLeavesOneThatIsSilent) {
  EchoOptions options;
  options.deadlines.idle = 5s;
  options.deadlines.pong = 2s;
  EchoEndpoint endpoint = opened(options);
  EXPECT_EQ(endpoint.next_deadline(), test_start + 5s);
  endpoint.tick(test_start + 5s);
  EXPECT_EQ(lines_of_frames(endpoint.take_output()),
            Lines{"ping " + tested::quoted(bytes_of(std::string_view("\0\0\0\1", 4)))});
  endpoint.tick(test_start + 7s);
  EXPECT_TRUE(endpoint.wants_close());
}

TEST_F(AnEchoEndpoint, EndsWithItsClient) {
  EchoEndpoint endpoint = opened();
  endpoint.receive_end();
  EXPECT_TRUE(endpoint.wants_close());
}

TEST_F(AnEchoEndpoint, CountsWhatHappened) {
  EchoEndpoint endpoint = opened();
  frames_for(endpoint, {joined({masked(text, "abc"), masked(binary, "de"), masked(ping, "p"),
                                masked(pong, "p"), masked_close(1000)})});
  const EchoCounters& counters = endpoint.counters();
  EXPECT_EQ(counters.received.messages, 2U);
  EXPECT_EQ(counters.received.bytes, 5U);
  EXPECT_EQ(endpoint.sent(), counters.received);
  EXPECT_EQ(counters.close_code, 1000);
  EXPECT_EQ(counters.pings, 1U);
  EXPECT_EQ(counters.pongs, 1U);
  EXPECT_TRUE(counters.close_received);
  EXPECT_FALSE(counters.failed);
}

}  // namespace
}  // namespace wsconform::echo_endpoint_test
