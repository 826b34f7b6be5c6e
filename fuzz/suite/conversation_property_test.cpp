#include "fuzz/suite/conversation_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tested_connection.h"
#include "runner/casebook/case.h"

namespace wsconform::conversation_property_test {
namespace {

using namespace tested;
using testing::HasSubstr;

Bytes input_of(std::uint8_t number, std::uint8_t choices, const Bytes& stream) {
  return joined({Bytes{number, choices, 5}, stream});
}

std::string reason_of(const Bytes& input) {
  return play_against(read_hostile_server(input), {}).result.reason;
}

TEST(ConversationProperty, HoldsForEveryCaseAgainstEveryKindOfServer) {
  const Bytes frames =
      joined({encode(frame_from(Role::server, Opcode::text, "a")), close_from(Role::server, 1000)});
  for (std::size_t number = 0; number < played_cases().size(); ++number) {
    for (unsigned choices = 0; choices < 8; ++choices) {
      for (const Bytes& stream :
           {Bytes{}, frames, to_bytes("HTTP/1.1 403 No\r\n\r\n"), Bytes(50, 0xFF)}) {
        const Bytes input =
            input_of(static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(choices), stream);
        ASSERT_EQ(breach_of_conversation(input), std::nullopt) << number << " " << to_hex(stream);
      }
    }
  }
}

TEST(ConversationProperty, HoldsWhereWhatIsIllegalStandsBehindAClose) {
  for (const std::string_view behind : {"0081f490", "83027878", "80ff"}) {
    const Bytes stream = joined({close_from(Role::server, 1000), from_hex(behind).value()});
    for (std::uint8_t number = 0; number < played_cases().size(); ++number)
      EXPECT_EQ(breach_of_conversation(input_of(number, hostile_accepts, stream)), std::nullopt)
          << int{number} << " " << behind;
  }
  EXPECT_EQ(breach_of_conversation(from_hex("05052f88008981f490808981f49080ff").value()),
            std::nullopt);
}

TEST(HostileServer, PassesACaseOnlyByDoingWhatItAsks) {
  const Bytes echo = encode(frame_from(Role::server, Opcode::text, "a"));
  const auto verdict = [](const Bytes& input) {
    return play_against(read_hostile_server(input), {}).result.verdict;
  };
  EXPECT_EQ(verdict(input_of(2, hostile_accepts | hostile_ends, close_from(Role::server, 1002))),
            Verdict::pass);
  EXPECT_EQ(verdict(input_of(2, hostile_accepts, echo)), Verdict::fail);
  EXPECT_NE(verdict(input_of(0, 0, {})), Verdict::pass);
}

TEST(ConversationOracles, SeeAnotherResultInPieces) {
  const Bytes passes = input_of(2, hostile_accepts | hostile_ends, close_from(Role::server, 1002));
  const Bytes fails = input_of(2, hostile_accepts | hostile_ends, Bytes{0x89, 0x00});
  ASSERT_NE(reason_of(passes), reason_of(fails));
  const auto whole = play_against(read_hostile_server(passes), {});
  EXPECT_EQ(breach_of_run(whole, whole), std::nullopt);
  EXPECT_THAT(breach_of_run(whole, play_against(read_hostile_server(fails), {})).value(),
              HasSubstr("and in pieces"));
}

TEST(ConversationOracles, SeeAFaultOfWsconform) {
  MemoryRun run = play_against(read_hostile_server({}), {});
  EXPECT_EQ(breach_of_run(run, run), std::nullopt);
  run.result.at_fault = AtFault::wsconform;
  EXPECT_THAT(breach_of_run(run, run).value(), HasSubstr("at fault"));
  run.result.at_fault = AtFault::nobody;
  run.result.reason.clear();
  EXPECT_THAT(breach_of_run(run, run).value(), HasSubstr("no reason"));
}

}  // namespace
}  // namespace wsconform::conversation_property_test
