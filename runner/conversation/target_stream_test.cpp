#include "runner/conversation/target_stream.h"

#include <gtest/gtest.h>

#include <utility>

#include "core/for_each_split.h"
#include "core/tested_connection.h"
#include "reports/results/case_result.h"

namespace wsconform {
namespace {

using tested::close_from;
using tested::frame_from;
using tested::joined;
using tested::Lines;

const Bytes upgrade = to_bytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");

Bytes from_target(Opcode opcode, std::string_view payload = {}, bool fin = true) {
  return encode(frame_from(Role::server, opcode, payload, fin));
}
Bytes upgraded_then(std::initializer_list<Bytes> frames) {
  return joined({upgrade, joined(frames)});
}

struct ObservationLine {
  std::string operator()(const SawResponse& saw) const {
    return "response " + std::to_string(saw.status) + (saw.body.empty() ? "" : " " + saw.body);
  }
  std::string operator()(const SawInterim& saw) const {
    return "interim " + std::to_string(saw.status);
  }
  std::string operator()(const SawMessage& saw) const {
    return std::string(name_of(saw.opcode)) + " " + tested::quoted(saw.payload) + " of " +
           std::to_string(saw.size);
  }
  std::string operator()(const SawPing& saw) const { return "ping " + tested::quoted(saw.payload); }
  std::string operator()(const SawPong& saw) const { return "pong " + tested::quoted(saw.payload); }
  std::string operator()(const SawClose& saw) const {
    return "close " + (saw.code ? std::to_string(*saw.code) : "without a code");
  }
  std::string operator()(const SawBehindClose& saw) const {
    return "behind its Close " + std::string(name_of(saw.opcode)) + " " +
           tested::quoted(saw.payload);
  }
  std::string operator()(const SawStray& saw) const { return "stray " + std::to_string(saw.size); }
  std::string operator()(const Offence& saw) const { return "offence: " + saw.says; }
};

// A stream in the hands of a test: what it observes comes out as lines.
class ObservedStream {
 public:
  void receive(ByteView bytes) { take(stream.receive(bytes, tested::test_start)); }
  void receive(std::string_view text) { receive(bytes_of(text)); }
  void receive_end() { take(stream.receive_end(tested::test_start)); }
  Lines seen() { return std::exchange(seen_, {}); }

  WireLog log{tested::test_start};
  TargetStream stream{Role::server, log};

 private:
  void take(std::vector<Observation> observations) {
    for (const Observation& each : observations) {
      seen_.push_back(std::visit(ObservationLine{}, each));
    }
  }

