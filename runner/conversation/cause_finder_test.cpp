#include "runner/conversation/cause_finder.h"

#include <gtest/gtest.h>

#include "core/close_payload.h"
#include "reports/results/case_result.h"

namespace wsconform::cause_finder_test {
namespace {

CaseResult about_utf8() {
  CaseResult result;
  result.id = "rfc6455/8.1-utf-8/invalid";
  result.requirements = {"rfc6455/8.1-invalid-utf8", "rfc6455/7.1.7-fail-the-connection"};
  return result;
}

std::string key(const Ground& ground, const Reaction& came, const CaseResult& of = about_utf8()) {
  return key_of(cause_of(of, ground, came));
}

Reaction after(Violation violation) {
  return {.upgraded = true, .faulty = true, .sent_violation = violation};
}
Reaction closed(Reaction came, std::uint16_t code) {
  came.close = SawClose{code, encode_close_payload(code)};
  came.end = StreamEnd::fin;
  return came;
}
Reaction ended(Reaction came, StreamEnd how) {
  came.end = how;
  return came;
}
Reaction opened(Reaction came) {
  came.open = true;
  return came;
}
Reaction answered(int status, SentRequest asked = {}) {
  return {.status = status, .asked = std::move(asked)};
}
const Ground unfit = ground::NoEndingFitted{};
const Ground graded = ground::EndingFitted{"It may.", false};

TEST(CauseOf, NamesTheRuleThatWeBrokeAndThatWasTaken) {
  const Reaction came = after(Violation::invalid_utf8);
  EXPECT_EQ(key(unfit, opened(came)), "invalid-utf8:accepted");
  const ground::Offended answered{AnswerToIllegalData{}};
  EXPECT_EQ(key(answered, came), "invalid-utf8:accepted");
  EXPECT_EQ(key(ground::Offended{TextNotUtf8{}}, came), "invalid-utf8:accepted");
  EXPECT_EQ(key(ground::Offended{PongToRequest{}}, after(Violation::unmasked_client_frame)),
            "unmasked-client-frame:accepted");
  EXPECT_EQ(key(ground::Hung{}, came), "invalid-utf8:silence");
}

TEST(CauseOf, NamesTheWayOfFailingWhereTheConnectionFailed) {
  const Reaction utf8 = after(Violation::invalid_utf8);
  const Reaction masks = after(Violation::unmasked_client_frame);
  EXPECT_EQ(key(graded, closed(utf8, 1000)), "failing-with-1007:close-1000");
  EXPECT_EQ(key(graded, closed(masks, 1000)), "failing-with-1002:close-1000");
  EXPECT_EQ(key(graded, ended(utf8, StreamEnd::fin)), "failing-the-connection:end-without-close");
  EXPECT_EQ(key(graded, ended(masks, StreamEnd::reset)),
            "failing-the-connection:end-without-close");
}

TEST(CauseOf, MakesNoDifferenceBetweenAResetAndAnEnd) {
  Reaction reset = closed(after(Violation::invalid_utf8), 1000);
  reset.end = StreamEnd::reset;
  EXPECT_EQ(key(graded, reset), "failing-with-1007:close-1000");
}

TEST(CauseOf, NamesTcpThatIsLeftOpenBehindAClose) {
  Reaction came = closed(after(Violation::length_high_bit), 1002);
  came.end.reset();
  EXPECT_EQ(key(ground::NoEndingInTime{}, came), "tcp-end:left-open");
}

TEST(CauseOf, NamesTheFaultOfARequest) {
  const SentRequest asked{.fault = HandshakeFault::host_missing};
  Reaction taken = answered(101, asked);
  taken.upgraded = true;
  EXPECT_EQ(key(ground::Accepted{}, taken), "host-missing:accepted");
  const ground::Offended wrong{IllegalOpening{.fault = HandshakeFault::accept_wrong}};
  EXPECT_EQ(key(wrong, taken), "host-missing:accepted");
  EXPECT_EQ(key(ground::WrongStatus{}, answered(500, asked)), "host-missing:status-500");
  EXPECT_EQ(key(ground::CompanionMissing{"Upgrade"}, answered(426, asked)),
            "host-missing:no-upgrade");
  EXPECT_EQ(key(ground::RefusedByEnd{}, ended(answered(400, asked), StreamEnd::fin)),
            "refusing:end-without-response");
}

TEST(CauseOf, NamesTheRuleThatTheTargetBrokeOfItsOwn) {
  const Reaction came{.upgraded = true};
  EXPECT_EQ(key(ground::Offended{PongToRequest{}}, came), "pong-to-request");
  EXPECT_EQ(key(ground::Offended{IllegalFrame{Violation::masked_server_frame, {}}}, came),
            "masked-server-frame");
  EXPECT_EQ(key(ground::Offended{IllegalOpening{.fault = HandshakeFault::accept_wrong}}, came),
            "accept-wrong");
}

TEST(CauseOf, NamesAResponseAmongFramesAndNotTheRuleThatItsBytesBreak) {
  FrameHeader header;
  header.fin = false;
  header.rsv1 = true;
  header.opcode = Opcode::close;
  header.payload_length = 0x54;
  const Reaction came{.upgraded = true};
  EXPECT_EQ(key(ground::Offended{IllegalFrame{Violation::rsv1_without_extension, header}}, came),
            "response-among-frames");
  header.payload_length = 0x55;
  EXPECT_EQ(key(ground::Offended{IllegalFrame{Violation::rsv1_without_extension, header}}, came),
            "rsv1-without-extension");
}

TEST(CauseOf, NamesTheOfferThatWasRefused) {
  const auto offer = [](std::string_view value) {
    return answered(400, {.offered = parse_extensions(value).value()});
  };
  const Ground instead = ground::Instead{};
  EXPECT_EQ(key(instead, offer("permessage-deflate; server_max_window_bits=9")),
            "offer-server-max-window-bits:status-400");
  EXPECT_EQ(key(instead, offer("permessage-deflate; server_max_window_bits=12, "
                               "permessage-deflate; client_max_window_bits")),
            "offer-client-max-window-bits-server-max-window-bits:status-400");
  EXPECT_EQ(key(instead, offer("permessage-deflate")), "offer-permessage-deflate:status-400");
  EXPECT_EQ(key(instead, offer("permessage-deflate; unknown")),
            "rfc6455/8.1-invalid-utf8:status-400");
  EXPECT_EQ(key(instead, offer("x-other")), "rfc6455/8.1-invalid-utf8:status-400");
}

TEST(CauseOf, NamesAPlainHandshakeThatWasRefused) {
  EXPECT_EQ(key(ground::Instead{}, answered(503, {.plain = true})), "plain-handshake:status-503");
}

TEST(CauseOf, NamesTheRequirementWhereWeBrokeNothing) {
  const Reaction quiet{.upgraded = true};
  EXPECT_EQ(key(ground::Hung{}, quiet), "rfc6455/8.1-invalid-utf8:silence");
  EXPECT_EQ(key(ground::Offended{ChangedEcho{}}, quiet), "rfc6455/8.1-invalid-utf8:changed-echo");
  CaseResult bare = about_utf8();
  bare.requirements.clear();
  EXPECT_EQ(key(ground::Hung{}, quiet, bare), "rfc6455/8.1-utf-8/invalid:silence");
}

TEST(CauseOf, NamesWhatOfItsOpeningATargetDidNotFinish) {
  EXPECT_EQ(key(ground::Hung{}, {.opening_begun = true}),
            "rfc6455/8.1-invalid-utf8:unfinished-response");
  EXPECT_EQ(key(ground::Hung{}, {.of = Role::client, .opening_begun = true}),
            "rfc6455/8.1-invalid-utf8:unfinished-request");
}

TEST(CauseOf, NamesTheKindOfWhatLeftNoVerdict) {
  EXPECT_EQ(key(ground::NotReached{"Connection refused"}, {}), "not-reached");
}

TEST(CauseOf, NamesWhatTheTargetEndedOf) {
  EXPECT_EQ(key(ground::TargetDied{"exit code 7"}, after(Violation::frame_too_big)),
            "frame-too-big:died");
  EXPECT_EQ(key(ground::TargetHung{}, {}), "rfc6455/8.1-invalid-utf8:hung");
}

TEST(CauseOf, NamesWhatTheTargetSpentAlone) {
  EXPECT_EQ(key(ground::MemoryGrew{1 << 30, 14}, after(Violation::frame_too_big)),
            "memory-beyond-what-was-sent");
  EXPECT_EQ(key(ground::Spins{}, {}), "busy-without-connections");
  EXPECT_EQ(key(ground::NotJudged{}, {}), "not-judged");
}

}  // namespace
}  // namespace wsconform::cause_finder_test
