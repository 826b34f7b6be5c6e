// What a run that is ended, from outside or by its machine, leaves behind.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/exit_code.h"
#include "cli/interrupts.h"
#include "cli/tested_program.h"

namespace wsconform::endings_test {
namespace {

namespace fs = std::filesystem;

using tested::run;
using tested::RunningServer;

// Cases that pass at once, one behind another, and one that waits for what never comes.
constexpr const char* quick_and_endless = R"({
  "title": "T", "standard": "S",
  "cases": [
    { "id": "quick", "says": "A Ping is answered.", "requirements": ["x/1-y"], "level": "must",
      "steps": [ { "send": "ping" }, { "expect": "pong" } ] },
    { "id": "second", "says": "A Ping is answered.", "requirements": ["x/1-y"], "level": "must",
      "steps": [ { "send": "ping" }, { "expect": "pong" } ] },
    { "id": "waits", "says": "Half a frame waits for the rest.", "requirements": ["x/1-y"], "level": "must",
      "steps": [ { "send": "bytes", "payload": { "hex": "89" } }, { "expect": "failed-connection", "code": 1002, "ask": false } ] }
  ]
})";

// `wsconform run` in a process of its own, whose standard output is a pipe.
class Endings : public tested::Program {
 protected:
  void SetUp() override {
    tested::Program::SetUp();
    write("cases/s/1-ping.json", quick_and_endless);
  }
  void TearDown() override {
    if (program_ > 0) {
      kill(program_, SIGKILL);
      waitpid(program_, nullptr, 0);
    }
    if (out_ >= 0) close(out_);
    tested::Program::TearDown();
  }

  // It tells a line for each case.
  void start(std::vector<std::string> options) {
    options.insert(options.begin(),
                   {"run", server_.url(), "--cases", cases(), "-v", "--no-limits", "--jobs", "1",
                    "--patience", "60", "--json", path("r.json"), "--html", path("r.html")});
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    program_ = fork();
    if (program_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
      _exit(run_program(options));
    }
    close(ends[1]);
    out_ = ends[0];
  }
  bool tells(const std::string& words) {
    constexpr int far_too_long_ms = 60'000;
    pollfd watched{.fd = out_, .events = POLLIN, .revents = 0};
    char piece[4096];
    while (told_.find(words) == std::string::npos) {
      if (poll(&watched, 1, far_too_long_ms) != 1) return false;
      const ssize_t size = read(out_, piece, sizeof piece);
      if (size <= 0) return false;
      told_.append(piece, static_cast<std::size_t>(size));
    }
    return true;
  }
  // -1: a signal ended it.
  int end_by(int signal) {
    if (signal != 0) kill(program_, signal);
    int status = 0;
    waitpid(program_, &status, 0);
    program_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  nlohmann::json results(const std::string& name) const {
    std::ifstream file(path(name));
    return nlohmann::json::parse(file);
  }

  RunningServer server_;
  pid_t program_ = -1;
  int out_ = -1;
  std::string told_;
};

class EndedBy : public Endings, public testing::WithParamInterface<int> {};

TEST_P(EndedBy, LeavesEveryReportOfTheCasesSoFar) {
  start({});
  ASSERT_TRUE(tells("s/1-ping/quick"));
  EXPECT_EQ(end_by(GetParam()), exit_unexpected);
  EXPECT_EQ(results("r.json")["stop"]["kind"], "interrupted");
  EXPECT_EQ(results("r.json")["cases"][0]["id"], "s/1-ping/quick");
  EXPECT_TRUE(fs::exists(path("r.html")));
  EXPECT_FALSE(fs::exists(path("r.json.journal")));
}
INSTANTIATE_TEST_SUITE_P(Signals, EndedBy, testing::Values(SIGINT, SIGTERM, SIGHUP),
                         [](const auto& signal) {
                           return std::string(sigabbrev_np(signal.param));
                         });

TEST_F(Endings, ByAKillLeaveAJournalFromWhichReportsAreWritten) {
  start({});
  ASSERT_TRUE(tells("s/1-ping/quick"));
  EXPECT_EQ(end_by(SIGKILL), -1);
  EXPECT_FALSE(fs::exists(path("r.json")));
  const auto written = run({"report", path("r.json.journal"), "-o", path("later.json")});
  EXPECT_EQ(written.exit_code, exit_as_expected) << written.err;
  EXPECT_EQ(results("later.json")["stop"]["kind"], "killed");
  EXPECT_EQ(results("later.json")["cases"][0]["verdict"], "pass");
  EXPECT_EQ(run({"report", path("r.json.journal"), "-o", path("later.html")}).exit_code,
            exit_as_expected);
}

TEST_F(Endings, KeepTheJournalWhereTheJsonCannotBeWritten) {
  start({});
  ASSERT_TRUE(tells("s/1-ping/quick"));
  fs::create_directory(path("r.json"));  // nothing is renamed to a folder
  EXPECT_EQ(end_by(SIGTERM), exit_fault);
  EXPECT_TRUE(fs::exists(path("r.html"))) << "the other reports stand";
  EXPECT_EQ(run({"report", path("r.json.journal"), "-o", path("later.json")}).exit_code,
            exit_as_expected);
  EXPECT_EQ(results("later.json")["cases"][0]["id"], "s/1-ping/quick");
}

TEST_F(Endings, KeepTheReportsWhereTheListOfKnownFailuresCannotBeWritten) {
  start({"--known-failing", path("known.txt"), "--update-known-failing"});
  ASSERT_TRUE(tells("s/1-ping/quick"));
  fs::create_directory(path("known.txt"));
  EXPECT_EQ(end_by(SIGTERM), exit_fault);
  EXPECT_EQ(results("r.json")["exit_code"], exit_fault);
  EXPECT_TRUE(fs::exists(path("r.html")));
}

// The target that is to end does not heed the first SIGTERM, so that it is waited for.
TEST_F(Endings, ByASecondSignalKeepTheJournal) {
  ASSERT_EQ(mkfifo(path("told").c_str(), 0600), 0);
  const int told = open(path("told").c_str(), O_RDWR | O_CLOEXEC);
  start({"--exec",
         "exec 3>" + path("told") + "; trap 'echo asked >&3' TERM; while :; do sleep 1000; done"});
  ASSERT_TRUE(tells("s/1-ping/quick"));
  kill(program_, SIGTERM);
  char asked = 0;
  EXPECT_EQ(read(told, &asked, 1), 1);
  EXPECT_EQ(end_by(SIGTERM), exit_code_of_signal(SIGTERM));
  close(told);
  EXPECT_FALSE(fs::exists(path("r.json")));
  EXPECT_EQ(run({"report", path("r.json.journal"), "-o", path("later.json")}).exit_code,
            exit_as_expected);
  EXPECT_EQ(results("later.json")["cases"][0]["id"], "s/1-ping/quick");
}

TEST_F(Endings, ByFewDescriptorsAreAFaultOfTheMachine) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  program_ = fork();
  if (program_ == 0) {
    dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    const rlimit few{.rlim_cur = 8, .rlim_max = 8};
    setrlimit(RLIMIT_NOFILE, &few);
    _exit(run_program({"run", server_.url(), "--cases", cases()}));
  }
  close(ends[1]);
  out_ = ends[0];
  EXPECT_TRUE(tells("Too many open files\n")) << told_;
  EXPECT_EQ(end_by(0), exit_fault);
}

}  // namespace
}  // namespace wsconform::endings_test
