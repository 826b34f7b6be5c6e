#include "runner/process/process_usage.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace wsconform::process_usage_test {
namespace {

constexpr std::size_t mib = 1024 * 1024;

// A child that lives until this object goes, and has said that it began.
class Child {
 public:
  Child() {
    EXPECT_EQ(pipe(held_.data()), 0);
    EXPECT_EQ(pipe(begun_.data()), 0);
    pid_ = fork();
    if (pid_ == 0) {
      char letter = 'x';
      close(held_[1]);
      if (write(begun_[1], &letter, 1) != 1 || read(held_[0], &letter, 1) != 0) _exit(1);
      _exit(0);
    }
    close(held_[0]);
    char letter = 0;
    EXPECT_EQ(read(begun_[0], &letter, 1), 1);
  }
  ~Child() { end(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t pid() const { return pid_; }
  // It has exited, and nobody has waited for it.
  void let_exit() {
    close(held_[1]);
    held_[1] = -1;
    siginfo_t told{};
    EXPECT_EQ(waitid(P_PID, static_cast<id_t>(pid_), &told, WEXITED | WNOWAIT), 0);
  }
  void end() {
    if (pid_ < 0) return;
    if (held_[1] >= 0) close(held_[1]);
    close(begun_[0]);
    close(begun_[1]);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
  }

 private:
  std::array<int, 2> held_{};
  std::array<int, 2> begun_{};
  pid_t pid_ = -1;
};

TEST(UsageOf, TellsWhatThisProcessUses) {
  const auto usage = usage_of(getpid());
  ASSERT_TRUE(usage);
  EXPECT_EQ(usage->processes.front(), getpid());
  EXPECT_GT(usage->cpu, Duration::zero());
  EXPECT_GT(usage->resident, mib);
  EXPECT_GE(usage->peak, usage->resident / 2);
}

TEST(UsageOf, CountsWhatAProcessStarted) {
  const Child child;
  const auto usage = usage_of(getpid());
  ASSERT_TRUE(usage);
  EXPECT_NE(std::ranges::find(usage->processes, child.pid()), usage->processes.end());
}

TEST(UsageOf, IsNothingForAProcessThatIsGone) {
  Child child;
  const pid_t pid = child.pid();
  child.let_exit();
  EXPECT_FALSE(usage_of(pid));
  child.end();
  EXPECT_FALSE(usage_of(pid));
}

TEST(UsageOf, SeesCpuTimeThatIsUsed) {
  const auto before = usage_of(getpid());
  timespec until{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &until);
  const auto used = [] {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000L + now.tv_nsec;
  };
  const long began = used();
  while (used() - began < 20'000'000L) {
  }
  EXPECT_GE(usage_of(getpid())->cpu - before->cpu, std::chrono::milliseconds(20));
}

TEST(UsageOf, SeesMemoryThatIsTouchedAndItsPeak) {
  forget_peak(getpid());
  const auto before = usage_of(getpid());
  // Of the kernel itself: a compiler may drop memory that nobody reads.
  void* const taken = mmap(nullptr, 200 * mib, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  ASSERT_NE(taken, MAP_FAILED);
  EXPECT_GE(usage_of(getpid())->resident, before->resident + 150 * mib);
  EXPECT_GE(usage_of(getpid())->peak, before->resident + 150 * mib);
  munmap(taken, 200 * mib);
  EXPECT_LT(usage_of(getpid())->resident, before->resident + 150 * mib);
  EXPECT_GE(usage_of(getpid())->peak, before->resident + 150 * mib);
}

}  // namespace
}  // namespace wsconform::process_usage_test
