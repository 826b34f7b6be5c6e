#include "runner/conversation/sending.h"

#include <gtest/gtest.h>

#include "core/deflate.h"
#include "core/tested_connection.h"
#include "reports/results/case_result.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::sending_test {
namespace {

TargetProfile profile() {
  TargetProfile target;
  target.address.host = "example.org";
  return target;
}

class SendingTest : public testing::Test {
 protected:
  static constexpr Instant now = tested::test_start;

  void send_frame(std::string_view step) {
    const auto frame = step_of<SendFrame>(step);
    sending_.gather(sending_.frames(frame, nullptr, now), frame.cut);
  }
  void send_request(std::string_view step) {
    const auto request = step_of<SendRequest>(step);
    sending_.gather(sending_.request(request, now).draft, request.cut);
  }
  // "write text 'a', masked"; a head by its first line.
  tested::Lines actions() {
    tested::Lines lines;
    for (const Action& action : sending_.take_actions()) {
      const auto* write = std::get_if<Write>(&action);
      if (const auto* open = std::get_if<OpenConnection>(&action))
        lines.emplace_back(open->ends_earlier ? "end, open" : "open");
      if (const auto* await = std::get_if<AwaitConnection>(&action))
        lines.emplace_back(await->ends_earlier ? "end, await" : "await");
      if (std::holds_alternative<EndSending>(action)) lines.emplace_back("end");
      if (std::holds_alternative<AbortConnection>(action)) lines.emplace_back("abort");
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

  TargetProfile target_ = profile();
  WireLog log_{now};
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
  send_request(R"({"request": {"body": "abc"}})");
  sending_.flush();
  const std::vector<Action> all = sending_.take_actions();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(text_of(std::get<Write>(all[0]).bytes).ends_with("\r\n\r\nabc"));
}

TEST_F(SendingTest, OffersANewKeyWithEveryRequest) {
  std::vector<std::string> heads;
  for (int i = 0; i < 2; ++i) {
    send_request(R"({"request": {}})");
    sending_.flush();
    heads.emplace_back(text_of(std::get<Write>(sending_.take_actions().at(0)).bytes));
  }
  EXPECT_NE(heads[0], heads[1]);
}

TEST_F(SendingTest, SendsTheSameBytesForTheSameSeed) {
  Sending same(target_, log_, 7);
  EXPECT_EQ(same.barrier_payload(), sending_.barrier_payload());
  EXPECT_EQ(same.frame(Opcode::ping, {}, now).wire, sending_.frame(Opcode::ping, {}, now).wire);
}

TEST_F(SendingTest, HasAPayloadOfItsOwnForEveryBarrier) {
  const Bytes one = sending_.barrier_payload();
  EXPECT_TRUE(text_of(one).starts_with("barrier "));
  EXPECT_NE(sending_.barrier_payload(), one);
}

TEST_F(SendingTest, EndsAfterWhatWasGathered) {
  send_frame(R"({"send": "ping"})");
  sending_.end(now);
  EXPECT_EQ(actions(), (tested::Lines{"write ping '', masked", "end"}));
}

TEST_F(SendingTest, ResetsAfterWhatWasGathered) {
  send_frame(R"({"send": "ping"})");
  sending_.abort(now);
  EXPECT_EQ(actions(), (tested::Lines{"write ping '', masked", "abort"}));
}

TEST_F(SendingTest, OpensAnotherConnectionAfterWhatWasGathered) {
  send_frame(R"({"send": "ping"})");
  sending_.next_connection(false, false, now);
  EXPECT_EQ(actions(), (tested::Lines{"write ping '', masked", "open"}));
}

TEST_F(SendingTest, MasksAsAClient) {
  sending_.gather(sending_.frame(Opcode::pong, bytes_of("theirs"), now));
  EXPECT_EQ(flushed(), tested::Lines{"write pong 'theirs', masked"});
}

TEST_F(SendingTest, MasksNothingAsAServer) {
  target_.role = Role::client;
  Sending server(target_, log_, 7);
  const auto text = step_of<SendFrame>(R"({"send": "text", "payload": "a"})");
  server.gather(server.frame(Opcode::ping, {}, now));
  server.gather(server.frames(text, nullptr, now), text.cut);
  server.flush();
  const Bytes wire = std::get<Write>(server.take_actions().at(0)).bytes;
  EXPECT_EQ(tested::lines_of_frames(wire), (tested::Lines{"ping ''", "text 'a'"}));
}

TEST_F(SendingTest, TellsTheCodeOfTheCloseInADraft) {
  const auto close = step_of<SendFrame>(R"({"send": "close", "code": 2999})");
  EXPECT_EQ(sending_.frames(close, nullptr, now).close_code, 2999);
  const auto ping = step_of<SendFrame>(R"({"send": "ping"})");
  EXPECT_EQ(sending_.frames(ping, nullptr, now).close_code, std::nullopt);
}

TEST_F(SendingTest, WaitsForTheNextConnectionOfAClient) {
  target_.role = Role::client;
  Sending server(target_, log_, 7);
  server.next_connection(false, true, now);
  const std::vector<Action> all = server.take_actions();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(std::get<AwaitConnection>(all[0]).ends_earlier);
}

TEST_F(SendingTest, LogsWhatItSends) {
  send_frame(R"({"send": "text", "payload": "Hello", "mask": "00000000"})");
  const WireEntry entry = logged();
  EXPECT_EQ(entry.direction, WireEntry::Direction::sent);
  EXPECT_EQ(entry.says, "Text, 5 bytes, masked 0x00000000");
  EXPECT_EQ(entry.details, (std::vector<std::string>{"\"Hello\""}));
}

TEST_F(SendingTest, PutsTextsIntoTheFormOfTheTarget) {
  target_.message = MessageForm::parse(R"({"msg": {payload-as-json}})");
  const auto sent = [this](std::string_view step) {
    send_frame(step);
    return logged().details;
  };
  EXPECT_EQ(sent(R"({"send": "text", "payload": "a"})"),
            tested::Lines{R"("{\x22msg\x22: \x22a\x22}")"});
  EXPECT_EQ(sent(R"({"send": "text", "payload": "a", "fin": false})"),
            tested::Lines{R"("{\x22msg\x22: \x22a")"});
  EXPECT_EQ(sent(R"({"send": "ping", "payload": "between"})"), tested::Lines{R"("between")"});
  EXPECT_EQ(sent(R"({"send": "continuation", "payload": "b"})"), tested::Lines{R"("b\x22}")"});
  EXPECT_EQ(sent(R"({"send": "continuation", "payload": "c"})"), tested::Lines{R"("c")"});
  EXPECT_EQ(sent(R"({"send": "text", "payload": "d", "rsv": 2})"), tested::Lines{R"("d")"});
}

TEST_F(SendingTest, LeavesAConnectionOpenBesideTheNextWhereTheTargetServesSeveral) {
  sending_.next_connection(false, false, now);
  target_.one_at_a_time = true;
  sending_.next_connection(false, false, now);
  EXPECT_EQ(actions(), (tested::Lines{"open", "end, open"}));
}

TEST_F(SendingTest, CountsWhatAsksAnything) {
  send_frame(R"({"send": "ping"})");
  sending_.next_connection(false, false, now);
  send_frame(R"({"send": "ping"})");
  sending_.gather_answer(sending_.frame(Opcode::pong, {}, now));
  EXPECT_EQ(sending_.asked(), 12U);
}

// 64 more for each frame: a masked header of 6 bytes and a payload of 10.
TEST_F(SendingTest, CountsFramesAndWhatTheyInflateToAsWork) {
  send_frame(R"({"send": "text", "payload": "0123456789", "times": 3})");
  EXPECT_EQ(sending_.work(), 3U * (16 + 64));
  sending_.gather_answer(sending_.frame(Opcode::pong, {}, now));
  EXPECT_EQ(sending_.work(), 3U * (16 + 64));
  Deflater deflater;
  const auto compressed = step_of<SendFrame>(
      R"({"send": "text", "payload": {"repeat": "*", "times": 9000}, "deflate": true})");
  const std::uint64_t before = sending_.asked();
  sending_.gather(sending_.frames(compressed, &deflater, now));
  EXPECT_LT(sending_.asked() - before, 100U);
  EXPECT_GT(sending_.work(), 9000U);
}

}  // namespace
}  // namespace wsconform::sending_test