  Lines seen_;
};

struct Row {
  std::string_view name;
  Bytes stream;
  Lines seen;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class StreamOfATarget : public testing::TestWithParam<Row> {};

TEST_P(StreamOfATarget, IsObservedTheSameHoweverItIsCut) {
  for_each_split(GetParam().stream, [](const std::vector<ByteView>& pieces) {
    ObservedStream target;
    for (const ByteView piece : pieces) target.receive(piece);
    ASSERT_EQ(target.seen(), GetParam().seen) << "in " << pieces.size() << " pieces";
  });
}

std::string breaks(std::string_view rule, std::string_view frame) {
  return "offence: The target sent a frame that breaks RFC 6455 §" + std::string(rule) + ": " +
         std::string(frame);
}
Bytes masked(std::string_view payload) {
  return encode(frame_from(Role::client, Opcode::text, payload));
}
Bytes with_rsv1() {
  Frame frame = frame_from(Role::server, Opcode::text, "a");
  frame.header.rsv1 = true;
  return encode(frame);
}

const Row rows[] = {
    {"Upgrade", upgrade, {"response 101"}},
    {"NoStatusLine", to_bytes("hello\r\n\r\n"), {}},
    {"Refusal",
     to_bytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"),
     {"response 400 no"}},
    {"RefusalWithoutBody",
     to_bytes("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n"),
     {"response 426"}},
    {"RefusalInChunks",
     to_bytes("HTTP/1.1 400 B\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"),
     {"response 400 no"}},
    {"InterimResponseBefore",
     joined({to_bytes("HTTP/1.1 100 Continue\r\n\r\n"), upgrade}),
     {"interim 100", "response 101"}},
    {"BodyThatCannotBeToldApart",
     to_bytes("HTTP/1.1 400 B\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nn"),
     {"offence: The target sent a response whose body cannot be told apart (RFC 9112 §6, §7.1)"}},
    {"Frames",
     upgraded_then({from_target(Opcode::text, "a"), from_target(Opcode::ping, "p"),
                    from_target(Opcode::pong), close_from(Role::server, 1000)}),
     {"response 101", "text 'a' of 1", "ping 'p'", "pong ''", "close 1000"}},
    {"Fragments",
     upgraded_then({from_target(Opcode::binary, "a", false), from_target(Opcode::ping),
                    from_target(Opcode::continuation, "b")}),
     {"response 101", "ping ''", "binary 'ab' of 2"}},
    {"CloseWithoutACode",
     upgraded_then({from_target(Opcode::close)}),
     {"response 101", "close without a code"}},
    {"PingAfterItsClose",
     upgraded_then({close_from(Role::server, 1000), from_target(Opcode::ping)}),
     {"response 101", "close 1000", "behind its Close ping ''"}},
    {"SecondClose",
     upgraded_then({close_from(Role::server, 1000), close_from(Role::server, 1000)}),
     {"response 101", "close 1000", "behind its Close close '\x03\xe8'"}},
    {"DataAfterItsClose",
     upgraded_then({close_from(Role::server, 1000), from_target(Opcode::text, "a")}),
     {"response 101", "close 1000",
      "offence: The target sent data after its Close (RFC 6455 §5.5.1)"}},
    {"Masked",
     upgraded_then({masked("a")}),
     {"response 101", breaks("5.1 (masked-server-frame)", "Text, 1 byte, masked 0x37fa213d"),
      "text 'a' of 1"}},
    {"Rsv1",
     upgraded_then({with_rsv1()}),
     {"response 101", breaks("5.2 (rsv1-without-extension)", "Text, RSV1, 1 byte"),
      "text 'a' of 1"}},
    {"ReservedOpcode",
     upgraded_then({from_target(Opcode::reserved_b)}),
     {"response 101", breaks("5.2 (reserved-control-opcode)", "Reserved-b, 0 bytes")}},
    {"ContinuationOfNothing",
     upgraded_then({from_target(Opcode::continuation, "a")}),
     {"response 101", breaks("5.4 (continuation-without-message)", "Continuation, 1 byte"),
      "text 'a' of 1"}},
    {"TextThatIsNotUtf8",
     upgraded_then({from_target(Opcode::text, "\xc0")}),
     {"response 101", "offence: The target sent a text message that is not UTF-8 (RFC 6455 §8.1)",
      "text '\xc0' of 1"}},
    {"CloseWithACodeOfNobody",
     upgraded_then({close_from(Role::server, 1005)}),
     {"response 101", breaks("7.4.1 (close-code-never-sent)", "Close, 2 bytes"), "close 1005"}},
    {"CloseOfOneByte",
     upgraded_then({from_target(Opcode::close, "x")}),
     {"response 101", breaks("5.5.1 (close-payload-of-one-byte)", "Close, 1 byte"),
      "close without a code"}},
};
INSTANTIATE_TEST_SUITE_P(Of, StreamOfATarget, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(TargetStream, CompletesABodyThatTheEndOfTheStreamDelimits) {
  ObservedStream target;
  target.receive("HTTP/1.1 400 Bad Request\r\n\r\nno");
  EXPECT_EQ(target.seen(), Lines{});
  target.receive_end();
  EXPECT_EQ(target.seen(), Lines{"response 400 no"});
}

TEST(TargetStream, DoesNotCompleteABodyThatEndsTooEarly) {
  ObservedStream target;
  target.receive("HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nno");
  target.receive_end();
  EXPECT_EQ(target.seen(), Lines{});
  EXPECT_TRUE(target.stream.response_begun());
}

TEST(TargetStream, KnowsThatAResponseToHeadHasNoBody) {
  ObservedStream target;
  target.stream.sent_method("HEAD");
  target.receive("HTTP/1.1 405 No\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(target.seen(), Lines{"response 405"});
}

TEST(TargetStream, SeesBytesAfterARefusal) {
  ObservedStream target;
  target.receive("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\nHTTP");
  target.receive("/1.1");
  EXPECT_EQ(target.seen(), (Lines{"response 400", "stray 4", "stray 4"}));
}

TEST(TargetStream, JudgesAHeaderBeforeItsPayloadHasCome) {
  ObservedStream target;
  target.receive(upgrade);
  target.seen();
  target.receive("HT");
  const Lines once = target.seen();
  ASSERT_EQ(once.size(), 1U);
  EXPECT_TRUE(once.front().starts_with("offence: The target sent a frame that breaks")) << once[0];
  target.receive("TP/1.1 400 Bad Request");
  EXPECT_EQ(target.seen(), Lines{}) << "told once";
  target.receive(std::string(84, ' '));
  EXPECT_EQ(target.seen().front(), "close 21584");
}

TEST(TargetStream, JudgesDataBehindACloseByItsHeader) {
  ObservedStream target;
  target.receive(upgraded_then({from_target(Opcode::close)}));
  target.seen();
  const Bytes late = from_target(Opcode::binary, "late");
  target.receive(ByteView(late).first(3));
  EXPECT_EQ(target.seen(),
            Lines{"offence: The target sent data after its Close (RFC 6455 §5.5.1)"});
  target.receive(ByteView(late).subspan(3));
  EXPECT_EQ(target.seen(), Lines{}) << "told once";
}

TEST(TargetStream, KnowsThatAResponseHasBegun) {
  ObservedStream target;
  EXPECT_FALSE(target.stream.response_begun());
  target.receive("H");
  EXPECT_TRUE(target.stream.response_begun());
}

TEST(TargetStream, BoundsTheHeadThatItTakes) {
  ObservedStream target;
  target.receive("HTTP/1.1 400 B\r\n");
  for (int i = 0; i < 70; ++i) target.receive(std::string(1000, 'a'));
  EXPECT_EQ(target.seen().front(),
            "offence: The target sent more than 65536 bytes of a response head");
  EXPECT_FALSE(target.stream.upgraded());
}

TEST(TargetStream, CountsWhatItDoesNotKeepOfAMessage) {
  ObservedStream target;
  target.receive(upgraded_then({from_target(Opcode::binary, std::string(70'000, 'a'))}));
  const std::string kept = "'" + std::string(40, 'a') + "'... 65536";
  EXPECT_EQ(target.seen().back(), "binary " + kept + " of 70000");
}

TEST(TargetStream, KeepsAsMuchOfAMessageAsItIsAskedTo) {
  ObservedStream target;
  target.stream.keep(70'000);
  target.receive(upgraded_then({from_target(Opcode::text, std::string(69'999, 'a'), false),
                                from_target(Opcode::continuation, "b")}));
  EXPECT_EQ(target.seen().back(), "text '" + std::string(40, 'a') + "'... 70000 of 70000");
}

// The log is given the beginning alone, and that may end inside a character.
TEST(TargetStream, ShowsTheTextOfALongMessage) {
  ObservedStream target;
  std::string text = "a";
  while (text.size() < 1000) text += "é";
  target.receive(upgraded_then({from_target(Opcode::text, text)}));
  CaseResult result;
  target.log.move_into(result);
  ASSERT_EQ(result.wire.back().details.size(), 1U);
  EXPECT_TRUE(result.wire.back().details[0].starts_with("\"aéé"));
  EXPECT_EQ(result.wire.back().size, 4 + text.size());
  EXPECT_EQ(result.wire.back().bytes.size(), 256U);
}

class CloseCodeGivenBack : public testing::TestWithParam<std::uint16_t> {};

TEST_P(CloseCodeGivenBack, IsNoOffence) {
  const Bytes stream = upgraded_then({close_from(Role::server, GetParam())});
  ObservedStream asked;
  asked.stream.may_give_back(GetParam());
  asked.receive(stream);
  EXPECT_EQ(asked.seen().size(), 2U);
  ObservedStream unasked;
  unasked.receive(stream);
  EXPECT_EQ(unasked.seen().size(), 3U);
}
INSTANTIATE_TEST_SUITE_P(Code, CloseCodeGivenBack, testing::Values(1010, 1016, 2999));

TEST(TargetStream, TakesNoCodeBackThatMayNeverBeSent) {
  ObservedStream target;
  target.stream.may_give_back(1006);
  target.receive(upgraded_then({close_from(Role::server, 1006)}));
  EXPECT_EQ(target.seen().at(1), breaks("7.4.1 (close-code-never-sent)", "Close, 2 bytes"));
}

TEST(TargetStream, CountsEverythingThatCame) {
  ObservedStream target;
  target.receive(upgrade);
  target.receive(from_target(Opcode::ping));
  EXPECT_EQ(target.stream.received(), upgrade.size() + 2);
}

}  // namespace
}  // namespace wsconform
