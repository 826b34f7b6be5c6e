#include "cli/interrupts.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "cli/program.h"

namespace wsconform::interrupts_test {
namespace {

constexpr int far_too_long_ms = 60'000;

bool becomes_readable(int descriptor) {
  pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
  return poll(&watched, 1, far_too_long_ms) == 1 && (watched.revents & POLLIN) != 0;
}

// Waits for the end of a process, child of ours or not.
class EndOfProcess {
 public:
  explicit EndOfProcess(pid_t process)
      : descriptor_(static_cast<int>(syscall(SYS_pidfd_open, process, 0))) {}
  ~EndOfProcess() { close(descriptor_); }
  EndOfProcess(const EndOfProcess&) = delete;
  EndOfProcess& operator=(const EndOfProcess&) = delete;

  bool comes() const { return descriptor_ < 0 || becomes_readable(descriptor_); }

 private:
  int descriptor_ = -1;
};

// `wsconform run` in a process of its own, on a target that listens nowhere and tells
// lines through a FIFO.
class InterruptedRun : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "interrupts_test_" + std::to_string(getpid());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
    ASSERT_EQ(mkfifo(fifo().c_str(), 0600), 0);
    told_ = open(fifo().c_str(), O_RDWR | O_CLOEXEC);  // stays open where no target has it
    ASSERT_GE(told_, 0);
  }
  void TearDown() override {
    if (target_ > 0) kill(target_, SIGKILL);
    if (program_ > 0) {
      kill(program_, SIGKILL);
      waitpid(program_, nullptr, 0);
    }
    close(told_);
    std::filesystem::remove_all(folder_);
  }

  std::string fifo() const { return folder_ + "/told"; }
  // `script` is what the target does once it has told its process id.
  void start(const std::string& script) {
    const std::string command = "exec 3>" + fifo() + "; echo $$ >&3; " + script;
    program_ = fork();
    if (program_ == 0) {
      setenv("TMPDIR", folder_.c_str(), 1);
      const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
      dup2(nowhere, STDOUT_FILENO);
      dup2(nowhere, STDERR_FILENO);
      _exit(run_program({"run", "ws://127.0.0.1:{port}/", "--exec", command}));
    }
    target_ = std::stoi(line());
  }
  // The next that the target tells.
  std::string line() const {
    std::string text;
    for (char letter = 0; becomes_readable(told_) && read(told_, &letter, 1) == 1;) {
      if (letter == '\n') return text;
      text += letter;
    }
    ADD_FAILURE() << "the target tells nothing";
    return "-1";
  }

  void send(int signal) const { kill(program_, signal); }
  // Waits for it; -1: a signal ended it.
  int exit_code() {
    EXPECT_TRUE(EndOfProcess(program_).comes());
    int status = 0;
    waitpid(program_, &status, 0);
    program_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  bool left_no_file() const {
    std::filesystem::remove(fifo());
    return std::filesystem::is_empty(folder_);
  }

  pid_t program_ = -1;
  pid_t target_ = -1;
  int told_ = -1;
  std::string folder_;
};

// It tells of the first SIGTERM and does not heed it, so that an end in good order takes its time:
// the second signal comes while that is waited for.
constexpr const char* stubborn = "trap 'echo asked >&3' TERM; while :; do sleep 1000; done";

class SecondSignal : public InterruptedRun, public testing::WithParamInterface<int> {};

TEST_P(SecondSignal, EndsTheProgramAtOnceAndItsTargetAndLeavesNoFile) {
  start(stubborn);
  const EndOfProcess end_of_target(target_);
  send(GetParam());
  EXPECT_EQ(line(), "asked");
  send(GetParam());
  EXPECT_EQ(exit_code(), exit_code_of_signal(GetParam()));
  EXPECT_TRUE(end_of_target.comes());
  EXPECT_TRUE(left_no_file());
}

class FirstSignal : public InterruptedRun, public testing::WithParamInterface<int> {};

TEST_P(FirstSignal, EndsTheRunInGoodOrder) {
  start("exec sleep 1000");
  const EndOfProcess end_of_target(target_);
  send(GetParam());
  const int code = exit_code();
  EXPECT_GE(code, 0);
  EXPECT_LT(code, exit_code_of_signal(0));
  EXPECT_TRUE(end_of_target.comes());
  EXPECT_TRUE(left_no_file());
}

std::string name_of(const testing::TestParamInfo<int>& signal) {
  return sigabbrev_np(signal.param);
}
INSTANTIATE_TEST_SUITE_P(Interrupts, SecondSignal, testing::Values(SIGINT, SIGTERM, SIGHUP),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Interrupts, FirstSignal, testing::Values(SIGINT, SIGTERM, SIGHUP),
                         name_of);

TEST_F(InterruptedRun, EndsWithItsTargetAndLeavesNoFileWhereItIsKilled) {
  start("exec sleep 1000");
  const EndOfProcess end_of_target(target_);
  send(SIGKILL);
  EXPECT_EQ(exit_code(), -1);
  EXPECT_TRUE(end_of_target.comes());
  EXPECT_TRUE(left_no_file());
}

TEST(Interrupts, TellOfASignalThatCameBeforeTheyWereAskedFor) {
  boost::asio::io_context loop;
  Interrupts interrupts(loop);
  raise(SIGTERM);
  int calls = 0;
  interrupts.on_first([&] { ++calls; });
  loop.run();
  EXPECT_EQ(calls, 1);
}

TEST(Interrupts, LeaveASignalIgnoredThatWasIgnoredBefore) {
  const auto before = ::signal(SIGHUP, SIG_IGN);
  {
    boost::asio::io_context loop;
    Interrupts interrupts(loop);
    int calls = 0;
    interrupts.on_first([&] { ++calls; });
    raise(SIGHUP);
    loop.poll();
    EXPECT_EQ(calls, 0);
  }
  ::signal(SIGHUP, before);
}

TEST(Interrupts, PutBackWhatWasBefore) {
  const auto handler_of_now = [] {
    struct sigaction now{};
    sigaction(SIGINT, nullptr, &now);
    return now.sa_handler;
  };
  const auto handler = handler_of_now();
  {
    boost::asio::io_context loop;
    const Interrupts interrupts(loop);
    EXPECT_NE(handler_of_now(), handler);
  }
  EXPECT_EQ(handler_of_now(), handler);
}

}  // namespace
}  // namespace wsconform::interrupts_test
