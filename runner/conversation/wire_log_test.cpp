#include "runner/conversation/wire_log.h"

#include <gtest/gtest.h>

#include "core/tested_connection.h"
#include "reports/results/case_result.h"

namespace wsconform::wire_log_test {
namespace {

using Direction = WireEntry::Direction;
using Kind = WireEntry::Kind;
using std::chrono::milliseconds;

TEST(WordsForFrame, SayWhatDiffersFromAPlainFrame) {
  FrameHeader header = header_for(Opcode::ping, 126);
  EXPECT_EQ(words_for(header), "Ping, 126 bytes");
  header.fin = false;
  header.rsv1 = header.rsv2 = header.rsv3 = true;
  header.masking_key = MaskingKey{0x1a, 0x2b, 0x3c, 0x4d};
  EXPECT_EQ(words_for(header), "Ping, not FIN, RSV1, RSV2, RSV3, 126 bytes, masked 0x1a2b3c4d");
}

TEST(WordsForFrame, SayALengthThatIsNotTheShortest) {
  FrameHeader header = header_for(Opcode::reserved_3, 1);
  header.length_form = LengthForm::bits16;
  EXPECT_EQ(words_for(header), "Reserved-3, 1 byte in a 16-bit length");
  header.length_form = LengthForm::bits64;
  EXPECT_EQ(words_for(header), "Reserved-3, 1 byte in a 64-bit length");
}

struct CloseRow {
  std::string_view name;
  Bytes payload;
  std::string_view words;
};
void PrintTo(const CloseRow& row, std::ostream* out) {
  *out << row.name;
}

class WordsForClose : public testing::TestWithParam<CloseRow> {};

TEST_P(WordsForClose, TellCodeAndReason) {
  EXPECT_EQ(words_for_close(GetParam().payload), GetParam().words);
}

const CloseRow closes[] = {
    {"Empty", {}, "Close without a code"},
    {"OneByte", to_bytes("x"), "Close with a payload of one byte"},
    {"Known", encode_close_payload(1002), "Close 1002 (protocol error)"},
    {"Unknown", encode_close_payload(4999), "Close 4999"},
    {"Reason", encode_close_payload(4999, "a\nb"), R"(Close 4999, reason "a\x0ab")"},
};
INSTANTIATE_TEST_SUITE_P(Payload, WordsForClose, testing::ValuesIn(closes),
                         [](const auto& row) { return std::string(row.param.name); });

class WireLogTest : public testing::Test {
 protected:
  static constexpr Instant began = tested::test_start;

  void log_frame(Direction direction, Opcode opcode, std::string_view payload,
                 const Rule* broken = nullptr) {
    const Frame frame = tested::frame_from(Role::server, opcode, payload);
    log_.frame(began, direction, frame.header, frame.payload, encode(frame), broken);
  }
  CaseResult result() {
    CaseResult made;
    log_.move_into(made);
    return made;
  }
  WireEntry only_entry() { return result().wire.at(0); }

