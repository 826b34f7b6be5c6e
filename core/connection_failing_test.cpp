// How a connection is failed (RFC 6455 §7.1.7), rule by rule, and that nothing happens after it.
#include <gtest/gtest.h>

#include <set>

#include "core/for_each_split.h"
#include "core/tested_connection.h"

namespace wsconform::connection_failing_test {
namespace {

using namespace tested;

using enum Violation;
using enum Opcode;

constexpr Limits tight = {1000, 200, 300, 3, 3};

struct Row {
  Violation violation = rsv1_without_extension;
  // Of the frames that break the rule, as a client sends them unless the rule is a
  // client's to check.
  std::string hex;
  Role receiver = Role::server;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << rule_of(row.violation).name;
}

std::string masked(Opcode opcode, std::string_view payload, bool fin = true) {
  return to_hex(encode(frame_from(Role::client, opcode, payload, fin)));
}
std::string repeated(std::string_view hex, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += hex;
  return all;
}

std::vector<Row> rows() {
  return {
      {rsv1_without_extension, "c18000000000"},
      {rsv2_without_extension, "a18000000000"},
      {rsv3_without_extension, "918000000000"},
      {reserved_data_opcode, "838000000000"},
      {reserved_control_opcode, "8b8000000000"},
      {unmasked_client_frame, "8100"},
      {masked_server_frame, "818000000000", Role::client},
      {length_not_minimal, "82fe000100000000ff"},
      {length_high_bit, "82ff800000000000000000000000"},
      {control_frame_too_long, "89fe007e00000000" + repeated("61", 126)},
      {control_frame_fragmented, "098000000000"},
      {continuation_without_message, "808000000000"},
      {message_interrupted, masked(text, "a", false) + masked(text, "b")},
      {invalid_utf8, masked(text, "fine\xFF")},
      {close_payload_of_one_byte, masked(Opcode::close, "\x03")},
      {close_code_out_of_range, masked(Opcode::close, "\x03\xE7")},
      {close_code_never_sent, masked(Opcode::close, "\x03\xED")},
      {close_code_unassigned, masked(Opcode::close, "\x07\xD0")},
      {close_reason_invalid_utf8, masked(Opcode::close, "\x03\xE8\xFF")},
      {frame_too_big, "82fe00c900000000"},
      {message_too_big,
       masked(binary, std::string(200, 'a'), false) + masked(continuation, std::string(101, 'b'))},
      {too_many_fragments,
       masked(binary, "", false) + repeated(masked(continuation, "", false), 3)},
      {control_flood, repeated(masked(pong, ""), 4)},
      {malformed_deflate, "c182000000000600"},
  };
}

ConnectionOptions options_for(const Row& row) {
  ConnectionOptions options = open_as(row.receiver);
  options.limits = tight;
  if (row.violation == malformed_deflate) options.deflate.emplace();
  return options;
}

// The endpoint's frames of the messages that came before the failure are no part of it.
class Failing : public testing::TestWithParam<Row> {
 protected:
  const Row& row_ = GetParam();
  const Rule& rule_ = rule_of(row_.violation);
  const Bytes wire_ = *from_hex(row_.hex);
  const std::string mask_ = row_.receiver == Role::client ? ", masked" : "";
};
INSTANTIATE_TEST_SUITE_P(Rules, Failing, testing::ValuesIn(rows()), [](const auto& test) {
  std::string name(rule_of(test.param.violation).name);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

std::string without_reason(const std::string& line) {
  return line.substr(0, line.find(" '"));
}

TEST_P(Failing, SendsOneCloseWithTheRulesCodeAndTellsItAtEveryCut) {
  const std::string code = std::to_string(rule_.close_code);
  for_each_split(wire_, [&](const std::vector<ByteView>& pieces) {
    TestedConnection it(options_for(row_));
    it.receive_pieces(pieces);
    it.receive(*from_hex(masked(ping, "after")));
    it.receive(close_from(peer_of(row_.receiver), 1000));
    it.connection.send_message(text, bytes_of("after"));
    it.receive_end();
    const Lines frames = it.frames();
    ASSERT_EQ(frames.size(), 1u);
    EXPECT_EQ(without_reason(frames[0]), "close " + code);
    ASSERT_GE(it.events.size(), 2u);
    EXPECT_EQ(it.events[it.events.size() - 2], "failed " + code + ": " + std::string(rule_.name));
    EXPECT_EQ(it.events.back(), "closed unclean 1006");
  });
}

TEST_P(Failing, AServerEndsAtOnceAndAClientAwaitsTheServersEnd) {
  TestedConnection it(options_for(row_));
  it.receive(wire_);
  const bool server = row_.receiver == Role::server;
  EXPECT_EQ(it.connection.state(), server ? State::closed : State::closing);
  EXPECT_EQ(it.connection.wants_close(), server);
  it.receive_end();
  EXPECT_TRUE(it.connection.wants_close());
}

TEST_P(Failing, SendsNoSecondClose) {
  TestedConnection it(options_for(row_));
  it.connection.send_close(1000);
  it.receive(wire_);
  it.receive_end();
  EXPECT_EQ(it.frames(), Lines{"close 1000 ''" + mask_});
  EXPECT_EQ(it.events[it.events.size() - 2], "failed 0: " + std::string(rule_.name));
}

TEST_P(Failing, FailsWithAnotherCodeWhereThatIsAsked) {
  ConnectionOptions options = options_for(row_);
  options.close_code = [](Violation) { return std::uint16_t{4000}; };
  TestedConnection it(options);
  it.receive(wire_);
  EXPECT_EQ(without_reason(it.frames().at(0)), "close 4000");
}

TEST_P(Failing, LetsAToleratedRulePass) {
  ConnectionOptions options = options_for(row_);
  options.tolerated.set(static_cast<std::size_t>(row_.violation));
  TestedConnection it(options);
  it.receive(wire_);
  for (const std::string& line : it.events)
    EXPECT_EQ(line.find(rule_.name), std::string::npos) << line;
}

TEST(FailingRules, CoverEveryViolation) {
  std::set<Violation> covered;
  for (const Row& row : rows()) covered.insert(row.violation);
  EXPECT_EQ(covered.size(), violation_count);
}

TEST(FailingText, FailsBeforeTheFrameIsThereAtEveryCut) {
  const Bytes wire =
      joined({*from_hex("81ff000000000010000000000000"), to_bytes("fine, then \xED\xA0")});
  for_each_split(wire, [&](const std::vector<ByteView>& pieces) {
    TestedConnection it(open_as(Role::server));
    it.receive_pieces(pieces);
    EXPECT_EQ(it.events, (Lines{"failed 1007: invalid-utf8", "closed unclean 1006"}));
  });
}

TEST(FailingLengths, ADeclaredLengthReservesNothing) {
  ConnectionOptions options = open_as(Role::server);
  options.limits.max_frame = options.limits.max_message = UINT64_MAX;
  TestedConnection it(options);
  it.receive(*from_hex("82ff7fffffffffffffff00000000"));
  for (int i = 0; i < 100; ++i) it.receive(Bytes(100));
  EXPECT_EQ(it.events, Lines{});
  EXPECT_EQ(it.connection.state(), State::open);
}

TEST(FailingControls, ControlFramesAreCountedByTheSecond) {
  ConnectionOptions options = open_as(Role::server);
  options.limits.max_controls_per_second = 2;
  TestedConnection it(options);
  for (int second = 0; second < 5; ++second) {
    it.tick_after(std::chrono::seconds(second));
    it.receive(*from_hex(repeated(masked(pong, ""), 2)));
  }
  EXPECT_EQ(it.events, Lines(10, "pong ''"));
  it.receive(*from_hex(masked(ping, "")));
  EXPECT_EQ(it.events.at(10), "failed 1008: control-flood");
}

}  // namespace
}  // namespace wsconform::connection_failing_test
