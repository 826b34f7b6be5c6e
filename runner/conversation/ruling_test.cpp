#include "runner/conversation/ruling.h"

#include <gtest/gtest.h>

#include "core/close_payload.h"
#include "runner/casebook/case.h"

namespace wsconform::ruling_test {
namespace {

Case case_of_level(Level level) {
  Case made;
  made.id = "rfc6455/5.5-control-frames/ping";
  made.says = "A Ping is answered.";
  made.level = level;
  made.requirements = {"rfc6455/5.5.2-pong-reply"};
  return made;
}

Reaction closed_with(std::uint16_t code) {
  return {.upgraded = true,
          .end = StreamEnd::fin,
          .close = SawClose{code, encode_close_payload(code)},
          .largest_sent = 5000};
}
const Reaction silence{.upgraded = true};
const Ground too_big = ground::TooBig{};
const Ground other_code = ground::EndingFitted{"another code.", false};
const Ground hung = ground::Hung{std::chrono::seconds(2)};
constexpr std::string_view hung_in_words = "Nothing came within 2.0 s: the connection hung.";

TEST(Ruling, BeginsWithAPassAndWhatTheCaseSays) {
  Ruling ruling(case_of_level(Level::must));
  ruling.finish();
  EXPECT_TRUE(ruling.finished());
  const CaseResult& result = ruling.result();
  EXPECT_EQ(result.verdict, Verdict::pass);
  EXPECT_EQ(result.id, "rfc6455/5.5-control-frames/ping");
  EXPECT_EQ(result.says, "A Ping is answered.");
  EXPECT_EQ(result.requirements, std::vector<std::string>{"rfc6455/5.5.2-pong-reply"});
  EXPECT_EQ(result.reason, "The target did everything that the case expects.");
}

TEST(Ruling, KeepsTheWorstVerdictAndItsReason) {
  Ruling ruling(case_of_level(Level::must));
  ruling.grade(Verdict::observed, too_big, closed_with(1009));
  ruling.grade(Verdict::lenient, other_code, closed_with(1000));
  ruling.grade(Verdict::observed, too_big, closed_with(1009));
  ruling.finish();
  EXPECT_EQ(ruling.result().verdict, Verdict::lenient);
  EXPECT_TRUE(is<ground::EndingFitted>(ruling.ground()));
  EXPECT_EQ(ruling.result().reason,
            "Close 1000 (normal closure), then the end of TCP: another code.");
}

TEST(Ruling, CountsABrokenExpectationByTheLevelOfTheCase) {
  const auto verdict_at = [](Level level) {
    Ruling ruling(case_of_level(level));
    ruling.fail(hung, silence, "a Pong");
    EXPECT_TRUE(ruling.finished());
    return ruling.result().verdict;
  };
  EXPECT_EQ(verdict_at(Level::must), Verdict::fail);
  EXPECT_EQ(verdict_at(Level::should), Verdict::lenient);
  EXPECT_EQ(verdict_at(Level::may), Verdict::observed);
  EXPECT_EQ(verdict_at(Level::observe), Verdict::observed);
}

TEST(Ruling, EndsALapseOnlyWhereItFails) {
  Ruling must(case_of_level(Level::must));
  must.lapse(ground::Accepted{}, silence, "a refusal");
  EXPECT_TRUE(must.finished());
  EXPECT_EQ(must.result().verdict, Verdict::fail);

  Ruling should(case_of_level(Level::should));
  should.lapse(ground::Accepted{}, silence, "a refusal");
  EXPECT_FALSE(should.finished());
  should.fail(hung, silence, "a Pong");
  EXPECT_EQ(should.result().verdict, Verdict::lenient);
  EXPECT_TRUE(is<ground::Accepted>(should.ground()));
  EXPECT_EQ(should.result().expected, "a refusal");
}

TEST(Ruling, CondemnsWhateverTheLevel) {
  Ruling ruling(case_of_level(Level::may));
  ruling.condemn(ground::Offended{PongToRequest{}}, silence);
  EXPECT_EQ(ruling.result().verdict, Verdict::fail);
}

TEST(Ruling, StaysAsItIsOnceFinished) {
  Ruling ruling(case_of_level(Level::must));
  ruling.fail(hung, silence, "a Pong");
  ruling.fail(ground::Instead{}, closed_with(1002), "a Close");
  ruling.skip(ground::NothingSeen{}, silence);
  EXPECT_EQ(ruling.result().reason, hung_in_words);
  EXPECT_EQ(ruling.result().received, "Silence, with TCP open");
  EXPECT_EQ(ruling.result().expected, "a Pong");
  EXPECT_EQ(ruling.result().verdict, Verdict::fail);
}

TEST(Ruling, TellsTheKindOfItsGroundAndOfWhatCame) {
  Ruling met(case_of_level(Level::must));
  met.met(closed_with(1002));
  met.finish();
  EXPECT_EQ(met.result().ground, "all-met");
  EXPECT_EQ(met.result().came, "close-1002");
  Ruling failed(case_of_level(Level::must));
  failed.fail(hung, silence, "a Pong");
  EXPECT_EQ(failed.result().ground, "hung");
  EXPECT_EQ(failed.result().came, "silence");
}

TEST(Ruling, KeepsNoExpectationOfAVerdictThatAWorseOneReplaced) {
  Ruling ruling(case_of_level(Level::should));
  ruling.lapse(ground::Accepted{}, silence, "a refusal");
  ruling.condemn(ground::Offended{PongToRequest{}}, silence);
  EXPECT_EQ(ruling.result().verdict, Verdict::fail);
  EXPECT_EQ(ruling.result().ground, "pong-to-request");
  EXPECT_EQ(ruling.result().expected, "");
  EXPECT_EQ(ruling.result().received, "");
}

TEST(Ruling, OnlyObservesWhereTheCaseOnlyObserves) {
  Ruling ruling(case_of_level(Level::observe));
  ruling.finish();
  EXPECT_EQ(ruling.result().verdict, Verdict::observed);
}

TEST(Ruling, NamesWhoIsAtFaultWhereThereIsNoVerdict) {
  Ruling ruling(case_of_level(Level::must));
  ruling.abandon(AtFault::target_unreachable, ground::NotReached{"nobody listens"});
  EXPECT_TRUE(ruling.finished());
  EXPECT_EQ(ruling.result().verdict, Verdict::error);
  EXPECT_EQ(ruling.result().at_fault, AtFault::target_unreachable);
  EXPECT_EQ(ruling.result().came, "");
}

TEST(Rule, SetsAllThatTellsWhy) {
  Ruling ruling(case_of_level(Level::must));
  ruling.fail(hung, silence, "a Pong");
  CaseResult result = ruling.result();
  rule(result, Verdict::fail, ground::TargetDied{"exit code 7"}, silence);
  EXPECT_EQ(result.ground, "target-died");
  EXPECT_EQ(result.came, "died");
  EXPECT_EQ(key_of(result.cause), "rfc6455/5.5.2-pong-reply:died");
  EXPECT_EQ(result.reason, "The target died in this case: exit code 7.");
  EXPECT_EQ(result.expected, "");
  EXPECT_EQ(result.received, "");
  rule(result, Verdict::skipped, ground::NeedLacking{"echo"}, {});
  EXPECT_EQ(result.verdict, Verdict::skipped);
  EXPECT_EQ(result.came, "");
  EXPECT_TRUE(result.cause.empty());
}

}  // namespace
}  // namespace wsconform::ruling_test
