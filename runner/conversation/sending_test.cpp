#include "runner/conversation/sending.h"

#include <gtest/gtest.h>

#include "core/tested_connection.h"
#include "reports/results/case_result.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform {
namespace {

TargetProfile profile() {
  TargetProfile target;
  target.address.host = "example.org";
  return target;
}

class SendingTest : public testing::Test {
 protected:
  static constexpr Instant now = tested::test_start;

  template <typename Kind>
  void send(std::string_view step) {
    sending_.send(step_of<Kind>(step), exchange_, now);
  }
  void send_frame(std::string_view step) { send<SendFrame>(step); }
  // "write text 'a', masked"; a head by its first line.
  tested::Lines actions() {
    tested::Lines lines;
    for (const Action& action : sending_.take_actions()) {
      const auto* write = std::get_if<Write>(&action);
      if (const auto* open = std::get_if<OpenConnection>(&action))
        lines.emplace_back(open->ends_earlier ? "end, open" : "open");
      if (std::holds_alternative<EndSending>(action)) lines.emplace_back("end");
      if (std::holds_alternative<CutLine>(action)) lines.emplace_back("cut");
      if (write != nullptr) lines.push_back("write " + shown(write->bytes));
    }
    return lines;
  }
  tested::Lines flushed() {
    sending_.flush();
    return actions();
  }
  WireEntry logged() {
    CaseResult result;
    log_.move_into(result);
    return result.wire.at(0);
  }
  void upgrade() { exchange_.receive(bytes_of("HTTP/1.1 101 S\r\n\r\n"), now); }

  TargetProfile target_ = profile();
  WireLog log_{now};
  Exchange exchange_{Role::server, true, log_, now};
  Sending sending_{target_, log_, 7};

