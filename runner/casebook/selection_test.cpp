#include "runner/casebook/selection.h"

#include <gtest/gtest.h>

#include "runner/casebook/case.h"
#include "runner/input/input_error.h"

namespace wsconform::selection_test {
namespace {

Case made(std::string section, std::string slug, Level level, std::vector<std::string> autobahn,
          std::vector<Role> sides = {Role::server}) {
  Case one;
  one.id = section + "/" + slug;
  one.section = std::move(section);
  one.level = level;
  one.autobahn = std::move(autobahn);
  one.sides = std::move(sides);
  return one;
}

std::vector<Case> some_cases() {
  return {made("rfc6455/5.2-framing", "echo/text-0", Level::must, {"1.1.1"}),
          made("rfc6455/5.2-framing", "echo/text-125", Level::must, {"1.1.2", "2.50"}),
          made("rfc6455/5.5-control", "ping", Level::must, {"2.5"}, {Role::server, Role::client}),
          made("rfc6455/5.5.1-close", "close", Level::should, {}, {Role::client}),
          made("rfc7692/7-deflate", "ping", Level::observe, {})};
}

std::string ids(const Selection& selection) {
  std::string all;
  for (const Case& each : select(some_cases(), selection).cases)
    all += each.id.substr(each.id.find('/') + 1) + " ";
  return all;
}

TEST(Selection, FindsAPartOfAnIdWhereNoWholePartIsMeant) {
  EXPECT_EQ(ids({.cases = {"5.5-cont"}}), "5.5-control/ping ");
  EXPECT_EQ(ids({.cases = {"text-1*"}}), "5.2-framing/echo/text-125 ");
  EXPECT_EQ(ids({.cases = {"ping"}}), "5.5-control/ping 7-deflate/ping ");
  EXPECT_THROW(ids({.cases = {"pong"}}), UsageError);
}

TEST(Selection, LeavesOutWhatIsExcludedAndTellsHowMany) {
  const Selection two{.excluded = {"echo", "rfc7692/*"}, .sections = {"rfc6455"}};
  EXPECT_EQ(ids(two), "5.5-control/ping 5.5.1-close/close ");
  EXPECT_EQ(select(some_cases(), two).excluded, 2u);
  EXPECT_THROW(ids({.excluded = {"nonsense"}}), UsageError);
  EXPECT_EQ(ids({.excluded = {"echo/text-0"}, .excluded_autobahn = {"2.*"}}),
            "5.5.1-close/close 7-deflate/ping ");
  EXPECT_THROW(ids({.excluded_autobahn = {"77"}}), UsageError);
  EXPECT_THROW(ids({.excluded = {"*"}}), UsageError);
}

TEST(Selection, IsEverythingWhenNothingIsAskedFor) {
  EXPECT_EQ(select(some_cases(), {}).cases.size(), 5u);
}

TEST(Selection, FindsCasesByGlobOrPart) {
  EXPECT_EQ(ids({.cases = {"echo"}}), "5.2-framing/echo/text-0 5.2-framing/echo/text-125 ");
  EXPECT_EQ(ids({.cases = {"*text-0", "close"}}), "5.2-framing/echo/text-0 5.5.1-close/close ");
}

TEST(Selection, FindsSectionsByNumberNameOrGlob) {
  EXPECT_EQ(ids({.sections = {"5.5"}}), "5.5-control/ping 5.5.1-close/close ");
  EXPECT_EQ(ids({.sections = {"rfc7692"}}), "7-deflate/ping ");
  EXPECT_EQ(ids({.sections = {"rfc6455/5.5-control"}}), "5.5-control/ping ");
  EXPECT_EQ(ids({.sections = {"rfc6455/5.2*"}}),
            "5.2-framing/echo/text-0 5.2-framing/echo/text-125 ");
  EXPECT_THROW(ids({.sections = {"5.5-con"}}), UsageError);
}

TEST(Selection, FindsEquivalentsOfAutobahnsCases) {
  EXPECT_EQ(ids({.autobahn = {"2.5"}}), "5.5-control/ping ");
  EXPECT_EQ(ids({.autobahn = {"1.*"}}), "5.2-framing/echo/text-0 5.2-framing/echo/text-125 ");
  EXPECT_EQ(ids({.autobahn = {"1.1"}}), "5.2-framing/echo/text-0 5.2-framing/echo/text-125 ");
  EXPECT_EQ(select(some_cases(), {.autobahn = {"*"}}).cases.size(), 3u);
}

TEST(Selection, FindsLevelsAndSides) {
  EXPECT_EQ(ids({.levels = {Level::should, Level::observe}}), "5.5.1-close/close 7-deflate/ping ");
  EXPECT_EQ(ids({.side = Role::client}), "5.5-control/ping 5.5.1-close/close ");
}

TEST(Selection, KeepsWhatFitsEveryFilter) {
  EXPECT_EQ(ids({.cases = {"ping"}, .sections = {"rfc6455"}}), "5.5-control/ping ");
}

TEST(Selection, TakesAFilterThatMatchesNothingForAMistake) {
  EXPECT_THROW(ids({.cases = {"ping", "pnig"}}), UsageError);
  EXPECT_THROW(ids({.autobahn = {"99.*"}}), UsageError);
  EXPECT_THROW(ids({.cases = {"ping"}, .levels = {Level::should}}), UsageError);
  try {
    ids({.cases = {"pnig"}});
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "--case pnig matches no case");
  }
}

}  // namespace
}  // namespace wsconform::selection_test
