#include "fuzz/frame_stream_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tested_connection.h"
#include "fuzz/telling.h"

namespace wsconform::frame_stream_model_test {
namespace {

using namespace tested;
using enum Opcode;
using testing::ElementsAre;

Bytes sent(Opcode opcode, std::string_view payload = {}, bool fin = true) {
  return encode(frame_from(Role::client, opcode, payload, fin));
}

struct Outcome {
  std::vector<std::string> events{};
  std::vector<std::string> answers{};
};

Outcome server_hears(std::initializer_list<Bytes> parts, const Limits& limits = {},
                     bool deflates = false) {
  Outcome outcome;
  Bytes output;
  model_frame_stream(
      joined(parts), {Role::server, limits, deflates},
      [&](const Event& event) { outcome.events.push_back(wsconform::line_of(event)); }, output);
  outcome.answers = lines_of_output(Role::server, output).value();
  return outcome;
}

TEST(ModelFrameStream, JoinsFragmentsAroundAPing) {
  const auto outcome = server_hears(
      {sent(text, "Hel", false), sent(ping, "1"), sent(continuation, "lo"), sent(close)});
  EXPECT_THAT(outcome.events,
              ElementsAre("ping 31", "text 48656c6c6f", "close none ", "closed clean 1005"));
  EXPECT_THAT(outcome.answers, ElementsAre("pong 31", "close none"));
}

TEST(ModelFrameStream, FailsAtTheFirstBreachAndHearsNoMore) {
  const auto outcome = server_hears({sent(continuation, "lo"), sent(ping)});
  EXPECT_THAT(outcome.events,
              ElementsAre("failed 1002 continuation-without-message", "closed unclean 1006"));
  EXPECT_THAT(outcome.answers, ElementsAre("close 1002"));
}

TEST(ModelFrameStream, FailsFastOnTextThatCannotBecomeValid) {
  Bytes frame = sent(text, "\xFFrest that never comes");
  frame.resize(frame.size() - 5);
  EXPECT_THAT(server_hears({frame}).events,
              ElementsAre("failed 1007 invalid-utf8", "closed unclean 1006"));
  EXPECT_THAT(server_hears({sent(text, "\xC3")}).events,
              ElementsAre("failed 1007 invalid-utf8", "closed unclean 1006"));
  EXPECT_THAT(server_hears({sent(text, "\xC3", false), sent(continuation, "\xA9")}).events.front(),
              "text c3a9");
}

TEST(ModelFrameStream, TellsAnEndInsideAFrameFromOneBetweenFrames) {
  Bytes half = sent(binary, "abc");
  half.pop_back();
  EXPECT_THAT(server_hears({half}).events,
              ElementsAre("failed 0 The stream ended inside a frame.", "closed unclean 1006"));
  EXPECT_THAT(server_hears({sent(binary, "abc")}).events.at(1),
              "failed 0 The stream ended without a Close.");
}

TEST(ModelFrameStream, KeepsTheLimits) {
  Limits limits;
  limits.max_fragments = 2;
  limits.max_message = 5;
  limits.max_controls_per_second = 1;
  const auto failure = [&](std::initializer_list<Bytes> parts) {
    const auto events = server_hears(parts, limits).events;
    return events.at(events.size() - 2);
  };
  EXPECT_EQ(failure({sent(text, "", false), sent(continuation, "", false), sent(continuation)}),
            "failed 1008 too-many-fragments");
  EXPECT_EQ(failure({sent(text, "abc", false), sent(continuation, "def")}),
            "failed 1009 message-too-big");
  EXPECT_EQ(failure({sent(ping), sent(pong)}), "failed 1008 control-flood");
}

TEST(ModelFrameStream, InflatesAndFailsByWhatLiesFirstInTheMessage) {
  const auto compressed = [](std::string_view text_of_message, std::size_t cut = 0) {
    Bytes payload;
    Deflater().deflate(bytes_of(text_of_message), payload);
    payload.resize(payload.size() - cut);
    Frame frame = frame_from(Role::client, text, text_of(payload));
    frame.header.rsv1 = true;
    return encode(frame);
  };
  Limits limits;
  limits.max_message = 20;
  const auto first = [&](const Bytes& stream) {
    return server_hears({stream}, limits, true).events.front();
  };
  EXPECT_EQ(first(compressed("aaa")), "text 616161");
  EXPECT_EQ(first(compressed(std::string(21, 'a'))), "failed 1009 message-too-big");
  EXPECT_EQ(first(compressed("\xFF" + std::string(21, 'a'))), "failed 1007 invalid-utf8");
  EXPECT_EQ(first(compressed("abcabcabc", 2)), "failed 1007 malformed-deflate");
}

TEST(ModelFrameStream, AnswersACloseWithItsCode) {
  EXPECT_THAT(server_hears({close_from(Role::client, 3000, "x")}).answers,
              ElementsAre("close 3000"));
  EXPECT_THAT(server_hears({close_from(Role::client, 1010)}).answers, ElementsAre("close 1000"));
}

}  // namespace
}  // namespace wsconform::frame_stream_model_test
