#include "runner/suite/killers.h"

#include <gtest/gtest.h>

#include "runner/casebook/case.h"

namespace wsconform::killers_test {
namespace {

Case variant(std::string id) {
  Case made;
  made.id = std::move(id);
  made.section = "s";
  return made;
}

TEST(Killers, KnowTheVariantsOfTheirCases) {
  const Case killer = variant("s/k/1");
  const Case sibling = variant("s/k/2");
  const Case other = variant("s/o/1");
  Killers killers;
  EXPECT_FALSE(killers.knows({&killer}));
  killers.add({&killer});
  EXPECT_TRUE(killers.knows({&sibling}));
  EXPECT_FALSE(killers.knows({&other}));
  killers.forget({&sibling});
  EXPECT_FALSE(killers.knows({&killer}));
}

}  // namespace
}  // namespace wsconform::killers_test
