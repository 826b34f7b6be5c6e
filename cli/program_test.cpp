#include "cli/program.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/exit_code.h"
#include "reports/results/results_json.h"
#include "runner/process/target_process.h"
#include "server-under-test/server.h"

namespace wsconform {
namespace {

namespace fs = std::filesystem;

struct Ended {
  int exit_code = 0;
  std::string out;
  std::string err;
};

Ended run(std::vector<std::string> arguments) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Ended ended;
  ended.exit_code = run_program(std::move(arguments));
  ended.out = testing::internal::GetCapturedStdout();
  ended.err = testing::internal::GetCapturedStderr();
  return ended;
}

constexpr const char* two_cases = R"({
  "title": "T", "standard": "S",
  "cases": [
    {
      "id": "ping", "says": "A Ping of {size} bytes is answered.",
      "each": { "size": [0, 125] },
      "requirements": ["x/1-y"], "level": "must", "autobahn": ["2.5"], "needs": ["echo"], "because": "It is so.",
      "steps": [
        { "send": "ping", "payload": { "repeat": "*", "times": "{size}" } },
        { "expect": "pong" }
      ]
    }
  ]
})";

class Program : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("program_test_" + std::to_string(getpid()));
    fs::remove_all(folder_);
    write("cases/s/1-ping.json", two_cases);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string cases() const { return path("cases"); }

  fs::path folder_;
};

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
  EXPECT_EQ(run({"list", "--nonsense"}).exit_code, exit_usage);
  EXPECT_EQ(run({"list", "--format", "xml"}).exit_code, exit_usage);
  EXPECT_EQ(run({"show"}).exit_code, exit_usage);
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
                          ":2: /title: is 1, which is of the wrong type\n");
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

TEST_F(Program, SuggestsIdsThatAreNear) {
  const Ended show = run({"show", "--cases", cases(), "pong/125"});
  EXPECT_EQ(show.exit_code, exit_usage);
  EXPECT_EQ(show.err, "wsconform: there is no case pong/125; did you mean s/1-ping/ping/125?\n");
}

