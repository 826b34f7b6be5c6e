#include "runner/conversation/frame_watch.h"

#include <gtest/gtest.h>

#include <utility>

#include "core/for_each_split.h"
#include "core/tested_connection.h"
#include "reports/results/case_result.h"
#include "runner/conversation/offence_words.h"

namespace wsconform::frame_watch_test {
namespace {

using tested::close_from;
using tested::frame_from;
using tested::joined;
using tested::Lines;

Bytes from_target(Opcode opcode, std::string_view payload = {}, bool fin = true) {
  return encode(frame_from(Role::server, opcode, payload, fin));
}

struct ObservationLine {
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
  std::string operator()(const Offence& saw) const { return "offence: " + words_for(saw); }
};

// A watch in the hands of a test: what it observes comes out as lines.
class ObservedFrames {
 public:
  explicit ObservedFrames(Role under_test = Role::server) : watch(under_test, log) {}

  void receive(ByteView bytes) {
    for (const FrameObservation& each : watch.receive(bytes, tested::test_start))
      seen_.push_back(std::visit(ObservationLine{}, each));
  }
  void receive(std::string_view text) { receive(bytes_of(text)); }
  Lines seen() { return std::exchange(seen_, {}); }

  WireLog log{tested::test_start};
  FrameWatch watch;

