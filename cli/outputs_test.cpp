// What is left of a run's outputs where something disturbs one of them.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/exit_code.h"
#include "cli/tested_program.h"
#include "server-under-test/planted_defects.h"

namespace wsconform::outputs_test {
namespace {

namespace fs = std::filesystem;

using tested::Ended;
using tested::run;
using tested::RunningServer;

class Outputs : public tested::Program {
 protected:
  // `wsconform run` of the server, its cases and these options.
  Ended judge(std::vector<std::string> options) {
    options.insert(options.begin(),
                   {"run", server_.url(), "--cases", cases(), "--name", "mine", "--no-limits"});
    return run(std::move(options));
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  nlohmann::json results(const std::string& name) const {
    return nlohmann::json::parse(read(name));
  }
  // Names in the folder, beside the cases.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& each : fs::directory_iterator(folder_))
      if (each.is_regular_file()) names.push_back(each.path().filename().string());
    std::ranges::sort(names);
    return names;
  }

  RunningServer server_;
};

using Names = std::vector<std::string>;

TEST_F(Outputs, StandWholeAndAlone) {
  const Ended ended = judge({"--json", path("r.json"), "--html", path("r.html")});
  EXPECT_EQ(ended.exit_code, exit_as_expected) << ended.out << ended.err;
  EXPECT_EQ(files(), (Names{"r.html", "r.json"}));
  EXPECT_EQ(results("r.json")["exit_code"], exit_as_expected);
}

TEST_F(Outputs, AreTriedBeforeTheRun) {
  const Ended folder = judge({"--json", path("r.json"), "--html", path("no/such/r.html")});
  EXPECT_EQ(folder.exit_code, exit_usage);
  EXPECT_EQ(folder.err, "wsconform: " + path("no/such/r.html") + ": No such file or directory\n");
  EXPECT_EQ(folder.out, "") << "nobody was judged";
  const Ended locked = judge({"--json", path("r.json"), "--html", "/sys/r.html"});
  EXPECT_EQ(locked.exit_code, exit_fault);
  EXPECT_EQ(locked.err.substr(0, 24), "wsconform: /sys/r.html: ");
  EXPECT_EQ(locked.out, "");
  const Ended list = judge({"--known-failing", path("no/such.txt"), "--update-known-failing"});
  EXPECT_EQ(list.exit_code, exit_usage);
  EXPECT_EQ(list.err, "wsconform: " + path("no/such.txt") + ": No such file or directory\n");
  EXPECT_EQ(files(), Names{});
}

TEST_F(Outputs, AreRefusedWhereTwoWouldBeOneFile) {
  const Ended ended = judge({"--json", path("r"), "--html", path("./r")});
  EXPECT_EQ(ended.exit_code, exit_usage);
  EXPECT_EQ(ended.err, "wsconform: --json " + path("r") + ": --html " + path("./r") +
                           " is written there too.\n");
}

TEST_F(Outputs, StandWhereAnotherCannotBeWritten) {
  const Ended ended =
      judge({"--html", "/dev/full", "--json", path("r.json"), "--junit", path("r.xml")});
  EXPECT_EQ(ended.exit_code, exit_fault);
  EXPECT_EQ(ended.err.substr(0, 46), "wsconform: /dev/full: No space left on device\n");
  EXPECT_NE(ended.out.find("Nothing unexpected."), std::string::npos) << ended.out;
  EXPECT_EQ(files(), (Names{"r.json", "r.xml"}));
  EXPECT_EQ(results("r.json")["exit_code"], exit_fault) << "all agree with it";
}

TEST_F(Outputs, OfAnEarlierRunAreNotTakenForThoseOfThisOne) {
  write("r.json", "old");
  write("r.html", "old");
  const Ended ended = run({"run", "ws://127.0.0.1:1/", "--cases", cases(), "--json", path("r.json"),
                           "--html", path("r.html")});
  EXPECT_EQ(ended.exit_code, exit_unreachable);
  EXPECT_EQ(files(), Names{});
}

TEST_F(Outputs, KeepTheRightsOfTheFileBeforeAndFollowALink) {
  write("there.json", "old");
  fs::create_symlink(path("there.json"), path("r.json"));
  EXPECT_EQ(judge({"--json", path("r.json"), "--baseline", path("there.json")}).exit_code,
            exit_usage)
      << "that is no baseline";
  fs::permissions(path("there.json"), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(run({"report", path("results.json")}).exit_code, exit_usage);
  EXPECT_EQ(judge({"--json", path("r2.json")}).exit_code, exit_as_expected);
  EXPECT_EQ(run({"report", path("r2.json"), "-o", path("r.json")}).exit_code, exit_as_expected);
  EXPECT_TRUE(fs::is_symlink(path("r.json")));
  EXPECT_EQ(results("there.json")["target"]["name"], "mine");
  EXPECT_EQ(fs::status(path("there.json")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Outputs, NameTheTargetAsTheUserDoes) {
  EXPECT_EQ(judge({"--json", path("r.json"), "--html", path("r.html"), "--junit", path("r.xml"),
                   "--tap", path("r.tap"), "--markdown", path("r.md"), "--sarif", path("r.sarif")})
                .exit_code,
            exit_as_expected);
  for (const std::string& each : files())
    EXPECT_NE(read(each).find("mine"), std::string::npos) << each;
}

TEST_F(Outputs, LeaveNeitherAnOldFileNorHalfOfANewOneWhereTheDiskIsFull) {
  const pid_t program = fork();
  if (program == 0) {
    write("r.html", "old");
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    const rlimit small{.rlim_cur = 200, .rlim_max = 200};  // bytes a file
    setrlimit(RLIMIT_FSIZE, &small);
    _exit(run_program({"run", server_.url(), "--cases", cases(), "--html", path("r.html"), "--json",
                       path("r.json")}));
  }
  int status = 0;
  waitpid(program, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), exit_fault);
  EXPECT_EQ(files(), Names{});
}

TEST_F(Outputs, ForGithubAreAnnotationsASummaryAndAGroupInTheLog) {
  ServerOptions wrong;
  wrong.echo.defect = defect_named("pongs-masked");
  const RunningServer faulty(std::move(wrong));
  write("summary.md", "of another step\n");
  setenv("GITHUB_STEP_SUMMARY", path("summary.md").c_str(), 1);
  const Ended ended = run({"run", faulty.url(), "--cases", cases(), "--no-limits", "--github",
                           "--gitlab", path("q.json")});
  unsetenv("GITHUB_STEP_SUMMARY");
  EXPECT_EQ(ended.exit_code, exit_unexpected) << ended.err;
  EXPECT_LT(ended.out.find("::group::Cases\n"), ended.out.find("\n::endgroup::\n"));
  EXPECT_NE(ended.out.find("\n::error title="), std::string::npos) << ended.out;
  EXPECT_EQ(read("summary.md").find("of another step\n## "), 0U);
  EXPECT_EQ(results("q.json").size(), 1U);
}

// The exit code of `wsconform run` with this as its standard output.
int exit_code_with_output(int output, std::vector<std::string> arguments) {
  std::cout.flush();
  const int before = dup(STDOUT_FILENO);
  dup2(output, STDOUT_FILENO);
  close(output);
  const int code = run_program(std::move(arguments));
  dup2(before, STDOUT_FILENO);
  std::cout.clear();
  close(before);
  return code;
}

TEST_F(Outputs, AreWrittenThoughNobodyReadsStandardOutput) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  close(ends[0]);
  EXPECT_EQ(exit_code_with_output(ends[1], {"run", server_.url(), "--cases", cases(), "--json",
                                            path("r.json"), "--no-limits"}),
            exit_fault);
  EXPECT_EQ(results("r.json")["summary"]["cases"], 2);
}

TEST_F(Outputs, AreWrittenThoughStandardOutputIsFull) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(exit_code_with_output(open("/dev/full", O_WRONLY | O_CLOEXEC),
                                  {"run", server_.url(), "--cases", cases(), "--json",
                                   path("r.json"), "--no-limits"}),
            exit_fault);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "wsconform: standard output: No space left on device\n");
  EXPECT_EQ(results("r.json")["summary"]["cases"], 2);
}

}  // namespace
}  // namespace wsconform::outputs_test
