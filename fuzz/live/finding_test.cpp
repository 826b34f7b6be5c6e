#include "fuzz/live/finding.h"

#include <gtest/gtest.h>

#include "reports/results/cause.h"

namespace wsconform::finding_test {
namespace {

Move frame_no_server_may_take() {
  SendFrame reserved;
  reserved.opcode = Opcode::reserved_3;
  return {reserved};
}

// What came of a session that sends one.
FindingCause cause_where(int status, bool upgraded, std::optional<Offence> offence = {}) {
  LiveSession session;
  session.moves = {frame_no_server_may_take()};
  Finished ended;
  ended.result.verdict = Verdict::fail;
  ended.outcome.reaction.status = status;
  ended.outcome.reaction.upgraded = upgraded;
  ended.outcome.reaction.offence = std::move(offence);
  return cause_of(session, read(session), ended, false).value();
}

TEST(CauseOf, TellsWhatWasBrokenAndWhere) {
  const FindingCause cause = cause_where(101, true);
  EXPECT_EQ(cause.place, Place::open);
  EXPECT_EQ(cause.subject, "reserved-data-opcode");
}

TEST(CauseOf, IsOneForAnOpeningAnsweredWronglyWhateverCameBehindIt) {
  const FindingCause refused = cause_where(500, false);
  EXPECT_EQ(refused.place, Place::opening);
  EXPECT_EQ(refused.subject, "legal");
  const FindingCause illegal =
      cause_where(101, true, IllegalOpening{HandshakeFault::deflate_window_not_kept, Role::server});
  EXPECT_EQ(illegal.place, Place::opening);
  EXPECT_EQ(illegal.subject, "legal");
}

TEST(CauseOf, IsOneForAnOpeningThatIsTakenAndMustNotBe) {
  LiveSession session;
  session.demand = Demand{ExpectRefusal{}, Level::must, "", {"rfc6455/4.2.1-http-version"}};
  Finished ended;
  ended.result.verdict = Verdict::fail;
  ended.outcome.reaction.status = 101;
  ended.outcome.reaction.upgraded = true;
  ended.outcome.ground = ground::Accepted{};
  const std::string named = "rfc6455-4.2.1-http-version/opening-accepted";
  EXPECT_EQ(name_of(cause_of(session, read(session), ended, false).value()), named);
  ended.outcome.ground = ground::NoEndingFitted{};
  ended.outcome.reaction.open = true;
  ended.outcome.reaction.all_echoed = true;
  EXPECT_EQ(name_of(cause_of(session, read(session), ended, false).value()), named);
}

TEST(CauseOf, OfADeathIsTheOpeningWhereNoneWasAnswered) {
  LiveSession session;
  session.demand = Demand{ExpectRefusal{}, Level::must, "", {"rfc9110/5.4-oversize-refused"}};
  session.moves = {frame_no_server_may_take()};
  Finished ended;
  ended.result.verdict = Verdict::fail;
  ended.result.cause.came = came_dead;
  EXPECT_EQ(name_of(cause_of(session, read(session), ended, false).value()),
            "rfc9110-5.4-oversize-refused/opening-died");
  session.demand.reset();
  EXPECT_EQ(name_of(cause_of(session, read(session), ended, false).value()), "legal/opening-died");
  ended.outcome.reaction.upgraded = true;
  EXPECT_EQ(name_of(cause_of(session, read(session), ended, false).value()),
            "reserved-data-opcode/open-died");
}

TEST(CauseOf, OfAGatewayThatReachesNobodyIsOne) {
  LiveSession session;
  session.demand = Demand{ExpectRefusal{}, Level::must, "", {"rfc6455/4.2.1-http-version"}};
  Finished ended;
  ended.result.verdict = Verdict::fail;
  ended.outcome.reaction.status = 502;
  EXPECT_EQ(name_of(cause_of(session, read(session), ended, false).value()),
            "legal/opening-status-502");
}

TEST(CauseOf, OfAChangedEchoIsAboutWhatWasLegal) {
  LiveSession session;
  session.moves = {{SendFrame{}}, frame_no_server_may_take()};
  Finished ended;
  ended.result.verdict = Verdict::fail;
  ended.outcome.ground = ground::Offended{ChangedEcho{}};
  EXPECT_EQ(name_of(cause_of(session, read(session), ended, false).value()),
            "legal/open-changed-echo");
}

TEST(CauseOf, IsNoneWhereItIsAllowedOrOnlyLenient) {
  Finished ended;
  const LiveSession session;
  EXPECT_EQ(cause_of(session, read(session), ended, true), std::nullopt);
  ended.result.verdict = Verdict::lenient;
  EXPECT_EQ(cause_of(session, read(session), ended, false), std::nullopt);
  EXPECT_NE(cause_of(session, read(session), ended, true), std::nullopt);
}

TEST(NameOf, OfWhatTwoDifferInNamesBoth) {
  EXPECT_EQ(name_of(cause_of(Reading{}, Difference{"close-1002/unasked-pong", "open"})),
            "legal/open-close-1002-unasked-pong-there-open");
}

}  // namespace
}  // namespace wsconform::finding_test