 private:
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

class FramesOfAServer : public testing::TestWithParam<Row> {};

TEST_P(FramesOfAServer, AreObservedTheSameHoweverTheyAreCut) {
  for_each_split(GetParam().stream, [](const std::vector<ByteView>& pieces) {
    ObservedFrames target;
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
    {"Frames",
     joined({from_target(Opcode::text, "a"), from_target(Opcode::ping, "p"),
             from_target(Opcode::pong), close_from(Role::server, 1000)}),
     {"text 'a' of 1", "ping 'p'", "pong ''", "close 1000"}},
    {"Fragments",
     joined({from_target(Opcode::binary, "a", false), from_target(Opcode::ping),
             from_target(Opcode::continuation, "b")}),
     {"ping ''", "binary 'ab' of 2"}},
    {"CloseWithoutACode", joined({from_target(Opcode::close)}), {"close without a code"}},
    {"PingAfterItsClose",
     joined({close_from(Role::server, 1000), from_target(Opcode::ping)}),
     {"close 1000", "behind its Close ping ''"}},
    {"SecondClose",
     joined({close_from(Role::server, 1000), close_from(Role::server, 1000)}),
     {"close 1000", "behind its Close close '\x03\xe8'"}},
    {"DataAfterItsClose",
     joined({close_from(Role::server, 1000), from_target(Opcode::text, "a")}),
     {"close 1000", "offence: The target sent data after its Close (RFC 6455 §5.5.1)"}},
    {"Masked",
     joined({masked("a")}),
     {breaks("5.1 (masked-server-frame)", "Text, 1 byte, masked 0x37fa213d"), "text 'a' of 1"}},
    {"Rsv1",
     joined({with_rsv1()}),
     {breaks("5.2 (rsv1-without-extension)", "Text, RSV1, 1 byte"), "text 'a' of 1"}},
    {"ReservedOpcode",
     joined({from_target(Opcode::reserved_b)}),
     {breaks("5.2 (reserved-control-opcode)", "Reserved-b, 0 bytes")}},
    {"ContinuationOfNothing",
     joined({from_target(Opcode::continuation, "a")}),
     {breaks("5.4 (continuation-without-message)", "Continuation, 1 byte"), "text 'a' of 1"}},
    {"TextThatIsNotUtf8",
     joined({from_target(Opcode::text, "\xc0")}),
     {"offence: The target sent a text message that is not UTF-8 (RFC 6455 §8.1)",
      "text '\xc0' of 1"}},
    {"CloseWithACodeOfNobody",
     joined({close_from(Role::server, 1005)}),
     {breaks("7.4.1 (close-code-never-sent)", "Close, 2 bytes"), "close 1005"}},
    {"CloseOfOneByte",
     joined({from_target(Opcode::close, "x")}),
     {breaks("5.5.1 (close-payload-of-one-byte)", "Close, 1 byte"), "close without a code"}},
};
INSTANTIATE_TEST_SUITE_P(Of, FramesOfAServer, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(FrameWatch, JudgesAHeaderBeforeItsPayloadHasCome) {
  ObservedFrames target;
  target.receive("HT");
  const Lines once = target.seen();
  ASSERT_EQ(once.size(), 1U);
  EXPECT_TRUE(once.front().starts_with("offence: The target sent a frame that breaks")) << once[0];
  target.receive("TP/1.1 400 Bad Request");
  EXPECT_EQ(target.seen(), Lines{}) << "told once";
  target.receive(std::string(84, ' '));
  EXPECT_EQ(target.seen().front(), "close 21584");
}

TEST(FrameWatch, JudgesDataBehindACloseByItsHeader) {
  ObservedFrames target;
  target.receive(joined({from_target(Opcode::close)}));
  target.seen();
  const Bytes late = from_target(Opcode::binary, "late");
  target.receive(ByteView(late).first(3));
  EXPECT_EQ(target.seen(),
            Lines{"offence: The target sent data after its Close (RFC 6455 §5.5.1)"});
  target.receive(ByteView(late).subspan(3));
  EXPECT_EQ(target.seen(), Lines{}) << "told once";
}

// The first Close is the one that is answered.
TEST(FrameWatch, MayBeGivenBackTheFirstOfTwoCodes) {
  ObservedFrames target;
  target.watch.may_give_back(1010);
  target.watch.may_give_back(999);
  target.receive(joined({close_from(Role::server, 1010)}));
  EXPECT_EQ(target.seen(), Lines{"close 1010"});
}

TEST(FrameWatch, CountsWhatItDoesNotKeepOfAMessage) {
  ObservedFrames target;
  target.receive(joined({from_target(Opcode::binary, std::string(70'000, 'a'))}));
  const std::string kept = "'" + std::string(40, 'a') + "'... 65536";
  EXPECT_EQ(target.seen().back(), "binary " + kept + " of 70000");
}

TEST(FrameWatch, KeepsAsMuchOfAMessageAsItIsAskedTo) {
  ObservedFrames target;
  target.watch.keep(70'000);
  target.receive(joined({from_target(Opcode::text, std::string(69'999, 'a'), false),
                         from_target(Opcode::continuation, "b")}));
  EXPECT_EQ(target.seen().back(), "text '" + std::string(40, 'a') + "'... 70000 of 70000");
}

// The log is given the beginning alone, and that may end inside a character.
TEST(FrameWatch, ShowsTheTextOfALongMessage) {
  ObservedFrames target;
  std::string text = "a";
  while (text.size() < 1000) text += "é";
  target.receive(joined({from_target(Opcode::text, text)}));
  CaseResult result;
  target.log.move_into(result);
  ASSERT_EQ(result.wire.back().details.size(), 1U);
  EXPECT_TRUE(result.wire.back().details[0].starts_with("\"aéé"));
  EXPECT_EQ(result.wire.back().size, 4 + text.size());
  EXPECT_EQ(result.wire.back().bytes.size(), 256U);
}

class CloseCodeGivenBack : public testing::TestWithParam<std::uint16_t> {};

TEST_P(CloseCodeGivenBack, IsNoOffence) {
  const Bytes stream = joined({close_from(Role::server, GetParam())});
  ObservedFrames asked;
  asked.watch.may_give_back(GetParam());
  asked.receive(stream);
  EXPECT_EQ(asked.seen().size(), 1U);
  ObservedFrames unasked;
  unasked.receive(stream);
  EXPECT_EQ(unasked.seen().size(), 2U);
}
INSTANTIATE_TEST_SUITE_P(Code, CloseCodeGivenBack, testing::Values(1010, 1016, 2999));

TEST(FrameWatch, TakesNoCodeBackThatMayNeverBeSent) {
  ObservedFrames target;
  target.watch.may_give_back(1006);
  target.receive(joined({close_from(Role::server, 1006)}));
  EXPECT_EQ(target.seen().at(0), breaks("7.4.1 (close-code-never-sent)", "Close, 2 bytes"));
}

TEST(FrameWatch, HoldsAClientToItsMask) {
  ObservedFrames target(Role::client);
  target.receive(masked("a"));
  EXPECT_EQ(target.seen(), Lines{"text 'a' of 1"});
  target.receive(from_target(Opcode::text, "a"));
  EXPECT_EQ(target.seen().front(), breaks("5.1 (unmasked-client-frame)", "Text, 1 byte"));
}

}  // namespace
}  // namespace wsconform::frame_watch_test
