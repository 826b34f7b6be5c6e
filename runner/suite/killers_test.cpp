#include "runner/suite/killers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/casebook/case.h"

namespace wsconform::killers_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Case variant(std::string id) {
  Case made;
  made.id = std::move(id);
  made.section = "s";
  return made;
}

TEST(Killers, SetTheVariantsOfTheirCasesAside) {
  const Case killer = variant("s/k/1");
  const Case other = variant("s/o/1");
  const Case sibling = variant("s/k/2");
  std::vector<Task> tasks = {{&other}, {&sibling}};
  std::vector<Task> aside;
  Killers killers;
  killers.set_variants_aside(tasks, aside);
  EXPECT_THAT(aside, IsEmpty());
  killers.add({&killer});
  killers.set_variants_aside(tasks, aside);
  EXPECT_TRUE(killers.knows({&sibling}));
  EXPECT_FALSE(killers.knows({&other}));
  EXPECT_THAT(tasks, ElementsAre(Task{&other}));
  EXPECT_THAT(aside, ElementsAre(Task{&sibling}));
  killers.forget();
  killers.set_variants_aside(aside, tasks);
  EXPECT_THAT(aside, ElementsAre(Task{&sibling}));
}

}  // namespace
}  // namespace wsconform::killers_test
