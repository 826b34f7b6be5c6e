#include "runner/process/group_guard.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <utility>

#include "core/machine_fault.h"

namespace wsconform::group_guard_test {
namespace {

// A process of the group, which only waits; of our descriptors it has those that
// programs are given.
pid_t waiting_in(pid_t group) {
  const pid_t member = fork();
  if (member == 0) {
    setpgid(0, group);
    execl("/bin/sleep", "sleep", "1000", nullptr);
    _exit(1);
  }
  setpgid(member, group);
  return member;
}

int signal_that_ended(pid_t process) {
  int status = 0;
  waitpid(process, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

TEST(GroupGuard, KillsTheGroupWhenItGoes) {
  std::optional<GroupGuard> guard(std::in_place);
  const pid_t member = waiting_in(guard->group());
  EXPECT_EQ(waitpid(member, nullptr, WNOHANG), 0);
  guard.reset();
  EXPECT_EQ(signal_that_ended(member), SIGKILL);
}

TEST(GroupGuard, OutlivesTheSignalsThatEndTheOthers) {
  const GroupGuard guard;
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    const pid_t member = waiting_in(guard.group());
    guard.send(signal);
    EXPECT_EQ(signal_that_ended(member), signal);
  }
  EXPECT_EQ(waitpid(guard.group(), nullptr, WNOHANG), 0);
}

TEST(GroupGuard, KillsTheGroupWhereWhoeverMadeItIsKilled) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const pid_t maker = fork();
  if (maker == 0) {
    const GroupGuard guard;
    waiting_in(guard.group());  // it holds the pipe open
    kill(getpid(), SIGKILL);
  }
  close(ends[1]);
  EXPECT_EQ(signal_that_ended(maker), SIGKILL);
  char nothing = 0;
  EXPECT_EQ(read(ends[0], &nothing, 1), 0) << "all ends are closed";
  close(ends[0]);
}

TEST(GroupGuard, IsAFaultOfTheMachineWhereNoDescriptorIsLeft) {
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{.rlim_cur = 3, .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none);
  EXPECT_THROW(GroupGuard{}, MachineFault);
  setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
}  // namespace wsconform::group_guard_test
