#include "runner/process/spare_process.h"

#include <gtest/gtest.h>
#include <signal.h>

namespace wsconform::spare_process_test {
namespace {

constexpr const char* command = "echo {port} >&2; exec cat /dev/zero > /dev/null";

TEST(SpareProcess, TakesThePlaceOfTheOther) {
  TargetProcess process(command, 7);
  process.start();
  const pid_t first = process.pid();
  SpareProcess spare(command);
  EXPECT_FALSE(spare.replaces(process)) << "there is none yet";
  EXPECT_EQ(process.pid(), first);
  spare.begin();
  ASSERT_TRUE(spare.replaces(process));
  EXPECT_TRUE(process.running());
  EXPECT_NE(process.pid(), first);
  EXPECT_NE(process.port(), 7);
  EXPECT_NE(kill(first, 0), 0) << "it was stopped";
  EXPECT_FALSE(spare.replaces(process)) << "there is none any more";
}

TEST(SpareProcess, IsNotStartedTwice) {
  SpareProcess spare(command);
  spare.begin();
  TargetProcess process(command, 7);
  ASSERT_TRUE(spare.replaces(process));
  spare.begin();
  TargetProcess another(command, 8);
  spare.begin();
  ASSERT_TRUE(spare.replaces(another));
  EXPECT_NE(another.pid(), process.pid());
  EXPECT_FALSE(spare.replaces(another));
}

}  // namespace
}  // namespace wsconform::spare_process_test
