#include "runner/process/group_guard.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>

#include "core/machine_fault.h"

namespace wsconform::group_guard_test {
namespace {

// The first process of a group of its own, which only waits.
pid_t waiting_group() {
  const pid_t leader = fork();
  if (leader == 0) {
    setpgid(0, 0);
    for (;;) pause();
  }
  setpgid(leader, leader);
  return leader;
}

int signal_that_ended(pid_t process) {
  int status = 0;
  waitpid(process, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

TEST(GroupGuard, KillsTheGroupWhenItGoes) {
  const pid_t leader = waiting_group();
  std::optional<GroupGuard> guard(leader);
  EXPECT_EQ(waitpid(leader, nullptr, WNOHANG), 0);
  guard.reset();
  EXPECT_EQ(signal_that_ended(leader), SIGKILL);
}

TEST(GroupGuard, KillsTheGroupWhereWhoeverMadeItIsKilled) {
  const pid_t leader = waiting_group();
  const pid_t maker = fork();
  if (maker == 0) {
    const GroupGuard guard(leader);
    kill(getpid(), SIGKILL);
  }
  EXPECT_EQ(signal_that_ended(maker), SIGKILL);
  EXPECT_EQ(signal_that_ended(leader), SIGKILL);
}

TEST(GroupGuard, IsAFaultOfTheMachineWhereNoDescriptorIsLeft) {
  const pid_t leader = waiting_group();
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  // A sanitizer looks at a type with a pipe of its own, once: before there is none left.
  EXPECT_THROW(throw MachineFault({EMFILE, std::generic_category()}, "first"), MachineFault);
  const rlimit none{.rlim_cur = 3, .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none);
  EXPECT_THROW(GroupGuard{leader}, MachineFault);
  setrlimit(RLIMIT_NOFILE, &before);
  kill(leader, SIGKILL);
  signal_that_ended(leader);
}

}  // namespace
}  // namespace wsconform::group_guard_test
