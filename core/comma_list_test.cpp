#include "core/comma_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace wsconform::comma_list_test {
namespace {

using testing::ElementsAre;

std::vector<std::string_view> elements(std::string_view list) {
  std::vector<std::string_view> all;
  for (const std::string_view each : list_elements(list)) all.push_back(each);
  return all;
}

TEST(ListElements, StandWithoutTheWhiteSpaceAroundThem) {
  EXPECT_THAT(elements("a"), ElementsAre("a"));
  EXPECT_THAT(elements("a,b ,\tc d "), ElementsAre("a", "b", "c d"));
}

TEST(ListElements, MayBeEmpty) {
  EXPECT_THAT(elements(","), ElementsAre("", ""));
  EXPECT_THAT(elements(" , a,,"), ElementsAre("", "a", "", ""));
  EXPECT_THAT(elements(" "), ElementsAre(""));
}

TEST(ListElements, AreNoneInAnEmptyList) {
  EXPECT_THAT(elements(""), ElementsAre());
}

}  // namespace
}  // namespace wsconform::comma_list_test
