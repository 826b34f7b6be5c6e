#include "runner/conversation/ruling.h"

#include <gtest/gtest.h>

#include "runner/casebook/case.h"

namespace wsconform {
namespace {

Case case_of_level(Level level) {
  Case made;
  made.id = "rfc6455/5.5-control-frames/ping";
  made.says = "A Ping is answered.";
  made.level = level;
  made.requirements = {"rfc6455/5.5.2-pong-reply"};
  return made;
}

TEST(Ruling, BeginsWithAPassAndWhatTheCaseSays) {
  Ruling ruling(case_of_level(Level::must));
  ruling.finish();
  EXPECT_TRUE(ruling.finished());
  const CaseResult& result = ruling.result();
  EXPECT_EQ(result.verdict, Verdict::pass);
  EXPECT_EQ(result.id, "rfc6455/5.5-control-frames/ping");
  EXPECT_EQ(result.says, "A Ping is answered.");
  EXPECT_EQ(result.requirements, std::vector<std::string>{"rfc6455/5.5.2-pong-reply"});
  EXPECT_EQ(result.reason, "The target did all that the case expects.");
}

TEST(Ruling, KeepsTheWorstVerdictAndItsReason) {
  Ruling ruling(case_of_level(Level::must));
  ruling.grade(Verdict::observed, "It has a limit.");
  ruling.grade(Verdict::lenient, "Another code.");
  ruling.grade(Verdict::observed, "It has another limit.");
  ruling.finish();
  EXPECT_EQ(ruling.result().verdict, Verdict::lenient);
  EXPECT_EQ(ruling.result().reason, "Another code.");
}

TEST(Ruling, CountsABrokenExpectationByTheLevelOfTheCase) {
  const auto verdict_at = [](Level level) {
    Ruling ruling(case_of_level(level));
    ruling.fail("Nothing came.", "a Pong", "silence");
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
  must.lapse("It was accepted.", "a refusal", "101");
  EXPECT_TRUE(must.finished());
  EXPECT_EQ(must.result().verdict, Verdict::fail);

  Ruling should(case_of_level(Level::should));
  should.lapse("It was accepted.", "a refusal", "101");
  EXPECT_FALSE(should.finished());
  should.fail("Nothing came.", "a Pong", "silence");
  EXPECT_EQ(should.result().verdict, Verdict::lenient);
  EXPECT_EQ(should.result().reason, "It was accepted.");
  EXPECT_EQ(should.result().expected, "a refusal");
}

TEST(Ruling, CondemnsWhateverTheLevel) {
  Ruling ruling(case_of_level(Level::may));
  ruling.condemn("The target masked a frame.");
  EXPECT_EQ(ruling.result().verdict, Verdict::fail);
}

TEST(Ruling, StaysAsItIsOnceFinished) {
  Ruling ruling(case_of_level(Level::must));
  ruling.fail("Silence.", "a Pong", "nothing");
  ruling.fail("A late fault.", "a Close", "a Pong");
  ruling.skip("Not about this target.");
  EXPECT_EQ(ruling.result().reason, "Silence.");
  EXPECT_EQ(ruling.result().expected, "a Pong");
  EXPECT_EQ(ruling.result().verdict, Verdict::fail);
}

TEST(Ruling, OnlyObservesWhereTheCaseOnlyObserves) {
  Ruling ruling(case_of_level(Level::observe));
  ruling.finish();
  EXPECT_EQ(ruling.result().verdict, Verdict::observed);
}

TEST(Ruling, NamesWhoIsAtFaultWhereThereIsNoVerdict) {
  Ruling ruling(case_of_level(Level::must));
  ruling.abandon(AtFault::target_unreachable, "Nobody listens.");
  EXPECT_TRUE(ruling.finished());
  EXPECT_EQ(ruling.result().verdict, Verdict::error);
  EXPECT_EQ(ruling.result().at_fault, AtFault::target_unreachable);
}

}  // namespace
}  // namespace wsconform
