// Conversations with a target that answers no Ping, as the check before a run found out.
#include <gtest/gtest.h>

#include "runner/conversation/conversation.h"
#include "runner/conversation/tested_conversation.h"

namespace wsconform::conversation_without_pongs_test {
namespace {

using std::chrono::milliseconds;
using tested::illegal_frame;
using tested::Lines;
using tested::stays_open;
using tested::TestedConversation;
using tested::text_of_a;

TargetProfile without_pongs(bool echoes) {
  TargetProfile target = tested::profile_of_target(echoes);
  target.pongs = false;
  return target;
}

TEST(ConversationWithoutPongs, TakesAQuietConnectionForOpen) {
  TestedConversation run(stays_open, "must", without_pongs(true));
  run.open();
  EXPECT_EQ(run.until_deadline(), milliseconds(240));
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
  EXPECT_EQ(run.written(), (Lines{"GET / HTTP/1.1", "close 1000 '', masked"}));
  EXPECT_FALSE(run.conversation.outcome().timed_out);
}

TEST(ConversationWithoutPongs, AwaitsEveryEcho) {
  TestedConversation run(R"({"send": "text", "payload": "a"}, {"expect": "echo"})", "must",
                         without_pongs(true));
  run.open();
  run.wait_for_deadline();
  EXPECT_EQ(run.verdict(), "waiting");
  run.receive(Opcode::text, "a");
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), "pass");
}

// However long the work would take, nothing ever shows that it does any.
TEST(ConversationWithoutPongs, WaitsOnePatienceForATargetThatNeverAnswersAnything) {
  constexpr std::string_view asks_for_a_pong =
      R"({"send": "ping", "payload": "a"}, {"expect": "pong"})";
  for (const bool echoes : {true, false}) {
    TestedConversation run(asks_for_a_pong, "must", without_pongs(echoes), R"("patience": 3)");
    run.open();
    EXPECT_EQ(run.until_deadline(), std::chrono::seconds(echoes ? 6 : 2));
  }
}

// How long its handshakes take tells nothing of what comes behind a 101, and all of the next one.
TEST(ConversationWithoutPongs, WaitsForHandshakesAsLongAsThoseTake) {
  constexpr std::string_view opens_two =
      R"({"connect": "again"}, {"send": "ping", "payload": "a"}, {"expect": "pong"})";
  TestedConversation run(opens_two, "must", without_pongs(false));
  run.connect();
  run.wait(std::chrono::milliseconds(1500));
  run.accept();
  run.connect();
  EXPECT_EQ(run.until_deadline(), std::chrono::seconds(5));
  run.accept();
  EXPECT_EQ(run.until_deadline(), std::chrono::seconds(2));
}

struct Row {
  std::string_view name;
  std::string_view steps;
  bool echoes;
  bool ends;  // TCP, at once
  std::string_view verdict;
  std::string_view reason;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class TargetThatDoesNothing : public testing::TestWithParam<Row> {};

TEST_P(TargetThatDoesNothing, GetsNoPass) {
  TestedConversation run(GetParam().steps, "must", without_pongs(GetParam().echoes));
  run.open();
  if (GetParam().ends) run.receive_end();
  run.wait_until_finished();
  EXPECT_EQ(run.verdict(), GetParam().verdict);
  EXPECT_EQ(run.reason(), GetParam().reason);
}

constexpr std::string_view not_seen =
    "The target neither echoes nor answers Pings: there is no telling whether the connection is "
    "alive.";
constexpr Row rows[] = {
    {"AnEnd", stays_open, true, true, "fail", "The end of TCP without a Close."},
    {"NoEchoWhereOneIsDue", text_of_a, true, false, "fail",
     "Nothing came within 2.0 s: the connection hung."},
    {"NoEchoWhereNoneIsDue", text_of_a, false, false, "skipped", not_seen},
    {"QuietWhereNoEchoIsDue", stays_open, false, false, "skipped", not_seen},
    {"NoPong", R"({"send": "ping", "payload": "a"}, {"expect": "pong"})", false, false, "fail",
     "Nothing came within 2.0 s: the connection hung."},
    {"IllegalDataLeftAlone", illegal_frame, false, false, "fail", "The connection stayed open."},
};
INSTANTIATE_TEST_SUITE_P(Of, TargetThatDoesNothing, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace wsconform::conversation_without_pongs_test
