#include "runner/suite/task_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>
#include <string>

#include "runner/casebook/case.h"
#include "runner/suite/task_list.h"

namespace wsconform::task_pool_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TaskPoolTest : public testing::Test {
 protected:
  Task task(const std::string& id) {
    Case& made = cases_.emplace_back();
    made.id = "s/" + id;
    made.section = "s";
    return {&made};
  }
  std::vector<Task> tasks(const std::vector<std::string>& ids) {
    std::vector<Task> made;
    for (const std::string& each : ids) made.push_back(task(each));
    return made;
  }

 private:
  std::list<Case> cases_;
};

TEST_F(TaskPoolTest, GivesSomeAtATimeUntilThereAreNoMore) {
  TaskPool pool(tasks({"a", "b", "c"}), 2);
  EXPECT_EQ(pool.left(), 3U);
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/a", "s/b"));
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/c"));
  EXPECT_TRUE(pool.empty());
  EXPECT_THAT(pool.take(), IsEmpty());
}

TEST_F(TaskPoolTest, GivesFirstWhatIsGivenBack) {
  int changes = 0;
  TaskPool pool(tasks({"a", "b", "c"}), 2, [&] { ++changes; });
  pool.give_back(pool.take());
  EXPECT_EQ(changes, 1);
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/a", "s/b"));
  pool.give_back({});
  EXPECT_EQ(changes, 1) << "nothing came back";
}

TEST_F(TaskPoolTest, SetsVariantsOfAKillerAside) {
  TaskPool pool(tasks({"k/2", "a"}));
  pool.add_killer(task("k/1"));
  EXPECT_EQ(pool.left(), 1U);
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/a"));
  EXPECT_FALSE(pool.empty());
  pool.give_back(tasks({"k/3", "b"}));
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/b"));
  EXPECT_THAT(ids_of(pool.take_variants().tasks), ElementsAre("s/k/2", "s/k/3"));
  EXPECT_TRUE(pool.empty());
}

TEST_F(TaskPoolTest, GivesAFewVariantsOfOneKillerAtATime) {
  TaskPool pool({});
  pool.add_killer(task("k/0"));
  pool.add_killer(task("l/0"));
  pool.give_back(tasks({"k/1", "l/1", "k/2", "k/3", "k/4", "k/5", "k/6"}));
  EXPECT_THAT(ids_of(pool.take_variants().tasks),
              ElementsAre("s/k/1", "s/k/2", "s/k/3", "s/k/4", "s/k/5"));
  EXPECT_THAT(ids_of(pool.take_variants().tasks), ElementsAre("s/l/1"));
  EXPECT_THAT(ids_of(pool.take_variants().tasks), ElementsAre("s/k/6"));
}

TEST_F(TaskPoolTest, GivesVariantsThatDoNoHarmAsAny) {
  TaskPool pool(tasks({"a"}));
  pool.add_killer(task("k/0"));
  pool.add_killer(task("l/0"));
  pool.give_back(tasks({"k/1", "l/1", "k/2"}));
  pool.acquit(task("k/3"));
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/k/1", "s/k/2", "s/a"));
  EXPECT_THAT(ids_of(pool.take_variants().tasks), ElementsAre("s/l/1"));
}

TEST_F(TaskPoolTest, GivesThoseLastThatWerePutLast) {
  TaskPool pool(tasks({"a"}), 2);
  pool.put_last(tasks({"v", "w", "k/1", "x"}));
  pool.add_killer(task("k/0"));
  EXPECT_EQ(pool.left(), 4U);
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/a"));
  EXPECT_THAT(pool.take(), IsEmpty()) << "the variants come first";
  EXPECT_THAT(ids_of(pool.take_variants().tasks), ElementsAre("s/k/1"));
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/v", "s/w"));
  EXPECT_FALSE(pool.empty());
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/x"));
  EXPECT_TRUE(pool.empty());
}

// While one plays variants, another plays what they are not to disturb.
TEST_F(TaskPoolTest, GivesThemAtOnceToOthersThanWhoPlaysVariants) {
  TaskPool pool(tasks({"k/1"}));
  pool.add_killer(task("k/0"));
  pool.put_last(tasks({"w"}));
  EXPECT_THAT(pool.take(), IsEmpty());
  EXPECT_FALSE(pool.variants_in_play());
  TaskPool::Variants variants = pool.take_variants();
  EXPECT_TRUE(pool.variants_in_play());
  pool.give_back(variants.tasks);
  EXPECT_THAT(ids_of(pool.take()), ElementsAre("s/w"));
  variants = {};
  EXPECT_FALSE(pool.variants_in_play());
}

}  // namespace
}  // namespace wsconform::task_pool_test
