// Every case of Autobahn|Testsuite's groups 1 to 7, 9, 10, 12 and 13 has an equivalent here
// (docs/autobahn.md).
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "runner/casebook/autobahn_ids.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"

namespace wsconform::autobahn_ids_test {
namespace {

std::set<std::string> claimed_ids() {
  std::set<std::string> ids;
  for (const Case& each : load_cases(WSCONFORM_SOURCE_DIR "/cases")) {
    if (!each.full_only) ids.insert(each.autobahn.begin(), each.autobahn.end());
  }
  return ids;
}

TEST(AutobahnIds, AreAllCoveredAtDefaultIntensity) {
  const std::set<std::string> claimed = claimed_ids();
  int known = 0;
  for (const AutobahnGroup& group : autobahn_groups) {
    for (int n = 1; n <= group.cases; ++n, ++known) {
      const std::string id = std::string(group.prefix) + '.' + std::to_string(n);
      EXPECT_TRUE(claimed.contains(id)) << id;
    }
  }
  EXPECT_EQ(known, 517);
  EXPECT_EQ(claimed.size(), 517U) << "a case names an id that Autobahn does not have";
}

}  // namespace
}  // namespace wsconform::autobahn_ids_test
