#include "runner/suite/task_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/casebook/case.h"

namespace wsconform::task_list_test {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

Case named(std::string id, bool alone = false) {
  Case made;
  made.id = std::move(id);
  made.level = Level::must;
  made.alone = alone;
  return made;
}

Ending ending_of(EndingKind kind) {
  Ending ending;
  ending.kind = kind;
  return ending;
}

TEST(TasksWhere, KeepsTheChosenInTheirOrder) {
  const Case a = named("a", true);
  const Case b = named("b");
  const Case c = named("c", true);
  const std::vector<Task> tasks = {{&c, 1}, {&b, 1}, {&a, 2}};
  EXPECT_THAT(ids_of(tasks_where(tasks, &Case::alone)), ElementsAre("c", "a"));
}

TEST(Sends, LooksAtEachFrame) {
  Case each = named("a");
  SendFrame frame;
  frame.opcode = Opcode::binary;
  each.steps = {SendBytes{}, frame};
  EXPECT_TRUE(sends(each, Opcode::binary));
  EXPECT_FALSE(sends(each, Opcode::text));
  each.steps = {SendBytes{Payload(*from_hex("818000000000")), {}}};
  EXPECT_TRUE(sends(each, Opcode::text));
  EXPECT_FALSE(sends(each, Opcode::binary));
}

TEST(BeginWithTheLong, TakesTheSilentAndKeepsTheOrderOtherwise) {
  const Case a = named("a");
  Case b = named("b");
  b.steps = {ExpectEnding{.endings = {ending_of(EndingKind::silence)}}};
  Case c = named("c");
  c.steps = {ExpectEnding{.endings = {ending_of(EndingKind::end)}}};
  std::vector<Task> tasks = {{&a, 1}, {&b, 1}, {&c, 1}, {&a, 2}, {&b, 2}};
  begin_with_the_long(tasks);
  EXPECT_THAT(ids_of(tasks), ElementsAre("b", "b", "a", "c", "a"));
}

TEST(BeginWithTheLong, TakesThoseThatConnectAgainAndAgain) {
  const Case a = named("a");
  Case b = named("b");
  b.steps = std::vector<Step>(4, Act(Reconnect{}));
  Case c = named("c");
  c.steps = {Reconnect{}};
  std::vector<Task> tasks = {{&a, 1}, {&c, 1}, {&b, 1}};
  begin_with_the_long(tasks);
  EXPECT_THAT(ids_of(tasks), ElementsAre("b", "a", "c"));
}

std::vector<int> shuffled(std::uint64_t seed) {
  const Case any = named("any");
  std::vector<Task> tasks;
  for (int n = 0; n < 10; ++n) tasks.push_back({&any, n});
  shuffle(tasks, seed);
  std::vector<int> order;
  for (const Task& each : tasks) order.push_back(each.repetition);
  return order;
}

TEST(Shuffle, GivesTheSameOrderForTheSameSeedEverywhere) {
  EXPECT_THAT(shuffled(1), ElementsAre(1, 7, 3, 9, 4, 0, 5, 2, 6, 8));
}

TEST(Shuffle, KeepsEveryElement) {
  EXPECT_NE(shuffled(42), shuffled(1));
  EXPECT_THAT(shuffled(42), UnorderedElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST(Unjudged, TellsWhichCaseItIsAboutAndWhy) {
  const Case a = named("a");
  const CaseResult result =
      unjudged({&a, 2}, Verdict::skipped, AtFault::nobody, ground::NeedLacking{"x"});
  EXPECT_EQ(result.id, "a");
  EXPECT_EQ(result.level, Level::must);
  EXPECT_EQ(result.repetition, 2);
  EXPECT_EQ(result.verdict, Verdict::skipped);
  EXPECT_EQ(result.reason, "The target lacks what the case needs: x.");
  EXPECT_EQ(result.ground, "need-lacking");
  EXPECT_TRUE(result.cause.empty());
}

TEST(Unjudged, HasACauseWhereTheTargetWasGone) {
  const Case a = named("a");
  const CaseResult result = unjudged({&a, 1}, Verdict::error, AtFault::target_unreachable,
                                     ground::NotJudged{ground::NotJudged::When::under_way});
  EXPECT_EQ(result.ground, "not-judged");
  EXPECT_EQ(key_of(result.cause), "not-judged");
  EXPECT_EQ(result.came, "");
  EXPECT_EQ(result.at_fault, AtFault::target_unreachable);
}

}  // namespace
}  // namespace wsconform::task_list_test