TEST_F(Program, ChecksCases) {
  EXPECT_EQ(run({"check-cases", cases()}).out,
            "2 cases in 1 file, 0 faults, 0 requirements without a case\n");
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

TEST_F(Program, EndsWithTwoAndOneLineForAProcessThatIsGone) {
  const Ended judged = run({"run", "ws://127.0.0.1:9/", "--cases", cases(), "--pid", "2147483647"});
  EXPECT_EQ(judged.exit_code, exit_usage);
  EXPECT_EQ(judged.err, "wsconform: --pid 2147483647: there is no such process.\n");
}

// The names of the facts after a run of npm ws.
std::string facts_told(const std::vector<std::string>& options, const std::string& folder,
                       const std::string& results) {
  std::vector<std::string> arguments = {
      "run",     "ws://127.0.0.1:{port}/",
      "--cases", folder,
      "--json",  results,
      "--exec",  "exec node " WSCONFORM_SOURCE_DIR "/tests/peers/ws_echo.mjs {port}"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  EXPECT_EQ(run(std::move(arguments)).exit_code, exit_as_expected);
  std::ifstream file(results);
  std::string names;
  const auto json = nlohmann::json::parse(file);
  for (const auto& fact : json["target"]["facts"]) names += fact["name"].get<std::string>() + '\n';
  return names;
}

TEST_F(Program, SearchesForLimitsInAWholeRunAndWhereItIsToldTo) {
  const auto searches = [&](const std::vector<std::string>& options) {
    return facts_told(options, cases(), path("results.json")).find("largest text message") !=
           std::string::npos;
  };
  EXPECT_TRUE(searches({}));
  EXPECT_FALSE(searches({"--no-limits"}));
  EXPECT_FALSE(searches({"--case", "ping"}));
  EXPECT_TRUE(searches({"--case", "ping", "--limits"}));
}

TEST_F(Program, TellsWhatATargetUsesThatItStarted) {
  EXPECT_NE(
      facts_told({"--no-limits"}, cases(), path("results.json")).find("memory after the cases"),
      std::string::npos);
}

TEST_F(Program, EndsWithTwoForAProcessIdThatIsNone) {
  for (const char* pid : {"0", "-4", "server"})
    EXPECT_EQ(run({"run", "ws://127.0.0.1:9/", "--pid", pid}).exit_code, exit_usage) << pid;
  EXPECT_EQ(run({"run", "ws://127.0.0.1:9/", "--pid", "1", "--exec", "x"}).exit_code, exit_usage);
}

TEST_F(Program, EndsWithTwoForAProcessThatDoesNotListenOnThePort) {
  TargetProcess other("exec sleep 1000", 80);
  other.start();  // before there is a socket that it would be handed
  boost::asio::io_context loop;
  const boost::asio::ip::tcp::acceptor acceptor(loop, {boost::asio::ip::address_v4::loopback(), 0});
  const std::string port = std::to_string(acceptor.local_endpoint().port());
  const std::string pid = std::to_string(other.pid());
  const Ended judged =
      run({"run", "ws://127.0.0.1:" + port + "/", "--cases", cases(), "--pid", pid});
  EXPECT_EQ(judged.exit_code, exit_usage);
  EXPECT_EQ(judged.err, "wsconform: --pid " + pid + ": this process does not listen on port " +
                            port + ", another does.\n");
}

// Target profiles ----------------------------------------------------------------------------------

// The reference server on a thread of its own.
class RunningServer {
 public:
  RunningServer() : server_(context_, {}) {
    server_.start();
    thread_ = std::thread([this] { context_.run(); });
  }
  ~RunningServer() {
    boost::asio::post(context_, [this] { server_.shut_down(); });
    thread_.join();
  }
  std::string url() const { return server_.url(); }

 private:
  boost::asio::io_context context_;
  Server server_;
  std::thread thread_;
};

TEST_F(Program, JudgesTheTargetOfAProfile) {
  RunningServer server;
  write("p.json", R"({ "name": "mine", "url": ")" + server.url() + R"(" })");
  const Ended ended = run(
      {"run", "--profile", path("p.json"), "--cases", cases(), "--json", path("{target}.json")});
  EXPECT_EQ(ended.exit_code, exit_as_expected) << ended.out << ended.err;
  std::ifstream written(path("mine.json"));
  EXPECT_EQ(nlohmann::json::parse(written)["target"]["name"], "mine");
}

TEST_F(Program, ReadsTheProfileOfTheFolderItIsCalledIn) {
  RunningServer server;
  write("wsconform.json", R"({ "url": ")" + server.url() + R"(" })");
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  const Ended ended = run({"run", "--cases", cases()});
  fs::remove(folder_ / "wsconform.json");
  const Ended without = run({"run", "--cases", cases()});
  fs::current_path(before);
  EXPECT_EQ(ended.exit_code, exit_as_expected) << ended.out << ended.err;
  EXPECT_EQ(without.exit_code, exit_usage);
  EXPECT_EQ(without.err,
            "wsconform: There is neither a URL nor a wsconform.json here to say what is to be "
            "judged.\n");
}

TEST_F(Program, JudgesEveryTargetAndEndsWithTheWorstOfTheirCodes) {
  RunningServer server;
  write("p.json", R"({ "targets": [
    { "name": "gone", "url": "ws://127.0.0.1:1/" },
    { "name": "there", "url": ")" +
                      server.url() + R"(" } ] })");
  const Ended all = run({"run", "--profile", path("p.json"), "--cases", cases(), "--json",
                         path("out/{target}.json")});
  EXPECT_EQ(all.exit_code, exit_unreachable) << all.out;
  EXPECT_NE(all.err.find("cannot be judged"), std::string::npos) << all.err;
  EXPECT_TRUE(fs::exists(path("out/there.json")));
  const Ended one =
      run({"run", "--profile", path("p.json"), "--cases", cases(), "--target", "there"});
  EXPECT_EQ(one.exit_code, exit_as_expected) << one.out << one.err;
}

