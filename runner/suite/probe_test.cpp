#include "runner/suite/probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/suite/scripted_stage.h"

namespace wsconform::probe_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Fate is_lenient{.verdict = Verdict::lenient};
constexpr Fate is_skipped{.verdict = Verdict::skipped};
constexpr Fate answers_404{.verdict = Verdict::fail, .upgraded = false};

std::vector<std::string> fact_names(const ProbeResult& found) {
  std::vector<std::string> names;
  for (const Fact& each : facts_of(found)) names.push_back(each.name + ": " + each.value);
  return names;
}

TEST(Probe, LearnsWhatAnEchoServerIs) {
  ScriptedStage stage;
  const ProbeResult found = probe(stage);
  EXPECT_TRUE(found.speaks);
  EXPECT_TRUE(found.pongs);
  EXPECT_TRUE(found.echoes);
  EXPECT_TRUE(found.deflates);
  EXPECT_THAT(found.refuses, IsEmpty());
  EXPECT_EQ(found.server, "table");
  EXPECT_THAT(fact_names(found), ElementsAre("permessage-deflate: agreed to"));
}

TEST(Probe, SetsThePaceByAThirdOfAPingWithItsTwoHandshakes) {
  ScriptedStage stage;
  EXPECT_EQ(probe(stage).round_trip, std::chrono::milliseconds(1));
  EXPECT_EQ(stage.pace().round_trip(), std::chrono::milliseconds(1));
}

// The time that nothing came in says nothing about the way there.
TEST(Probe, SetsThePaceByTheHandshakeWhereNoPingIsAnswered) {
  ScriptedStage stage;
  stage.fates = {{"probe/handshake", {{.handshake_ms = 300}}}, {"probe/ping", {stays_silent}}};
  EXPECT_EQ(probe(stage).round_trip, std::chrono::milliseconds(2));
  EXPECT_EQ(stage.pace().patience(), std::chrono::seconds(2));
}

// A drip of bytes is no long way.
TEST(Probe, SetsThePaceByTcpWhereAHandshakeTakesLonger) {
  ScriptedStage stage;
  const Fate drips{.handshake_ms = 2600};
  const Fate says_nothing_more{.verdict = Verdict::fail, .silent = true, .handshake_ms = 2600};
  stage.fates = {{"probe/handshake", {drips}}, {"probe/ping", {says_nothing_more}}};
  EXPECT_EQ(probe(stage).round_trip, std::chrono::milliseconds(20));  // TCP takes no time here
}

TEST(Probe, TakesAPongWhateverMessagesComeBesideIt) {
  ScriptedStage stage;
  probe(stage);
  EXPECT_EQ(std::ranges::count(stage.profiles, false, &TargetProfile::echoes), 3);
}

TEST(Probe, AsksForAPongTwice) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent, passes}}};
  EXPECT_TRUE(probe(stage).pongs);
}

TEST(Probe, FindsOutWhichMessagesAreRefusedOnlyWhereAPongSaysSo) {
  ScriptedStage stage;
  stage.fates = {{"probe/message", {passes, is_lenient}}};
  const ProbeResult found = probe(stage);
  EXPECT_THAT(found.refuses, ElementsAre(Opcode::binary));
  EXPECT_THAT(fact_names(found), Contains("binary messages: not taken"));

  ScriptedStage silent;
  silent.fates = {{"probe/ping", {stays_silent}}, {"probe/message", {is_lenient}}};
  const ProbeResult without = probe(silent);
  EXPECT_FALSE(without.pongs);
  EXPECT_THAT(without.refuses, IsEmpty());
  EXPECT_THAT(silent.played, IsEmpty());
  EXPECT_THAT(fact_names(without), Contains("Pings: not answered"));
}

TEST(Probe, FindsNoAgreementWhereTheCaseIsSkippedOrRefused) {
  for (const Fate& fate : {is_skipped, answers_404, is_refused}) {
    ScriptedStage stage;
    stage.fates = {{"probe/permessage-deflate", {fate}}};
    const ProbeResult found = probe(stage);
    EXPECT_FALSE(found.deflates);
    EXPECT_THAT(fact_names(found), ElementsAre("permessage-deflate: not agreed to"));
  }
}

TEST(Probe, FindsNoEchoWhereNoneComes) {
  ScriptedStage stage;
  stage.fates = {{"probe/echo", {fails}}};
  EXPECT_FALSE(probe(stage).echoes);
}

TEST(Probe, TakesSwallowedBinaryMessagesForNotTaken) {
  ScriptedStage stage;
  stage.fates = {{"probe/binary-echo", {stays_silent}}};
  const ProbeResult found = probe(stage);
  EXPECT_TRUE(found.echoes);
  EXPECT_THAT(found.refuses, ElementsAre(Opcode::binary));
}

