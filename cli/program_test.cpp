#include "cli/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/exit_code.h"
#include "cli/tested_program.h"
#include "reports/results/results.h"
#include "reports/results/results_json.h"

namespace wsconform::program_test {
namespace {

using tested::Ended;
using tested::run;

class Program : public tested::Program {};

TEST_F(Program, TellsItsVersionAndHowToUseIt) {
  EXPECT_EQ(run({"--version"}).out.substr(0, 10), "wsconform ");
  const Ended help = run({"--help"});
  EXPECT_EQ(help.exit_code, exit_as_expected);
  for (const char* each : {"run", "serve", "list", "show", "check-cases", "report", "Exit codes"})
    EXPECT_NE(help.out.find(each), std::string::npos) << each;
  for (const char* command : {"run", "serve", "list", "show", "check-cases", "report"})
    EXPECT_EQ(run({command, "--help"}).exit_code, exit_as_expected) << command;
}

TEST_F(Program, EndsWithTwoForACommandThatIsNone) {
  EXPECT_EQ(run({}).exit_code, exit_usage);
  EXPECT_EQ(run({"liist"}).exit_code, exit_usage);
  EXPECT_EQ(run({"liist"}).err, "wsconform: there is no command 'liist'; did you mean 'list'?\n");
  EXPECT_EQ(run({"quux-and-more"}).err,
            "wsconform: there is no command 'quux-and-more'; wsconform --help lists them\n");
  EXPECT_EQ(run({"list", "--nonsense"}).exit_code, exit_usage);
  EXPECT_EQ(run({"list", "--format", "xml"}).exit_code, exit_usage);
  EXPECT_EQ(run({"show"}).exit_code, exit_usage);
}

TEST_F(Program, NamesTheOptionThatWasProbablyMeant) {
  const Ended typo = run({"run", "ws://127.0.0.1:1/", "--htlm", "r.html"});
  EXPECT_EQ(typo.exit_code, exit_usage);
  EXPECT_EQ(typo.err, "wsconform: 'run' has no option --htlm; did you mean --html?\n");
  EXPECT_EQ(run({"serve", "--cert", "c.pem"}).err,
            "wsconform: 'serve' has no option --cert; did you mean --tls-certificate?\n");
  EXPECT_EQ(run({"fuzz", "target", "--qqqqqqqq"}).err,
            "wsconform: 'target' has no option --qqqqqqqq; --help lists its options\n");
  EXPECT_EQ(run({"list", "everything"}).err, "wsconform: 'everything' is one argument too many\n");
}

TEST_F(Program, ListsCasesAsText) {
  const Ended list = run({"list", "--cases", cases()});
  EXPECT_EQ(list.exit_code, exit_as_expected);
  EXPECT_EQ(list.out,
            "s/1-ping\n"
            "  ping/0  A Ping of 0 bytes is answered.\n"
            "  ping/125  A Ping of 125 bytes is answered.\n"
            "\n2 cases\n");
}

TEST_F(Program, ListsCasesAsJson) {
  const Ended list = run({"list", "--cases", cases(), "--format", "json"});
  const auto json = nlohmann::json::parse(list.out);
  ASSERT_EQ(json.size(), 2u);
  EXPECT_EQ(json[1]["id"], "s/1-ping/ping/125");
  EXPECT_EQ(json[1]["says"], "A Ping of 125 bytes is answered.");
  EXPECT_EQ(json[1]["level"], "must");
  EXPECT_EQ(json[1]["sides"], nlohmann::json({"server"}));
  EXPECT_EQ(json[1]["needs"], nlohmann::json({"echo"}));
  EXPECT_EQ(json[1]["requirements"], nlohmann::json({"x/1-y"}));
  EXPECT_EQ(json[1]["autobahn"], nlohmann::json({"2.5"}));
}

TEST_F(Program, ListsWhatIsSelected) {
  const Ended list =
      run({"list", "--cases", cases(), "--case", "*125", "--autobahn", "2.*", "--side", "server"});
  EXPECT_NE(list.out.find("\n1 case\n"), std::string::npos) << list.out;
}

TEST_F(Program, EndsWithTwoWhereAFilterMatchesNothing) {
  const Ended list = run({"list", "--cases", cases(), "--case", "pong"});
  EXPECT_EQ(list.exit_code, exit_usage);
  EXPECT_EQ(list.err, "wsconform: --case pong matches no case\n");
}

TEST_F(Program, EndsWithTwoAndOneLineForABadCaseFile) {
  write("cases/s/2-bad.json", "{\n\"title\": 1}");
  const Ended list = run({"list", "--cases", cases()});
  EXPECT_EQ(list.exit_code, exit_usage);
  EXPECT_EQ(list.err, "wsconform: " + path("cases/s/2-bad.json") +
                          ":2: /title: is 1, but has to be a text in quotes\n");
  EXPECT_EQ(run({"list", "--cases", path("nowhere")}).exit_code, exit_usage);
}

TEST_F(Program, ShowsACaseInWords) {
  const Ended show = run({"show", "--cases", cases(), "ping/125"});
  EXPECT_EQ(show.exit_code, exit_as_expected);
  EXPECT_EQ(show.out,
            "s/1-ping/ping/125\n"
            "A Ping of 125 bytes is answered.\n\n"
            "Level         must\n"
            "Tests a       server\n"
            "Needs         echo\n"
            "Autobahn      2.5\n"
            "Because       It is so.\n"
            "Written in    " +
                path("cases/s/1-ping.json") +
                ":4\n\n"
                "Requirements\n  x/1-y\n\n"
                "Script\n"
                "  1. Send a Ping of 125 bytes.\n"
                "  2. Expect: the Pong to the latest Ping.\n");
}

TEST_F(Program, TellsOurRequirementsInAFolderWithoutACatalogue) {
  std::string text = tested::two_cases;
  text.replace(text.find("x/1-y"), 5, "rfc6455/5.2-rsv-zero");
  write("mine/s/1-ping.json", text);
  EXPECT_NE(
      run({"show", "--cases", path("mine"), "ping/0"}).out.find("  rfc6455/5.2-rsv-zero (must): "),
      std::string::npos);
}

TEST_F(Program, ShowsACaseAsAnEntryOfACaseFile) {
  const Ended show = run({"show", "--cases", cases(), "--json", "ping/125"});
  EXPECT_EQ(show.exit_code, exit_as_expected);
  EXPECT_EQ(show.out, R"({
  "id": "ping/125",
  "says": "A Ping of 125 bytes is answered.",
  "because": "It is so.",
  "requirements": ["x/1-y"],
  "level": "must",
  "autobahn": ["2.5"],
  "needs": ["echo"],
  "steps": [
    { "send": "ping", "payload": { "repeat": "*", "times": 125 } },
    { "expect": "pong" }
  ]
}
)");
}

TEST_F(Program, ShowsEveryVariantOfASlug) {
  const Ended show = run({"show", "--cases", cases(), "ping"});
  EXPECT_NE(show.out.find("s/1-ping/ping/0"), std::string::npos);
  EXPECT_NE(show.out.find("s/1-ping/ping/125"), std::string::npos);
}

TEST_F(Program, ShowsCasesByAnyPartOfTheirIds) {
  const Ended show = run({"show", "--cases", cases(), "ng/12"});
  EXPECT_EQ(show.exit_code, exit_as_expected) << show.err;
  EXPECT_TRUE(show.out.starts_with("s/1-ping/ping/125\n")) << show.out;
}

TEST_F(Program, SuggestsIdsThatAreNear) {
  const Ended show = run({"show", "--cases", cases(), "pong/125"});
  EXPECT_EQ(show.exit_code, exit_usage);
  EXPECT_EQ(show.err, "wsconform: there is no case pong/125; did you mean s/1-ping/ping/125?\n");
}

TEST_F(Program, CountsRequirementsWithoutACaseWhereAFolderHasACatalogue) {
  write("cases/requirements/x.json",
        R"({"standard": "x", "title": "X", "requirements": [
             {"id": "x/1-y", "section": "1", "level": "must", "binds": ["server"],
              "says": "A server does it.", "testable": true},
             {"id": "x/1-z", "section": "1", "level": "must", "binds": ["server"],
              "says": "A server does that.", "testable": true}]})");
  const Ended check = run({"check-cases", cases()});
  EXPECT_NE(check.out.find("0 faults, 1 requirement without a case\n"), std::string::npos)
      << check.out;
}

