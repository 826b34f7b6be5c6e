#include "core/opening.h"

#include <gtest/gtest.h>

#include "core/for_each_split.h"

namespace wsconform::opening_test {
namespace {

// The example of RFC 6455 §1.3.
constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
const std::string request =
    "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: "
    "Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: chat, superchat\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n";
const std::string response =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n";

Opening server(std::size_t max_head = 4096) {
  ServerPolicy policy;
  policy.subprotocols = {"chat"};
  return {policy, max_head};
}
Opening client(std::size_t max_head = 4096) {
  ClientOffer offer;
  offer.key = key;
  offer.subprotocols = {"chat", "superchat"};
  return {request, offer, max_head};
}

struct End {
  std::optional<Opening::Outcome> outcome;
  std::string rest;  // of the input, left for the frames
};
End feed(Opening opening, const std::vector<ByteView>& pieces) {
  End end;
  for (const ByteView piece : pieces) {
    Bytes input(piece.begin(), piece.end());
    std::span<std::uint8_t> left = input;
    if (!end.outcome) end.outcome = opening.next(left);
    end.rest += text_of(left);
  }
  return end;
}
End feed(Opening opening, std::string_view text) {
  return feed(std::move(opening), {bytes_of(text)});
}

TEST(Opening, AServerAnswersARequestAtEveryCut) {
  for_each_split(bytes_of(request), [](const std::vector<ByteView>& pieces) {
    const End end = feed(server(), pieces);
    ASSERT_TRUE(end.outcome);
    const auto* opened = std::get_if<Handshake>(&end.outcome->end);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->request.start_line, "GET /chat HTTP/1.1");
    EXPECT_EQ(opened->response.value("Sec-WebSocket-Accept"), accept);
    EXPECT_EQ(opened->subprotocol, "chat");
    EXPECT_EQ(text_of(end.outcome->output), write_head(opened->response));
  });
}

TEST(Opening, AClientJudgesTheResponseAtEveryCut) {
  for_each_split(bytes_of(response), [](const std::vector<ByteView>& pieces) {
    const End end = feed(client(), pieces);
    ASSERT_TRUE(end.outcome);
    const auto* opened = std::get_if<Handshake>(&end.outcome->end);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->request.start_line, "GET /chat HTTP/1.1");
    EXPECT_EQ(opened->response.start_line, "HTTP/1.1 101 Switching Protocols");
    EXPECT_EQ(opened->subprotocol, "chat");
    EXPECT_TRUE(end.outcome->output.empty());
  });
}

TEST(Opening, LeavesWhatFollowsTheHeadToTheFramesAtEveryCut) {
  for_each_split(bytes_of(request + "frames"), [](const std::vector<ByteView>& pieces) {
    EXPECT_EQ(feed(server(), pieces).rest, "frames");
  });
  for_each_split(bytes_of(response + "frames"), [](const std::vector<ByteView>& pieces) {
    EXPECT_EQ(feed(client(), pieces).rest, "frames");
  });
}

const Opening::Refusal& refusal(const End& end) {
  return std::get<Opening::Refusal>(end.outcome.value().end);
}

TEST(Opening, AServerRefusesWithTheRuleBroken) {
  const End end = feed(server(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(refusal(end).status, 426);
  EXPECT_EQ(refusal(end).reason, rule_of(HandshakeFault::upgrade_missing).says);
  EXPECT_EQ(text_of(end.outcome->output).substr(0, 12), "HTTP/1.1 426");
}

TEST(Opening, AServerRefusesAsItsGateSays) {
  ServerPolicy policy;
  policy.gate = [](const HttpHead&) {
    return parse_head("HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n");
  };
  const End end = feed(Opening(policy, 4096), request);
  EXPECT_EQ(refusal(end).status, 302);
}

TEST(Opening, AClientRefusesAnAnswerThatIsNot101) {
  const End end = feed(client(), "HTTP/1.1 503 Busy\r\n\r\nbody");
  EXPECT_EQ(refusal(end).status, 503);
  EXPECT_EQ(refusal(end).reason, rule_of(HandshakeFault::status_not_101).says);
  EXPECT_TRUE(end.outcome->output.empty());
}

TEST(Opening, AClientRefusesGarbage) {
  EXPECT_EQ(refusal(feed(client(), "no HTTP at all\r\n\r\n")).status, 0);
}

TEST(Opening, AHeadThatIsTooLargeIsRefusedBeforeItsEnd) {
  const std::string endless = "GET / HTTP/1.1\r\nX: " + std::string(5000, 'a');
  const End at_server = feed(server(4096), endless);
  EXPECT_EQ(refusal(at_server).status, 431);
  EXPECT_EQ(text_of(at_server.outcome->output).substr(0, 12), "HTTP/1.1 431");
  const End at_client = feed(client(4096), endless);
  EXPECT_EQ(refusal(at_client).status, 0);
  EXPECT_TRUE(at_client.outcome->output.empty());
}

TEST(Opening, AServerAnswersATimeOutWith408) {
  const Opening::Outcome at_server = server().time_out();
  EXPECT_EQ(std::get<Opening::Refusal>(at_server.end).status, 408);
  EXPECT_EQ(text_of(at_server.output).substr(0, 13), "HTTP/1.1 408 ");
  const Opening::Outcome at_client = client().time_out();
  EXPECT_EQ(std::get<Opening::Refusal>(at_client.end).status, 0);
  EXPECT_TRUE(at_client.output.empty());
}

TEST(Opening, AServerAnswersACutOffRequestWith400) {
  Opening opening = server();
  Bytes input = to_bytes("\xff\xff");
  std::span<std::uint8_t> rest = input;
  EXPECT_FALSE(opening.next(rest));
  EXPECT_EQ(std::get<Opening::Refusal>(opening.cut_off().end).status, 400);
  EXPECT_EQ(text_of(opening.cut_off().output).substr(0, 13), "HTTP/1.1 400 ");
}

TEST(Opening, WhereNothingCameACutOffHandshakeIsNotAnswered) {
  for (const Opening& opening : {server(), client()}) {
    EXPECT_TRUE(opening.cut_off().output.empty());
    EXPECT_EQ(std::get<Opening::Refusal>(opening.cut_off().end).status, 0);
  }
}

}  // namespace
}  // namespace wsconform::opening_test
