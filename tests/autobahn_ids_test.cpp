// Every case of Autobahn|Testsuite's groups 1 to 7, 9, 10, 12 and 13 has an equivalent here (docs/autobahn.md).
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "runner/casebook/case_loader.h"

namespace wsconform::autobahn_ids_test {
namespace {

// A group's cases are numbered from 1 without gaps.
struct Group {
  const char* prefix;
  int cases;
};
constexpr Group groups[] = {
    {"1.1", 8},   {"1.2", 8},   {"2", 11},    {"3", 7},     {"4.1", 5},   {"4.2", 5},
    {"5", 20},    {"6.1", 3},   {"6.2", 4},   {"6.3", 2},   {"6.4", 4},   {"6.5", 5},
    {"6.6", 11},  {"6.7", 4},   {"6.8", 2},   {"6.9", 4},   {"6.10", 3},  {"6.11", 5},
    {"6.12", 8},  {"6.13", 5},  {"6.14", 10}, {"6.15", 1},  {"6.16", 3},  {"6.17", 5},
    {"6.18", 5},  {"6.19", 5},  {"6.20", 7},  {"6.21", 8},  {"6.22", 34}, {"6.23", 7},
    {"7.1", 6},   {"7.3", 6},   {"7.5", 1},   {"7.7", 13},  {"7.9", 9},   {"7.13", 2},
    {"9.1", 6},   {"9.2", 6},   {"9.3", 9},   {"9.4", 9},   {"9.5", 6},   {"9.6", 6},
    {"9.7", 6},   {"9.8", 6},   {"10.1", 1},  {"12.1", 18}, {"12.2", 18}, {"12.3", 18},
    {"12.4", 18}, {"12.5", 18}, {"13.1", 18}, {"13.2", 18}, {"13.3", 18}, {"13.4", 18},
    {"13.5", 18}, {"13.6", 18}, {"13.7", 18},
};

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
  for (const Group& group : groups) {
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