TEST_F(Program, EndsWithTwoWhereServeIsToldSecretsOfNoForm) {
  EXPECT_EQ(run({"serve", "--basic", "user"}).err,
            "wsconform: --basic 'user' is not of the form USER:PASSWORD.\n");
  EXPECT_EQ(run({"serve", "--cookie", "a b=c"}).err,
            "wsconform: --cookie 'a b=c' is not of the form NAME=VALUE.\n");
  EXPECT_EQ(run({"serve", "--single-use"}).exit_code, exit_usage);
}

TEST_F(Program, FindsKnownFailingBesideTheProfile) {
  RunningServer server;
  write("sub/known.txt", "s/1-ping/ping/*  # a reason\n");
  write("sub/p.json", R"({ "known-failing": "known.txt", "url": ")" + server.url() + R"(" })");
  const Ended ended = run({"run", "--profile", path("sub/p.json"), "--cases", cases()});
  EXPECT_EQ(ended.exit_code, exit_unexpected) << "they pass now: " << ended.out;
}

TEST_F(Program, LetsTheCommandLineWinOverTheProfile) {
  RunningServer server;
  write("p.json", R"({ "name": "a", "url": "ws://127.0.0.1:1/" })");
  const Ended ended = run({"run", server.url(), "--profile", path("p.json"), "--name", "b",
                           "--cases", cases(), "--json", path("{target}.json")});
  EXPECT_EQ(ended.exit_code, exit_as_expected) << ended.out << ended.err;
  EXPECT_TRUE(fs::exists(path("b.json")));
}

TEST_F(Program, EndsWithTwoAndOneLineForABadProfile) {
  write("p.json", "{\n\"url\": 1 }");
  const Ended bad = run({"run", "--profile", path("p.json")});
  EXPECT_EQ(bad.exit_code, exit_usage);
  EXPECT_EQ(bad.err,
            "wsconform: " + path("p.json") + ":2: /url: is 1, which is of the wrong type\n");
  EXPECT_EQ(run({"run", "--profile", path("none.json")}).exit_code, exit_usage);
  write("p.json", "{ \"url\": \"ws://h/\",\n\"features\": [\"flying\"] }");
  EXPECT_EQ(
      run({"run", "--profile", path("p.json"), "--cases", cases()}).err,
      "wsconform: " + path("p.json") + ":2: /features: names \"flying\", which no case needs\n");
}

TEST_F(Program, EndsWithTwoWhereOptionsAndProfileDoNotFit) {
  write("p.json", R"({ "targets": [
    { "name": "a", "url": "ws://127.0.0.1:1/" }, { "name": "b", "url": "ws://127.0.0.1:1/" } ] })");
  const auto told = [&](std::vector<std::string> more) {
    std::vector<std::string> all = {"run", "--profile", path("p.json"), "--cases", cases()};
    all.insert(all.end(), more.begin(), more.end());
    const Ended ended = run(std::move(all));
    EXPECT_EQ(ended.exit_code, exit_usage);
    return ended.err;
  };
  EXPECT_EQ(told({"--json", path("out.json")}),
            "wsconform: --json " + path("out.json") +
                ": the reports of the targets 'a' and 'b' would be one file; put {target} into its "
                "name.\n");
  EXPECT_EQ(told({"--target", "c"}),
            "wsconform: --target c: the profile has no such target; it has a, b.\n");
  EXPECT_EQ(told({"ws://h/"}),
            "wsconform: The URL is of one target, and these are 2: choose one with --target.\n");
  EXPECT_EQ(told({"--known-failing", "x"}),
            "wsconform: --known-failing is of one target: choose one with --target.\n");
  EXPECT_EQ(told({"--update-known-failing"}),
            "wsconform: --update-known-failing needs a file: --known-failing, or that of the "
            "profile.\n");
  EXPECT_EQ(run({"run", "ws://127.0.0.1:1/", "--target", "a", "--cases", cases()}).exit_code,
            exit_usage);
}

}  // namespace
}  // namespace wsconform