TEST_F(Program, ChecksCases) {
  EXPECT_EQ(run({"check-cases", cases()}).out, "2 cases in 1 file, 0 faults\n");
  write("cases/s/2-bad.json", "[");
  write("cases/s/3-bad.json", "]");
  const Ended check = run({"check-cases", cases()});
  EXPECT_EQ(check.exit_code, exit_usage);
  EXPECT_NE(check.out.find("2-bad.json:1: is not JSON"), std::string::npos) << check.out;
  EXPECT_NE(check.out.find("3-bad.json:1: is not JSON"), std::string::npos) << check.out;
  EXPECT_NE(check.out.find("2 cases in 3 files, 2 faults"), std::string::npos) << check.out;
}

TEST_F(Program, FindsItsOwnCasesWithoutBeingTold) {
  EXPECT_NE(run({"list", "--case", "rfc6455/5.5-control-frames/ping-126"}).out.find("\n1 case\n"),
            std::string::npos);
}

TEST_F(Program, WritesAReportOfResults) {
  Results results;
  results.cases.emplace_back().id = "s/1/a";
  write("results.json", to_json(results));
  const Ended report = run({"report", path("results.json"), "--format", "json"});
  EXPECT_EQ(report.exit_code, exit_as_expected);
  EXPECT_EQ(report.out, to_json(results));
  EXPECT_EQ(run({"report", path("results.json"), "--output", path("out.xml")}).exit_code,
            exit_as_expected);
  std::ifstream written(path("out.xml"));
  EXPECT_NE(std::string(std::istreambuf_iterator<char>(written), {}).find("<testsuite"),
            std::string::npos);
}

