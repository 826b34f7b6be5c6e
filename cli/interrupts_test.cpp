#include "cli/interrupts.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "cli/program.h"

namespace wsconform::interrupts_test {
namespace {

using namespace std::chrono_literals;

bool comes_true(const std::function<bool()>& condition, std::chrono::milliseconds within) {
  const auto end = std::chrono::steady_clock::now() + within;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

// Gone, or only kept in the table of processes until somebody asks how it ended.
bool is_gone(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string number;
  std::string name;
  std::string state;
  return !(stat >> number >> name >> state) || state == "Z";
}

// `wsconform run` in a process of its own, on a target that listens nowhere.
class InterruptedRun : public testing::Test {
 protected:
  // `script` is what the target does once it has written its process id.
  void start(const std::string& script) {
    const std::string command = "echo $$ > " + pid_file_ + "; " + script;
    program_ = fork();
    if (program_ == 0) {
      const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
      dup2(nowhere, STDOUT_FILENO);
      dup2(nowhere, STDERR_FILENO);
      _exit(run_program({"run", "ws://127.0.0.1:{port}/", "--exec", command}));
    }
    ASSERT_TRUE(
        comes_true([&] { return std::ifstream(pid_file_) >> target_ && target_ > 0; }, 60s));
  }
  void TearDown() override {
    if (target_ > 0) kill(-target_, SIGKILL);
    if (program_ > 0 && !ended()) {
      kill(program_, SIGKILL);
      waitpid(program_, nullptr, 0);
    }
    std::filesystem::remove(pid_file_);
  }

  void send(int signal) const { kill(program_, signal); }
  bool ended() {
    int status = 0;
    if (!status_ && waitpid(program_, &status, WNOHANG) == program_) status_ = status;
    return status_.has_value();
  }
  // -1: it goes on, or a signal ended it.
  int exit_code() const { return status_ && WIFEXITED(*status_) ? WEXITSTATUS(*status_) : -1; }

  pid_t program_ = -1;
  pid_t target_ = -1;
  std::optional<int> status_;
  std::string pid_file_ = testing::TempDir() + "interrupts_test_" + std::to_string(getpid());
};

// It heeds no SIGTERM, so that an end in good order takes its time: the second signal comes while
// that is waited for.
constexpr const char* stubborn = "trap '' TERM; while :; do sleep 1; done";

TEST_F(InterruptedRun, EndsAtOnceAndWithItsTargetAtTheSecondSignal) {
  for (const int signal : {SIGINT, SIGTERM}) {
    status_.reset();
    target_ = -1;
    std::filesystem::remove(pid_file_);
    start(stubborn);
    // Two that come before the process runs again are one.
    ASSERT_TRUE(comes_true(
        [&] {
          send(signal);
          return comes_true([&] { return ended(); }, 50ms);
        },
        30s));
    EXPECT_EQ(exit_code(), exit_code_of_signal(signal));
    EXPECT_TRUE(comes_true([&] { return is_gone(target_); }, 10s));
  }
}

TEST_F(InterruptedRun, EndsInGoodOrderAtTheFirstSignal) {
  start("exec sleep 1000");
  send(SIGINT);
  ASSERT_TRUE(comes_true([&] { return ended(); }, 60s));
  EXPECT_GE(exit_code(), 0);
  EXPECT_LT(exit_code(), exit_code_of_signal(0));
  EXPECT_TRUE(is_gone(target_));
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
