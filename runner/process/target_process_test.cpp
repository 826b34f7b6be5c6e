#include "runner/process/target_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "core/machine_fault.h"

namespace wsconform::target_process_test {
namespace {

// Blocks until the process has exited, and leaves its exit to be collected.
void await_exit(const TargetProcess& process) {
  siginfo_t told{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(process.pid()), &told, WEXITED | WNOWAIT), 0);
}

// A FIFO that a command and all it starts hold open: it says when they have begun, and ends when
// the last of them is gone.
class HeldFifo {
 public:
  HeldFifo() {
    std::string folder =
        (std::filesystem::temp_directory_path() / "wsconform-fifo-XXXXXX").string();
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    EXPECT_EQ(mkfifo(name().c_str(), 0600), 0);
    reader_ = open(name().c_str(), O_RDONLY | O_NONBLOCK);
    EXPECT_GE(reader_, 0);
  }
  ~HeldFifo() {
    close(reader_);
    std::filesystem::remove_all(folder_);
  }
  HeldFifo(const HeldFifo&) = delete;
  HeldFifo& operator=(const HeldFifo&) = delete;

  std::string name() const { return folder_ + "/fifo"; }
  bool begun() const {
    char letter = 0;
    return happens(POLLIN) && read(reader_, &letter, 1) == 1;
  }
  bool let_go_by_all() const { return happens(POLLHUP); }

 private:
  bool happens(short event) const {
    constexpr int far_too_long_ms = 60'000;
    pollfd watched{.fd = reader_, .events = event, .revents = 0};
    return poll(&watched, 1, far_too_long_ms) == 1 && (watched.revents & event) != 0;
  }

  std::string folder_;
  int reader_ = -1;
};

struct ExitRow {
  std::string_view name;
  std::string_view command;
  std::string_view exit;
  std::optional<int> code;
};
void PrintTo(const ExitRow& row, std::ostream* out) {
  *out << row.name;
}

class ExitOfATarget : public testing::TestWithParam<ExitRow> {};

TEST_P(ExitOfATarget, IsTold) {
  TargetProcess process(std::string(GetParam().command), 80);
  process.start();
  await_exit(process);
  EXPECT_FALSE(process.running());
  EXPECT_EQ(process.last_exit(), GetParam().exit);
  EXPECT_EQ(process.exit_code(), GetParam().code);
}

constexpr ExitRow exits[] = {
    {"Success", "exit 0", "exit code 0", 0},
    {"Failure", "exit 3", "exit code 3", 3},
    {"NoSuchCommand", "/no/such/target {port}", "exit code 127", 127},
    {"Signal", "kill -KILL $$", "SIGKILL (Killed)", std::nullopt},
    {"Crash", "kill -SEGV $$", "SIGSEGV (Segmentation fault)", std::nullopt},
    {"CrashBelowAShell", "sh -c 'kill -SEGV $$'; exit $?",
     "SIGSEGV (Segmentation fault), which its shell tells by exit code 139", 139},
    {"HighCode", "exit 255", "exit code 255", 255},
    {"PortFilledIn", "test {port} = 80 && exit 5", "exit code 5", 5},
};
INSTANTIATE_TEST_SUITE_P(By, ExitOfATarget, testing::ValuesIn(exits),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(TargetProcess, KeepsItsErrorOutputOnly) {
  TargetProcess process("echo said; echo on {port} >&2", 8080);
  process.start();
  await_exit(process);
  EXPECT_EQ(process.error_output(), "on 8080\n");
}

TEST(TargetProcess, InheritsNoneOfOurDescriptors) {
  const int ours =
      fcntl(STDOUT_FILENO, F_DUPFD, 200);  // without FD_CLOEXEC, as a library may open it
  ASSERT_GE(ours, 200);
  TargetProcess process("test -e /proc/self/fd/" + std::to_string(ours) + " && exit 1; exit 0", 80);
  process.start();
  await_exit(process);
  close(ours);
  EXPECT_FALSE(process.running());
  EXPECT_EQ(process.last_exit(), "exit code 0");
}

TEST(TargetProcess, KeepsTheLastOfMuchErrorOutput) {
  TargetProcess process("printf '%09000d' 0 >&2; echo end >&2", 80);
  process.start();
  await_exit(process);
  EXPECT_EQ(process.error_output().size(), 4096U);
  EXPECT_TRUE(process.error_output().ends_with("0end\n"));
}

TEST(TargetProcess, TellsNoMoreWhatItSaidBeforeThatWasForgotten) {
  const HeldFifo fifo;
  TargetProcess process("exec 3>" + fifo.name() +
                            "; trap 'echo bye >&2; exit' TERM; echo Listening >&2; printf x >&3; "
                            "sleep 1000 & wait",
                        80);
  process.start();
  ASSERT_TRUE(fifo.begun());
  EXPECT_EQ(process.error_output(), "Listening\n");
  process.forget_error_output();
  EXPECT_EQ(process.error_output(), "");
  kill(process.pid(), SIGTERM);
  await_exit(process);
  EXPECT_EQ(process.error_output(), "bye\n");
}

TEST(TargetProcess, StartsAgainAfterItDiedAndForgetsWhatItSaidBefore) {
  TargetProcess process("echo started >&2", 80);
  for (int i = 0; i < 2; ++i) {
    process.start();
    await_exit(process);
    EXPECT_FALSE(process.running());
  }
  EXPECT_EQ(process.error_output(), "started\n");
}

TEST(TargetProcess, IsNotRunningBeforeItIsStarted) {
  TargetProcess process("exit 0", 80);
  EXPECT_FALSE(process.running());
  EXPECT_EQ(process.error_output(), "");
  process.stop();
}

TEST(TargetProcess, IsGoneWhereSomebodyElseHasWaitedForIt) {
  TargetProcess process("exit 0", 80);
  process.start();
  ASSERT_EQ(waitpid(process.pid(), nullptr, 0), process.pid());
  EXPECT_TRUE(process.exits_within(0));
  EXPECT_FALSE(process.running());
  EXPECT_EQ(process.last_exit(), "an exit of which nothing is known");
  EXPECT_EQ(process.exit_code(), std::nullopt);
}

TEST(TargetProcess, ListensElsewhereAfterItWasMoved) {
  TargetProcess process("exit {port}", 7);
  process.move_to(9);
  process.start();
  await_exit(process);
  EXPECT_FALSE(process.running());
  EXPECT_EQ(process.last_exit(), "exit code 9");
  EXPECT_EQ(process.port(), 9);
}

// As few descriptors as these are left to us, while this lives.
class FewDescriptors {
 public:
  explicit FewDescriptors(rlim_t most) {
    EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &before_), 0);
    const rlimit few{.rlim_cur = most, .rlim_max = before_.rlim_max};
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  }
  ~FewDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST(TargetProcess, TellsThatTheMachineHasNoDescriptorLeft) {
  TargetProcess process("sleep 1000", 80);
  process.start();
  const FewDescriptors none(3);
  EXPECT_THROW(process.exits_within(0), MachineFault);
  EXPECT_THROW(TargetProcess("exit 0", 80), MachineFault);
}

TEST(TargetProcess, IsStoppedWithAllThatItStarted) {
  const HeldFifo fifo;
  TargetProcess process("exec 3>" + fifo.name() + "; sleep 1000 & printf x >&3; wait", 80);
  process.start();
  ASSERT_TRUE(fifo.begun());
  EXPECT_TRUE(process.running());
  process.stop();
  EXPECT_FALSE(process.running());
  EXPECT_TRUE(fifo.let_go_by_all());
}

TEST(TargetProcess, IsKilledWhereItDoesNotHeedThatItIsToStop) {
  const HeldFifo fifo;
  TargetProcess process("trap '' TERM; exec 3>" + fifo.name() + "; sleep 1000 & printf x >&3; wait",
                        80);
  process.start();
  ASSERT_TRUE(fifo.begun());
  process.stop(0);
  EXPECT_TRUE(fifo.let_go_by_all());
}

// Signals come all the time, and each ends a call that waits.
class Interruptions {
 public:
  Interruptions() {
    struct sigaction handled{};
    handled.sa_handler = [](int) {};
    sigaction(SIGALRM, &handled, &before_);
    const itimerval often{.it_interval = {0, 20}, .it_value = {0, 20}};  // µs
    setitimer(ITIMER_REAL, &often, nullptr);
  }
  ~Interruptions() {
    const itimerval never{};
    setitimer(ITIMER_REAL, &never, nullptr);
    sigaction(SIGALRM, &before_, nullptr);
  }
  Interruptions(const Interruptions&) = delete;
  Interruptions& operator=(const Interruptions&) = delete;