TEST_F(Program, TellsWhatIsWrongWithResults) {
  write("bad.json", "{\n\"version\": 1,\n]");
  write("other.json", "{}");
  const auto told = [&](const std::string& name) {
    const Ended ended = run({"report", path(name), "--format", "tap"});
    EXPECT_EQ(ended.exit_code, exit_usage);
    return ended.err.substr(("wsconform: " + path(name)).size());
  };
  EXPECT_EQ(told("none.json"), ": cannot be read: No such file or directory\n");
  EXPECT_EQ(told("bad.json"), ": holds no results of wsconform: line 3: not JSON\n");
  EXPECT_EQ(told("other.json"),
            ": holds no results of wsconform: /: the member \"version\" is missing\n");
  EXPECT_EQ(run({"report", "/dev/zero", "--format", "tap"}).err,
            "wsconform: /dev/zero: is larger than 256 MiB\n");
}

TEST_F(Program, ReadsResultsThroughAPipe) {
  mkfifo(path("fifo").c_str(), 0600);
  std::thread writer([&] { std::ofstream(path("fifo")) << to_json(Results{}); });
  EXPECT_EQ(run({"report", path("fifo"), "--format", "json"}).out, to_json(Results{}));
  writer.join();
}

TEST_F(Program, EndsWithTwoWhereAReportCannotBeWritten) {
  write("results.json", to_json(Results{}));
  write("bad.json", "{}");
  EXPECT_EQ(run({"report", path("results.json")}).exit_code, exit_usage);
  EXPECT_EQ(run({"report", path("none.json"), "--format", "tap"}).exit_code, exit_usage);
  EXPECT_EQ(run({"report", path("bad.json"), "--format", "tap"}).exit_code, exit_usage);
  EXPECT_EQ(run({"report", path("results.json"), "-o", path("no/such/folder.html")}).exit_code,
            exit_usage);
  EXPECT_EQ(run({"report", path("results.json"), "--format", "pdf"}).exit_code, exit_usage);
}

// In a process of its own, whose standard output goes to a device that is always full.
int exit_code_with_full_output(const std::vector<std::string>& arguments) {
  const pid_t program = fork();
  if (program == 0) {
    dup2(open("/dev/full", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
    dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
    _exit(run_program(arguments));
  }
  int status = 0;
  waitpid(program, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(Program, EndsWithFourWhereTheDiskIsFull) {
  write("results.json", to_json(Results{}));
  for (const char* format : {"html", "json", "junit", "tap", "markdown", "sarif"}) {
    const Ended report =
        run({"report", path("results.json"), "--format", format, "-o", "/dev/full"});
    EXPECT_EQ(report.exit_code, exit_fault) << format;
    EXPECT_EQ(report.err, "wsconform: /dev/full: No space left on device\n") << format;
  }
}

TEST_F(Program, EndsWithFourWhereStandardOutputIsFull) {
  write("results.json", to_json(Results{}));
  EXPECT_EQ(exit_code_with_full_output({"report", path("results.json"), "--format", "json"}),
            exit_fault);
  EXPECT_EQ(exit_code_with_full_output({"list"}), exit_fault) << "more than a buffer holds";
}

TEST_F(Program, EndsWithTwoWhereServeIsToldSecretsOfNoForm) {
  EXPECT_EQ(run({"serve", "--basic", "user"}).err,
            "wsconform: --basic 'user' is not of the form USER:PASSWORD.\n");
  EXPECT_EQ(run({"serve", "--cookie", "a b=c"}).err,
            "wsconform: --cookie 'a b=c' is not of the form NAME=VALUE.\n");
  EXPECT_EQ(run({"serve", "--single-use"}).exit_code, exit_usage);
}

}  // namespace
}  // namespace wsconform::program_test