  WireLog log_{began};
};

TEST_F(WireLogTest, CountsTimeFromItsBeginning) {
  log_.event(began + milliseconds(1500), "TCP is connected");
  const WireEntry entry = only_entry();
  EXPECT_EQ(entry.at_ms, 1500.0);
  EXPECT_EQ(entry.direction, Direction::event);
  EXPECT_EQ(entry.kind, Kind::event);
  EXPECT_EQ(entry.says, "TCP is connected");
}

TEST_F(WireLogTest, TellsConnectionsApart) {
  log_.event(began, "first");
  log_.connection(1);
  log_.event(began, "second");
  const CaseResult kept = result();
  EXPECT_EQ(kept.wire.at(0).connection, 0);
  EXPECT_EQ(kept.wire.at(1).connection, 1);
}

TEST_F(WireLogTest, ShowsAHeadLineByLine) {
  const std::string text = "HTTP/1.1 400 Bad\r\nServer: \"x\"\r\n\r\n";
  log_.head(began, Direction::received, parse_head(text), bytes_of(text));
  const WireEntry entry = only_entry();
  EXPECT_EQ(entry.kind, Kind::head);
  EXPECT_EQ(entry.says, "HTTP/1.1 400 Bad");
  EXPECT_EQ(entry.details, (std::vector<std::string>{R"(Server: "x")"}));
  EXPECT_EQ(text_of(entry.bytes), text);
}

TEST_F(WireLogTest, HidesWhatLetsIn) {
  log_.keep_secret("open sesame", "");
  const std::string text = "GET /?t=open sesame HTTP/1.1\r\nCookie: id=open sesame\r\n\r\n";
  log_.head(began, Direction::sent, parse_head(text), bytes_of(text));
  const WireEntry entry = only_entry();
  EXPECT_EQ(entry.says, "GET /?t=*********** HTTP/1.1");
  EXPECT_EQ(entry.details, (std::vector<std::string>{"Cookie: id=***********"}));
  EXPECT_EQ(text_of(entry.bytes), "GET /?t=*********** HTTP/1.1\r\nCookie: id=***********\r\n\r\n");
  EXPECT_EQ(entry.size, text.size());
}

TEST_F(WireLogTest, HidesItAtTheCutAndBehindIt) {
  log_.keep_secret("open sesame", "");
  const std::string line = "GET /" + std::string(190, 'a') + "open sesame HTTP/1.1";
  const std::string field = "X: " + std::string(256 - line.size() - 11, 'b') + "open sesame";
  const std::string text = line + "\r\n" + field + "\r\n\r\n";
  log_.head(began, Direction::sent, parse_head(text), bytes_of(text));
  const WireEntry entry = only_entry();
  EXPECT_EQ(entry.says, "GET /" + std::string(190, 'a') + "***** ...");
  EXPECT_EQ(text_of(entry.bytes).substr(250), "******");
}

TEST_F(WireLogTest, HidesTheCookieThatTheTargetSets) {
  const std::string text = "HTTP/1.1 101 Welcome\r\nSet-Cookie: id=sesame42; Path=/\r\n\r\n";
  log_.head(began, Direction::received, parse_head(text), bytes_of(text));
  log_frame(Direction::received, Opcode::text, "you are sesame42");
  CaseResult made = result();
  EXPECT_EQ(made.wire[0].details[0], "Set-Cookie: id=********; Path=/");
  EXPECT_EQ(made.wire[1].details[0], "\"you are ********\"");
  EXPECT_EQ(text_of(made.wire[1].bytes).substr(2), "you are ********");
}

TEST_F(WireLogTest, HidesItInWhatTheResultTells) {
  log_.keep_secret("open sesame", "");
  CaseResult made;
  made.reason = "It said \"open sesame\".";
  made.received = "Close 4999, reason \"no open sesame\"";
  made.notes = {"open sesame"};
  log_.move_into(made);
  EXPECT_EQ(made.reason, "It said \"***********\".");
  EXPECT_EQ(made.received, "Close 4999, reason \"no ***********\"");
  EXPECT_EQ(made.notes[0], "***********");
}

TEST_F(WireLogTest, CutsLongLinesOfAHead) {
  HttpHead head;
  head.start_line = "GET /" + std::string(300, 'a');
  head.add("X", std::string(300, 'b'));
  log_.head(began, Direction::sent, head, {});
  const WireEntry entry = only_entry();
  EXPECT_EQ(entry.says, "GET /" + std::string(195, 'a') + " ...");
  EXPECT_EQ(entry.details.at(0), "X: " + std::string(197, 'b') + " ...");
}

TEST_F(WireLogTest, CutsAHeadOfManyLines) {
  HttpHead head;
  for (int i = 0; i < 50; ++i) head.add("X", "y");
  log_.head(began, Direction::sent, head, {});
  const WireEntry entry = only_entry();
  EXPECT_EQ(entry.details.size(), 41U);
  EXPECT_EQ(entry.details.back(), "... 50 field lines in all");
}

TEST_F(WireLogTest, ShowsBodiesAndBytes) {
  log_.body(began, Direction::received, to_bytes("abc"));
  log_.bytes(began, Direction::sent, to_bytes("abcd"));
  const CaseResult kept = result();
  EXPECT_EQ(kept.wire.at(0).says, "3 bytes of body");
  EXPECT_EQ(kept.wire.at(0).kind, Kind::body);
  EXPECT_EQ(kept.wire.at(1).says, "4 bytes");
  EXPECT_EQ(kept.wire.at(1).kind, Kind::bytes);
}

TEST_F(WireLogTest, ShowsTheTextOfAFrame) {
  log_frame(Direction::received, Opcode::text, "Hello");
  const WireEntry entry = only_entry();
  EXPECT_EQ(entry.says, "Text, 5 bytes");
  EXPECT_EQ(entry.details, (std::vector<std::string>{"\"Hello\""}));
  EXPECT_EQ(to_hex(entry.bytes), "810548656c6c6f");
  EXPECT_EQ(entry.size, 7U);
}

TEST_F(WireLogTest, ShowsNoPayloadThatIsNoText) {
  log_frame(Direction::received, Opcode::binary, "Hello");
  log_frame(Direction::received, Opcode::text, "\xc0");
  const CaseResult kept = result();
  EXPECT_TRUE(kept.wire.at(0).details.empty());
  EXPECT_TRUE(kept.wire.at(1).details.empty());
}

TEST_F(WireLogTest, NamesTheRuleThatAFrameBreaks) {
  log_frame(Direction::received, Opcode::text, "a", &rule_of(Violation::masked_server_frame));
  EXPECT_EQ(only_entry().violation, "masked-server-frame");
}

TEST_F(WireLogTest, KeepsTheFirstBytesOfAFrameAndItsWholeSize) {
  const FrameHeader header = header_for(Opcode::binary, 100'000);
  log_.frame(began, Direction::received, header, {}, Bytes(1000, 0x61));
  const WireEntry entry = only_entry();
  EXPECT_EQ(entry.bytes.size(), 256U);
  EXPECT_EQ(entry.size, 100'010U);
}

TEST_F(WireLogTest, KeepsTheFirstAndTheLastEntries) {
  for (int i = 0; i < 100; ++i) log_.event(began, std::to_string(i));
  const CaseResult kept = result();
  ASSERT_EQ(kept.wire.size(), 80U);
  EXPECT_EQ(kept.wire.at(59).says, "59");
  EXPECT_EQ(kept.wire.at(60).says, "80");
  EXPECT_EQ(kept.wire.back().says, "99");
  EXPECT_EQ(kept.wire_left_out, 20U);
}

TEST_F(WireLogTest, KeepsFewerEntriesThatAreLarge) {
  const std::string large(1000, 'x');
  for (int i = 0; i < 100; ++i) log_.event(began, large);
  log_.event(began, "last");
  const CaseResult kept = result();
  std::size_t size = 0;
  for (const WireEntry& entry : kept.wire) size += entry.says.size();
  EXPECT_GT(size, 10'000U);
  EXPECT_LT(size, 16'000U);
  EXPECT_EQ(kept.wire.back().says, "last");
  EXPECT_EQ(kept.wire.size() + kept.wire_left_out, 101U);
}

}  // namespace
}  // namespace wsconform::wire_log_test