TEST(Probe, OverlooksWhatEvery101HasAndACaseOfItsOwnAsks) {
  ScriptedStage stage;
  const Fate unasked{.fault = HandshakeFault::subprotocol_not_offered};
  const Fate second{.fault = HandshakeFault::accept_wrong};
  stage.fates = {{"probe/handshake", {unasked, second, unasked}}};
  const ProbeResult found = probe(stage);
  EXPECT_TRUE(found.speaks);
  EXPECT_EQ(found.faults.count(), 2U);
  TargetProfile profile;
  adopt(found, profile);
  EXPECT_EQ(profile.overlooked, found.faults);
  EXPECT_THAT(fact_names(found), Contains(HasSubstr("Every 101: subprotocol-not-offered")));
}

TEST(Probe, OverlooksNoFaultThatNoCaseAsks) {
  ScriptedStage stage;
  stage.fates = {{"probe/handshake", {Fate{.fault = HandshakeFault::deflate_parameter_unknown}}}};
  EXPECT_TRUE(probe(stage).faults.none());
}

TEST(Probe, LooksAtEachAddressForTheTarget) {
  ScriptedStage stage;
  stage.address_count = 3;
  stage.reached_at = 2;
  EXPECT_TRUE(probe(stage).speaks);
  EXPECT_EQ(stage.address(), 2U);
}

TEST(Probe, StaysAtTheFirstAddressWhereNoneIsReached) {
  ScriptedStage stage;
  stage.address_count = 3;
  stage.reached_at = 7;
  const ProbeResult found = probe(stage);
  EXPECT_FALSE(found.speaks);
  EXPECT_EQ(found.reason, "It was not reached.");
  EXPECT_EQ(stage.address(), 0U);
}

TEST(Probe, NamesTheStatusThatIsNo101) {
  ScriptedStage stage;
  stage.fates = {{"probe/handshake", {answers_404}}};
  const ProbeResult found = probe(stage);
  EXPECT_FALSE(found.speaks);
  EXPECT_EQ(found.reason,
            "It answers the opening handshake with 'HTTP/1.1 404 Not Found', not with 101.");
}

TEST(Probe, SaysThatATargetSaysNothing) {
  ScriptedStage stage;
  stage.fates = {{"probe/handshake", {stays_silent}},
                 {"probe/opening", {stays_silent}},
                 {"probe/http-2", {stays_silent}}};
  EXPECT_THAT(probe(stage).reason, HasSubstr("It accepts TCP, but says nothing"));
}

TEST(Probe, AsksAColdTargetOnceMore) {
  ScriptedStage stage;
  stage.fates = {{"probe/handshake", {stays_silent, passes}}};
  EXPECT_TRUE(probe(stage).speaks);
}

TEST(Probe, TakesOneThatIsSilentBehindIts101ForWarm) {
  ScriptedStage stage;
  Fate mute = stays_silent;
  mute.silent_behind_101 = true;
  stage.fates = {{"probe/handshake", {mute, passes}}};
  int handshakes = 0;
  stage.on_start = [&](const Task& each) { handshakes += each.to_run->id == "probe/handshake"; };
  probe(stage);
  EXPECT_EQ(handshakes, 1);
}

TEST(Probe, AsksOneThatIsSilentBehindIts101ForATextAndAPingAtTheSameTime) {
  ScriptedStage stage;
  Fate mute = stays_silent;
  mute.silent_behind_101 = true;
  stage.fates = {
      {"probe/handshake", {mute}}, {"probe/echo", {mute}}, {"probe/ping", {mute, passes}}};
  const ProbeResult found = probe(stage);
  EXPECT_TRUE(found.speaks);
  EXPECT_FALSE(found.echoes);
  EXPECT_FALSE(found.pongs) << "it is not asked again";
  EXPECT_EQ(stage.most_at_once, 2U);
  EXPECT_LT(stage.now() - stage.began(), std::chrono::hours(1) + std::chrono::seconds(5));
}

TEST(Probe, DoesNotJudgeOneWhoseHandshakesOutlastThePatienceAndThatAnswersNothing) {
  ScriptedStage stage;
  Fate mute = stays_silent;
  mute.silent_behind_101 = true;
  mute.handshake_ms = 2600;
  stage.fates = {{"probe/handshake", {mute}}, {"probe/echo", {mute}}, {"probe/ping", {mute}}};
  const ProbeResult found = probe(stage);
  EXPECT_FALSE(found.speaks);
  EXPECT_EQ(found.reason,
            "It answers neither messages nor Pings, and its quickest handshake took 2.6 s: a run "
            "would wait for minutes. With --patience 3 it is judged nevertheless.");
}

