#include "runner/suite/run_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/casebook/case.h"
#include "runner/suite/task_list.h"

namespace wsconform::run_plan_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAreArray;

Case named(std::string id) {
  Case made;
  made.id = std::move(id);
  return made;
}

// a; b is alone; c is about protection; d is both; e needs what no target has.
std::vector<Case> cases() {
  std::vector<Case> made = {named("a"), named("b"), named("c"), named("d"), named("e")};
  made[1].alone = made[3].alone = true;
  made[2].section = made[3].section = "security/frames";
  made[4].needs = {"echo", "wings"};
  return made;
}

TargetProfile echoing() {
  TargetProfile target;
  target.features = {"echo"};
  return target;
}

TEST(PlanOf, LooksAtTheTargetInCasesAboutProtectionWhereItCan) {
  const std::vector<Case> all = cases();
  const RunPlan plan = plan_of(all, echoing(), {.watches = true});
  EXPECT_THAT(ids_of(plan.beside), ElementsAre("a"));
  EXPECT_THAT(ids_of(plan.watched), ElementsAre("c"));
  EXPECT_THAT(ids_of(plan.alone), ElementsAre("b", "d"));
}

TEST(PlanOf, PlaysThemBesideTheOthersWhereItCannot) {
  const std::vector<Case> all = cases();
  const RunPlan plan = plan_of(all, echoing(), {});
  EXPECT_THAT(ids_of(plan.beside), ElementsAre("a", "c"));
  EXPECT_THAT(plan.watched, IsEmpty());
  EXPECT_THAT(ids_of(plan.alone), ElementsAre("b", "d"));
}

TEST(PlanOf, HasOneInstancePlayAllInARowForATargetThatShowsNoWork) {
  const std::vector<Case> all = cases();
  TargetProfile target = echoing();
  EXPECT_FALSE(plan_of(all, target, {}).in_a_row);
  target.pongs = false;
  EXPECT_FALSE(plan_of(all, target, {}).in_a_row);
  target.echoes = false;
  EXPECT_TRUE(plan_of(all, target, {}).in_a_row);
}

TEST(PlanOf, SaysWhatATargetLacksThatACaseNeeds) {
  const std::vector<Case> all = cases();
  const RunPlan plan = plan_of(all, echoing(), {.repeat = 2});
  ASSERT_EQ(plan.skipped.size(), 2U);
  EXPECT_EQ(plan.skipped[1].repetition, 2);
  EXPECT_EQ(plan.skipped[0].verdict, Verdict::skipped);
  EXPECT_EQ(plan.skipped[0].reason, "The target lacks what the case needs: wings.");
}

TEST(PlanOf, SkipsMessagesOfAKindThatTheTargetRefuses) {
  std::vector<Case> all = {named("a"), named("b")};
  SendFrame frame;
  frame.opcode = Opcode::binary;
  all[1].steps = {frame};
  TargetProfile target = echoing();
  target.refuses = {Opcode::binary};
  const RunPlan plan = plan_of(all, target, {});
  EXPECT_THAT(ids_of(plan.beside), ElementsAre("a"));
  ASSERT_EQ(plan.skipped.size(), 1U);
  EXPECT_EQ(plan.skipped[0].reason, "The target lacks what the case needs: binary messages.");
}

TEST(PlanOf, SkipsTextsAsBytesOfATargetWithAFormOfItsOwn) {
  std::vector<Case> all = {named("a"), named("b")};
  for (Case& each : all) each.steps.emplace_back(SendBytes{Payload(Bytes{0x81, 0x00}), {}});
  std::get<SendBytes>(std::get<Act>(all[1].steps[0])).payload = Payload(Bytes{0x82, 0x00});
  TargetProfile target = echoing();
  EXPECT_THAT(plan_of(all, target, {}).skipped, IsEmpty());
  target.message = MessageForm::parse("{payload}!");
  const RunPlan plan = plan_of(all, target, {});
  ASSERT_EQ(plan.skipped.size(), 1U);
  EXPECT_EQ(plan.skipped[0].id, "a");
}

TEST(PlanOf, RepeatsThemAllInTheirOrder) {
  const std::vector<Case> all = {named("a"), named("b")};
  const RunPlan plan = plan_of(all, echoing(), {.repeat = 2});
  EXPECT_THAT(plan.beside,
              ElementsAre(Task{&all[0], 1}, Task{&all[1], 1}, Task{&all[0], 2}, Task{&all[1], 2}));
}

TEST(PlanOf, ShufflesByTheSeed) {
  std::vector<Case> all;
  for (char id = 'a'; id <= 'z'; ++id) all.push_back(named(std::string(1, id)));
  const auto ids = [&](std::uint64_t seed) {
    return ids_of(plan_of(all, echoing(), {.shuffle = true, .seed = seed}).beside);
  };
  EXPECT_EQ(ids(1), ids(1));
  EXPECT_NE(ids(1), ids(2));
  EXPECT_THAT(ids(1), UnorderedElementsAreArray(ids(2)));
}

}  // namespace
}  // namespace wsconform::run_plan_test