 private:
  struct sigaction before_{};
};

TEST(TargetProcess, IsWaitedForThroughSignals) {
  const HeldFifo fifo;
  TargetProcess process("trap '' TERM; printf x > " + fifo.name() + "; sleep 1000", 80);
  process.start();
  ASSERT_TRUE(fifo.begun());
  const pid_t pid = process.pid();
  const Interruptions signals;
  process.stop(0);
  EXPECT_EQ(waitpid(pid, nullptr, WNOHANG), -1) << "its exit was left behind";
}

TEST(TargetProcess, LeavesNothingBehindThatATargetStartedBeforeItDied) {
  const HeldFifo fifo;
  TargetProcess process("exec 3>" + fifo.name() + "; sleep 1000 & printf x >&3; exit 1", 80);
  process.start();
  await_exit(process);
  EXPECT_FALSE(process.running());
  ASSERT_TRUE(fifo.begun());
  EXPECT_TRUE(fifo.let_go_by_all());
}

// A process of ours that starts the target and is then ended by the kernel.
TEST(TargetProcess, DiesWithAllThatItStartedWhereWeAreKilled) {
  const HeldFifo fifo;
  const pid_t us = fork();
  if (us == 0) {
    TargetProcess process("exec 3>" + fifo.name() + "; sleep 1000 & printf x >&3; wait", 80);
    process.start();
    pause();
  }
  ASSERT_TRUE(fifo.begun());
  kill(us, SIGKILL);
  waitpid(us, nullptr, 0);
  EXPECT_TRUE(fifo.let_go_by_all());
}

TEST(TargetProcess, LeavesNoFileBehindWhileItRuns) {
  const std::string folder = testing::TempDir() + "target_process_test_" + std::to_string(getpid());
  std::filesystem::create_directory(folder);
  setenv("TMPDIR", folder.c_str(), 1);
  TargetProcess process("echo said >&2; sleep 1000", 80);
  process.start();
  unsetenv("TMPDIR");
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove_all(folder);
}

TEST(FreePort, IsAPortThatCanBeListenedOn) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(free_port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  EXPECT_EQ(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(listen(listener, 1), 0);
  EXPECT_TRUE(is_taken(ntohs(address.sin_port)));
  close(listener);
  EXPECT_FALSE(is_taken(ntohs(address.sin_port)));
}

}  // namespace
}  // namespace wsconform::target_process_test
