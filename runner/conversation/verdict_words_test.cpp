#include "runner/conversation/verdict_words.h"

#include <gtest/gtest.h>

#include "core/close_payload.h"

namespace wsconform::verdict_words_test {
namespace {

SawClose close_with(std::uint16_t code) {
  return {code, encode_close_payload(code)};
}

const Reaction open{.open = true, .all_echoed = true, .upgraded = true};
const Reaction silence{.upgraded = true};
const Reaction reset{.upgraded = true, .end = StreamEnd::reset};
const Reaction closed_1000{.upgraded = true, .end = StreamEnd::fin, .close = close_with(1000)};
const Reaction closed_1002{.upgraded = true, .end = StreamEnd::fin, .close = close_with(1002)};
const Reaction response_400{.status = 400};
const Reaction end_without_response{.end = StreamEnd::fin};

Reaction response(std::string_view start_line, int status) {
  Reaction reaction;
  reaction.response.emplace();
  reaction.response->head.start_line = start_line;
  reaction.status = reaction.response->status = status;
  return reaction;
}
const Reaction not_found = response("HTTP/1.1 404 Not Found", 404);
Reaction content_behind_head() {
  Reaction reaction = not_found;
  reaction.stray = 1;
  reaction.asked.of_head = true;
  return reaction;
}
Reaction sent(std::size_t largest) {
  Reaction reaction;
  reaction.largest_sent = largest;
  return reaction;
}
Reaction stray(std::uint64_t size) {
  Reaction reaction = not_found;
  reaction.stray = size;
  return reaction;
}

struct GroundRow {
  std::string_view name;
  Ground ground;
  Reaction reaction;
  std::string_view reason;
  std::string_view received;
};
void PrintTo(const GroundRow& row, std::ostream* out) {
  *out << row.name;
}

class GroundInWords : public testing::TestWithParam<GroundRow> {};

TEST_P(GroundInWords, SaysWhyAndWhatCame) {
  EXPECT_EQ(words_for(GetParam().ground, GetParam().reaction), GetParam().reason);
  EXPECT_EQ(words_for_received(GetParam().ground, GetParam().reaction), GetParam().received);
}

constexpr std::string_view start_line = R"("HTTP/1.1 404 Not Found")";
const GroundRow grounds[] = {
    {"Offence", ground::Offended{DataBehindClose{}}, closed_1000,
     "The target sent data after its Close (RFC 6455 §5.5.1).",
     "Close 1000 (normal closure), then the end of TCP"},
    {"EndingFitted", ground::EndingFitted{"it says so.", false}, closed_1002,
     "Close 1002 (protocol error), then the end of TCP: it says so.",
     "Close 1002 (protocol error), then the end of TCP"},
    {"EndingByResponse", ground::EndingFitted{"it says so.", true}, not_found,
     "A response with status 404: it says so.", "A response with status 404"},
    {"NoEndingFitted", ground::NoEndingFitted{}, reset, "A reset of TCP without a Close.",
     "A reset of TCP without a Close"},
    {"NoEndingInTime", ground::NoEndingInTime{std::chrono::milliseconds(2500)}, silence,
     "Nothing came within 2.5 s.", "Nothing: silence, with TCP open"},
    {"NoEndingInTimeBehindAResponse", ground::NoEndingInTime{std::chrono::seconds(2)}, response_400,
     "A response with status 400, and TCP was not ended within 2.0 s.",
     "A response with status 400"},
    {"NoEndingInTimeInAResponse",
     ground::NoEndingInTime{std::chrono::seconds(2)},
     {.opening_begun = true},
     "A response that did not end came within 2.0 s.",
     "A response that did not end"},
    {"Instead", ground::Instead{}, not_found,
     R"(The response "HTTP/1.1 404 Not Found" came instead.)",
     R"(The response "HTTP/1.1 404 Not Found")"},
    {"Hung", ground::Hung{std::chrono::seconds(2)}, silence,
     "Nothing came within 2.0 s: the connection hung.", "Silence, with TCP open"},
    {"HungInResponse",
     ground::Hung{std::chrono::seconds(2)},
     {.opening_begun = true},
     "A response that did not end came within 2.0 s: the connection hung.",
     "A response that did not end"},
    {"TooBig", ground::TooBig{}, sent(4097),
     "The target refused a message of 4097 bytes with 1009: it has a limit.",
     "Nothing: silence, with TCP open"},
    {"NotCompressed", ground::NotCompressed{}, open, "The message came back, but not compressed.",
     "It came back uncompressed"},
    {"Accepted", ground::Accepted{}, not_found,
     "The handshake was accepted, though it had to be refused.", start_line},
    {"ServedBehindRefusal", ground::ServedBehindRefusal{}, stray(4),
     "More followed the refusal: what came after the refused request was served too.", start_line},
    {"ContentBehindHead", ground::ServedBehindRefusal{}, content_behind_head(),
     "Content followed the response to HEAD, which has none (RFC 9110 §9.3.2).", start_line},
    {"HungWithAnotherPong",
     ground::Hung{std::chrono::seconds(2)},
     {.upgraded = true, .unasked_pong = Bytes{}},
     R"(Only a Pong that no Ping asked for ("") came within 2.0 s.)",
     R"(Only a Pong that no Ping asked for (""))"},
    {"WrongStatus", ground::WrongStatus{}, not_found,
     "Status 404 is not a proper refusal of this request.", start_line},
    {"EndedInResponse", ground::EndedInResponse{}, end_without_response,
     "TCP ended in the middle of the response.", "The end of TCP without a response"},
    {"TargetDied", ground::TargetDied{"signal 11"}, reset,
     "The target died in this case: signal 11.", "A reset of TCP without a Close"},
    {"TargetDiedNobodyKnowsHow", ground::TargetDied{}, reset, "The target died in this case.",
     "A reset of TCP without a Close"},
    {"TargetHung", ground::TargetHung{"it no longer answers"}, silence,
     "The target hung in this case: it no longer answers.", "Nothing: silence, with TCP open"},
    {"NotConnected",
     ground::NotConnected{std::chrono::seconds(15)},
     {},
     "TCP was not connected within 15.0 s.",
     "Nothing: silence, with TCP open"},
    {"NotReached",
     ground::NotReached{"Connection refused"},
     {},
     "The target could not be reached: Connection refused.",
     "Nothing: silence, with TCP open"},
};
INSTANTIATE_TEST_SUITE_P(Of, GroundInWords, testing::ValuesIn(grounds),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(NameOfGround, IsThatOfItsKind) {
  EXPECT_EQ(name_of(Ground(ground::AllMet{})), "all-met");
  EXPECT_EQ(name_of(Ground(ground::Hung{})), "hung");
}

TEST(NameOfGround, IsTheRuleOfAnOffence) {
  EXPECT_EQ(name_of(Ground(ground::Offended{PongToRequest{}})), "pong-to-request");
  EXPECT_EQ(name_of(Ground(ground::Offended{IllegalFrame{Violation::masked_server_frame, {}}})),
            "masked-server-frame");
  EXPECT_EQ(name_of(Ground(ground::Offended{IllegalOpening{HandshakeFault::accept_wrong}})),
            "accept-wrong");
}

}  // namespace
}  // namespace wsconform::verdict_words_test
