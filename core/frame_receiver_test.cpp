#include "core/frame_receiver.h"

#include <gtest/gtest.h>

#include "core/for_each_split.h"
#include "core/tested_connection.h"

namespace wsconform::frame_receiver_test {
namespace {

using namespace tested;

std::string line_of(const Received& received) {
  if (received.kind == Received::Kind::violation)
    return std::string(rule_of(received.violation).name);
  const char* kind = received.kind == Received::Kind::control ? "control " : "message ";
  return kind + std::string(name_of(received.opcode)) + " " + quoted(received.payload);
}

// All that `pieces` give, up to the first violation.
Lines receive(const std::vector<ByteView>& pieces, const FrameReceiver::Rules& rules) {
  FrameReceiver receiver(rules);
  Lines lines;
  for (const ByteView piece : pieces) {
    Bytes input(piece.begin(), piece.end());
    std::span<std::uint8_t> rest = input;
    receiver.release();
    while (const Received* received = receiver.next(rest)) {
      lines.push_back(line_of(*received));
      if (received->kind == Received::Kind::violation) return lines;
    }
    EXPECT_TRUE(rest.empty());
  }
  return lines;
}

void expect_at_every_cut(const Bytes& wire, const Lines& expected,
                         const FrameReceiver::Rules& rules = {}) {
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    EXPECT_EQ(receive(pieces, rules), expected);
  });
}

Bytes sent(Opcode opcode, std::string_view payload, bool fin = true) {
  return encode(frame_from(Role::client, opcode, payload, fin));
}

using enum Opcode;

TEST(FrameReceiver, GivesMessagesAndControlFramesInOrderAtEveryCut) {
  expect_at_every_cut(
      joined({sent(text, "Hello"), sent(ping, "?"), sent(binary, ""), sent(Opcode::close, "")}),
      {"message text 'Hello'", "control ping '?'", "message binary ''", "control close ''"});
}

TEST(FrameReceiver, GivesControlFramesBeforeTheMessageTheyInterrupt) {
  expect_at_every_cut(
      joined({sent(text, "Hel", false), sent(ping, "1"), sent(continuation, "", false),
              sent(pong, "2"), sent(continuation, "lo")}),
      {"control ping '1'", "control pong '2'", "message text 'Hello'"});
}

TEST(FrameReceiver, TakesLongPayloadsInPiecesOfEverySize) {
  const std::string payload(3000, 'x');
  const Bytes wire = joined({sent(binary, payload), sent(text, "after")});
  for (std::size_t size = 1; size < wire.size(); size += 7) {
    std::vector<ByteView> pieces;
    for (std::size_t at = 0; at < wire.size(); at += size)
      pieces.push_back(ByteView(wire).subspan(at, std::min(size, wire.size() - at)));
    EXPECT_EQ(receive(pieces, {}),
              (Lines{"message binary " + quoted(bytes_of(payload)), "message text 'after'"}));
  }
}

TEST(FrameReceiver, ViewsAPayloadThatLiesWholeInTheInput) {
  Bytes input = joined({sent(text, "Hello"), sent(ping, "there")});
  std::span<std::uint8_t> rest = input;
  FrameReceiver receiver({});
  EXPECT_EQ(receiver.next(rest)->payload.data(), input.data() + 6);
  EXPECT_EQ(receiver.next(rest)->payload.data(), input.data() + 11 + 6);
}

TEST(FrameReceiver, KeepsJoinedPayloadsUntilRelease) {
  Bytes input = joined({sent(text, "a", false), sent(continuation, "b"), sent(text, "c", false),
                        sent(continuation, "d")});
  std::span<std::uint8_t> rest = input;
  FrameReceiver receiver({});
  const Received first = *receiver.next(rest);
  const Received second = *receiver.next(rest);
  EXPECT_EQ(text_of(first.payload), "ab");
  EXPECT_EQ(text_of(second.payload), "cd");
}

TEST(FrameReceiver, JudgesAHeaderAsSoonAsItIsThere) {
  Bytes input = *from_hex("82ff7fffffffffffffff00000000");
  std::span<std::uint8_t> rest = input;
  FrameReceiver receiver({.receiver = Role::server, .max_message = 1000});
  EXPECT_EQ(receiver.next(rest)->violation, Violation::message_too_big);
}

TEST(FrameReceiver, JudgesTextBeforeItsFrameIsThere) {
  const Bytes wire = joined({*from_hex("81ff7fffffffffffffff00000000"), to_bytes("fine\xC0")});
  expect_at_every_cut(wire, {"invalid-utf8"});
}