// Whose round trip is that of the Ping alone.
TEST(Probe, JudgesOneOfSlowHandshakesThatAnswers) {
  ScriptedStage stage;
  Fate slow = passes;
  slow.handshake_ms = 2600;
  stage.fates = {{"probe/handshake", {slow}}, {"probe/echo", {slow}}, {"probe/ping", {slow}}};
  const ProbeResult found = probe(stage);
  EXPECT_TRUE(found.speaks);
  EXPECT_EQ(found.round_trip, std::chrono::milliseconds(1));
  slow.handshake_ms = 200;
  stage.fates["probe/ping"] = {slow};
  EXPECT_EQ(probe(stage).round_trip, std::chrono::milliseconds(67));
}

TEST(Probe, AsksOneThatEchoesOnceMoreForAPong) {
  ScriptedStage stage;
  Fate cold = stays_silent;
  cold.silent_behind_101 = true;
  stage.fates = {{"probe/handshake", {cold, passes}}, {"probe/ping", {stays_silent, passes}}};
  const ProbeResult found = probe(stage);
  EXPECT_TRUE(found.echoes);
  EXPECT_TRUE(found.pongs);
}

TEST(Probe, SaysThatAnAnswerDoesNotEnd) {
  ScriptedStage stage;
  const Fate drips{.verdict = Verdict::fail, .silent = true, .begun = true};
  stage.fates = {{"probe/handshake", {drips}}, {"probe/opening", {drips}}};
  EXPECT_EQ(probe(stage).reason,
            "Its answer to the opening handshake, which begins with \"HTTP/1.1 101\", does not "
            "end: As the table has it.");
}

TEST(Probe, AsksNothingMoreOfAStoppedRun) {
  ScriptedStage stage;
  stage.stop.raise({});
  EXPECT_FALSE(probe(stage).speaks);
}

TEST(Briefly, IsTwiceWhatTheTargetTakesAnyway) {
  Pace pace;
  EXPECT_EQ(briefly(pace), 0.25);
  pace.measured_wait(std::chrono::seconds(3));  // a patience of eight
  EXPECT_DOUBLE_EQ(briefly(pace), 6. / 8);
}

TEST(SpeaksAlike, AsksForAnEchoWhereTheOtherProcessGivesOne) {
  ScriptedStage stage;
  stage.fates = {{"probe/echo", {fails}}};
  EXPECT_FALSE(speaks_alike(stage));
  stage.target.echoes = false;
  EXPECT_TRUE(speaks_alike(stage));
  stage.target.echoes = true;
  stage.fates = {};
  EXPECT_TRUE(speaks_alike(stage));
  stage.fates = {{"probe/handshake", {answers_404}}};
  EXPECT_FALSE(speaks_alike(stage));
}

TEST(ProbeLiveness, IsAskedByAPingOrByAHandshakeAlone) {
  ScriptedStage stage;
  stage.fates = {{"probe/ping", {stays_silent}}};
  EXPECT_FALSE(probe_liveness(stage).speaks);
  stage.target.pongs = false;
  EXPECT_TRUE(probe_liveness(stage).speaks);
}

TEST(ProbeLiveness, IsShownByAnyAnswerThatOpensAConnection) {
  ScriptedStage stage;
  Fate faulty = fails;
  faulty.fault = HandshakeFault::subprotocol_not_offered;
  stage.fates = {{"probe/ping", {faulty}}};
  EXPECT_TRUE(probe_liveness(stage).speaks);
  stage.fates = {{"probe/ping", {Fate{.verdict = Verdict::fail, .upgraded = false}}}};
  EXPECT_FALSE(probe_liveness(stage).speaks);
}

TEST(Adopt, MakesFeaturesOfWhatWasFound) {
  TargetProfile target;
  target.address.tls = true;
  target.subprotocols = {"chat"};
  adopt(ProbeResult{.echoes = true, .refuses = {Opcode::text}, .deflates = true}, target);
  EXPECT_THAT(target.features, ElementsAre("echo", "permessage-deflate", "subprotocol", "tls"));
  EXPECT_THAT(target.refuses, ElementsAre(Opcode::text));
  EXPECT_FALSE(target.pongs);
  EXPECT_TRUE(target.echoes);
}

TEST(Adopt, TakesNoFeatureForGranted) {
  TargetProfile target;
  adopt(ProbeResult{}, target);
  EXPECT_THAT(target.features, Not(Contains("echo")));
  EXPECT_FALSE(target.echoes);
}

}  // namespace
}  // namespace wsconform::probe_test