 private:
  static std::string shown(ByteView wire) {
    const std::string_view text = text_of(wire);
    if (text.starts_with("GET ")) return std::string(text.substr(0, text.find('\r')));
    std::string all;
    for (const std::string& line : tested::lines_of_frames(wire)) {
      all += (all.empty() ? "" : "; ") + line;
    }
    return all;
  }
};

TEST_F(SendingTest, WritesNothingBeforeItIsFlushed) {
  send_frame(R"({"send": "text", "payload": "a"})");
  EXPECT_EQ(actions(), tested::Lines{});
  EXPECT_EQ(flushed(), tested::Lines{"write text 'a', masked"});
}

TEST_F(SendingTest, GathersStepsInOneWrite) {
  send_frame(R"({"send": "text", "payload": "a"})");
  send_frame(R"({"send": "ping", "payload": "b"})");
  EXPECT_EQ(flushed(), tested::Lines{"write text 'a', masked; ping 'b', masked"});
}

TEST_F(SendingTest, SendsAFrameSoOftenAsTheStepSays) {
  send_frame(R"({"send": "ping", "times": 3, "cut": "frames"})");
  EXPECT_EQ(flushed(), tested::Lines(3, "write ping '', masked"));
}

TEST_F(SendingTest, KeepsTheCutsOfAStepApartFromItsNeighbours) {
  send_frame(R"({"send": "text", "payload": "a"})");
  send_frame(R"({"send": "text", "payload": "bc", "fragments": [1], "cut": "frames"})");
  send_frame(R"({"send": "text", "payload": "d"})");
  EXPECT_EQ(flushed(), (tested::Lines{"write text 'a', masked", "write text 'b', not final, masked",
                                      "write continuation 'c', masked", "write text 'd', masked"}));
}

TEST_F(SendingTest, CutsAFrameInsideItself) {
  send_frame(R"({"send": "ping", "mask": "none", "cut": "bytes"})");
  EXPECT_EQ(flushed(), (tested::Lines{"write half a frame", "write half a frame"}));
}

TEST_F(SendingTest, WritesARequestWithItsBody) {
  send<SendRequest>(R"({"request": {"body": "abc"}})");
  sending_.flush();
  const std::vector<Action> all = sending_.take_actions();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(text_of(std::get<Write>(all[0]).bytes).ends_with("\r\n\r\nabc"));
}

TEST_F(SendingTest, OffersANewKeyWithEveryRequest) {
  std::vector<std::string> heads;
  for (int i = 0; i < 2; ++i) {
    send<SendRequest>(R"({"request": {}})");
    sending_.flush();
    heads.emplace_back(text_of(std::get<Write>(sending_.take_actions().at(0)).bytes));
  }
  EXPECT_NE(heads[0], heads[1]);
}

TEST_F(SendingTest, SendsTheSameBytesForTheSameSeed) {
  Sending same(target_, log_, 7);
  same.barrier(exchange_, now);
  sending_.barrier(exchange_, now);
  EXPECT_EQ(std::get<Write>(same.take_actions().at(0)).bytes,
            std::get<Write>(sending_.take_actions().at(0)).bytes);
}

TEST_F(SendingTest, EndsAfterWhatWasGathered) {
  send_frame(R"({"send": "ping"})");
  sending_.end_sending(exchange_, now);
  EXPECT_EQ(actions(), (tested::Lines{"write ping '', masked", "end"}));
}

TEST_F(SendingTest, ResetsAfterWhatWasGathered) {
  send_frame(R"({"send": "ping"})");
  sending_.cut_line(exchange_, now);
  EXPECT_EQ(actions(), (tested::Lines{"write ping '', masked", "cut"}));
}

TEST_F(SendingTest, OpensAnotherConnectionAfterWhatWasGathered) {
  send_frame(R"({"send": "ping"})");
  sending_.open_connection({}, now);
  EXPECT_EQ(actions(), (tested::Lines{"write ping '', masked", "open"}));
}

TEST_F(SendingTest, AnswersAtOnce) {
  sending_.answer({Opcode::pong, to_bytes("theirs")}, exchange_, now);
  EXPECT_EQ(actions(), tested::Lines{"write pong 'theirs', masked"});
}

TEST_F(SendingTest, ClosesWithACode) {
  sending_.close(1000, exchange_, now);
  EXPECT_EQ(actions(), tested::Lines{"write close 1000 '', masked"});
  EXPECT_TRUE(exchange_.close_sent());
}

TEST_F(SendingTest, SetsEveryBarrierWithAPayloadOfItsOwn) {
  sending_.barrier(exchange_, now);
  sending_.barrier(exchange_, now);
  const tested::Lines lines = actions();
  EXPECT_TRUE(lines.at(0).starts_with("write ping 'barrier "));
  EXPECT_NE(lines.at(0), lines.at(1));
  EXPECT_TRUE(exchange_.barrier_sent());
}

TEST_F(SendingTest, TellsTheExchangeWhatTheTargetMayEcho) {
  send_frame(R"({"send": "text", "payload": "a", "times": 2})");
  EXPECT_FALSE(exchange_.all_echoed());
  EXPECT_EQ(exchange_.largest_sent(), 1U);
}

TEST_F(SendingTest, TellsTheExchangeWhatTheTargetMayGiveBack) {
  send_frame(R"({"send": "close", "code": 2999})");
  upgrade();
  const std::optional<std::string> before = exchange_.offence();
  exchange_.receive(tested::close_from(Role::server, 2999), now);
  EXPECT_EQ(exchange_.offence(), before);
  EXPECT_EQ(exchange_.close()->code, 2999);
}

TEST_F(SendingTest, TakesRawBytesForFramesOnlyOnceTheConnectionIsOpen) {
  const std::string_view fault = R"({"send": "bytes", "payload": {"hex": "8100"}})";
  send<SendBytes>(fault);
  EXPECT_FALSE(exchange_.faulty());
  upgrade();
  send<SendBytes>(fault);
  EXPECT_TRUE(exchange_.faulty());
}

TEST_F(SendingTest, LogsWhatItSends) {
  send_frame(R"({"send": "text", "payload": "Hello", "mask": "00000000"})");
  const WireEntry entry = logged();
  EXPECT_EQ(entry.direction, WireEntry::Direction::sent);
  EXPECT_EQ(entry.says, "Text, 5 bytes, masked 0x00000000");
  EXPECT_EQ(entry.details, (std::vector<std::string>{"\"Hello\""}));
}

TEST_F(SendingTest, LeavesAConnectionOpenBesideTheNextWhereTheTargetServesSeveral) {
  sending_.open_connection({}, now);
  target_.one_at_a_time = true;
  sending_.open_connection({}, now);
  EXPECT_EQ(actions(), (tested::Lines{"open", "end, open"}));
}

TEST_F(SendingTest, CountsWhatItSent) {
  send_frame(R"({"send": "ping"})");
  sending_.open_connection({}, now);
  send_frame(R"({"send": "ping"})");
  EXPECT_EQ(sending_.sent(), 12U);
}

}  // namespace
}  // namespace wsconform