TEST(FrameReceiver, TheMessageLimitCountsAllFragments) {
  const FrameReceiver::Rules rules{.receiver = Role::server, .max_message = 5};
  expect_at_every_cut(
      joined({sent(text, "Hel", false), sent(continuation, "lo"), sent(text, "again")}),
      {"message text 'Hello'", "message text 'again'"}, rules);
  expect_at_every_cut(joined({sent(text, "Hel", false), sent(continuation, "lo!")}),
                      {"message-too-big"}, rules);
}

TEST(FrameReceiver, LimitsHoldForMessagesOfEverySizeAtEveryCut) {
  for (const std::size_t size : {0U, 1U, 124U, 125U, 126U}) {
    const std::string payload(size, 'x');
    const Bytes wire = sent(text, payload);
    const Lines taken = {"message text " + quoted(bytes_of(payload))};
    expect_at_every_cut(wire, taken, {.max_frame = size, .max_message = size, .max_fragments = 1});
    expect_at_every_cut(wire, {"too-many-fragments"}, {.max_fragments = 0});
    if (size == 0) continue;
    expect_at_every_cut(wire, {"frame-too-big"}, {.max_frame = size - 1});
    expect_at_every_cut(wire, {"message-too-big"}, {.max_message = size - 1});
  }
}

TEST(FrameReceiver, ShortTextsAreValidatedAtEveryCut) {
  for (const std::string_view text_payload : {"\xC3\xA9", "a\xE2\x82\xAC", "12345678\xC3\xA9"}) {
    expect_at_every_cut(sent(text, text_payload),
                        {"message text " + quoted(bytes_of(text_payload))});
    const std::string_view cut = text_payload.substr(0, text_payload.size() - 1);
    expect_at_every_cut(sent(text, cut), {"invalid-utf8"});
    expect_at_every_cut(sent(binary, cut), {"message binary " + quoted(bytes_of(cut))});
    expect_at_every_cut(encode(frame_from(Role::server, text, cut)), {"invalid-utf8"},
                        {.receiver = Role::client});
  }
}

TEST(FrameReceiver, KnowsWhereTheStreamStands) {
  FrameReceiver receiver({});
  EXPECT_TRUE(receiver.at_boundary());
  Bytes wire = sent(text, "Hello", false);
  for (std::size_t i = 0; i < wire.size(); ++i) {
    std::span<std::uint8_t> piece = std::span(wire).subspan(i, 1);
    receiver.next(piece);
    EXPECT_EQ(receiver.at_boundary(), i + 1 == wire.size()) << i;
  }
}

TEST(FrameReceiver, AClientTakesUnmaskedFrames) {
  expect_at_every_cut(encode(frame_from(Role::server, text, "Hello")), {"message text 'Hello'"},
                      {.receiver = Role::client});
  expect_at_every_cut(sent(text, "Hello"), {"masked-server-frame"}, {.receiver = Role::client});
}

FrameReceiver::Rules tolerating(Violation violation) {
  FrameReceiver::Rules rules;
  rules.tolerated.set(static_cast<std::size_t>(violation));
  return rules;
}

TEST(FrameReceiver, ToleratedFramesAreTakenForWhatTheyCanBe) {
  expect_at_every_cut(sent(reserved_3, "x"), {"message reserved-3 'x'"},
                      tolerating(Violation::reserved_data_opcode));
  expect_at_every_cut(sent(reserved_b, "x"), {"control reserved-b 'x'"},
                      tolerating(Violation::reserved_control_opcode));
  expect_at_every_cut(sent(continuation, "x"), {"message binary 'x'"},
                      tolerating(Violation::continuation_without_message));
  expect_at_every_cut(joined({sent(text, "lost", false), sent(binary, "x")}),
                      {"message binary 'x'"}, tolerating(Violation::message_interrupted));
  expect_at_every_cut(encode(frame_from(Role::server, text, "x")), {"message text 'x'"},
                      tolerating(Violation::unmasked_client_frame));
  expect_at_every_cut(sent(ping, std::string(200, 'p')),
                      {"control ping " + quoted(Bytes(200, 'p'))},
                      tolerating(Violation::control_frame_too_long));
  expect_at_every_cut(sent(ping, "x", false), {"control ping 'x'"},
                      tolerating(Violation::control_frame_fragmented));
}

}  // namespace
}  // namespace wsconform::frame_receiver_test
