#include "cli/run_targets.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/exit_code.h"
#include "cli/tested_program.h"
#include "runner/input/input_error.h"
#include "server-under-test/planted_defects.h"

namespace wsconform::run_targets_test {
namespace {

namespace fs = std::filesystem;

using tested::Ended;
using tested::run;
using tested::RunningServer;

class RunTargets : public tested::Program {};

TEST_F(RunTargets, JudgesTheTargetOfAProfile) {
  RunningServer server;
  write("p.json", R"({ "name": "mine", "url": ")" + server.url() + R"(" })");
  const Ended ended = run(
      {"run", "--profile", path("p.json"), "--cases", cases(), "--json", path("{target}.json")});
  EXPECT_EQ(ended.exit_code, exit_as_expected) << ended.out << ended.err;
  std::ifstream written(path("mine.json"));
  const auto target = nlohmann::json::parse(written)["target"];
  EXPECT_EQ(target["name"], "mine");
  EXPECT_EQ(target["again"],
            "wsconform run --profile " + path("p.json") + " --target mine --cases " + cases());
}

TEST(CommandAgain, SaysWhatReachesTheTargetAsAShellTakesIt) {
  TargetOptions options;
  options.url = "ws://127.0.0.1:{port}/";
  options.exec = "it's {port}";
  options.insecure = true;
  options.headers = {"X-Key: 1"};
  EXPECT_EQ(command_again(options, {}),
            "wsconform run 'ws://127.0.0.1:{port}/' --exec 'it'\\''s {port}' --insecure "
            "--header 'X-Key: <hidden>'");
}

TEST(CommandAgain, HidesWhatLetsInUnlessItIsToBeShown) {
  TargetOptions options;
  options.url = "ws://h/?room=7&token=sesame";
  options.headers = {"Origin: https://h", "Authorization: Bearer sesame"};
  EXPECT_EQ(command_again(options, {}),
            "wsconform run 'ws://h/?room=7&token=<hidden>' --header 'Origin: https://h' "
            "--header 'Authorization: <hidden>'");
  options.shows_secrets = true;
  EXPECT_EQ(command_again(options, {}),
            "wsconform run 'ws://h/?room=7&token=sesame' --header 'Origin: https://h' "
            "--header 'Authorization: Bearer sesame' --show-secrets");
}

TEST_F(RunTargets, TakesNoHiddenValueForOneToSend) {
  const Ended header = run({"run", "ws://127.0.0.1:1/", "--header", "Cookie: <hidden>"});
  EXPECT_EQ(header.exit_code, exit_usage);
  EXPECT_EQ(
      header.err,
      "wsconform: --header 'Cookie: <hidden>': reports hide what was here; put it in again.\n");
  const Ended url = run({"run", "ws://127.0.0.1:1/?token=<hidden>", "--cases", cases()});
  EXPECT_EQ(url.exit_code, exit_usage);
  EXPECT_EQ(
      url.err,
      "wsconform: The URL 'ws://127.0.0.1:1/?token=<hidden>': reports hide what was here; put "
      "it in again.\n");
}

TEST_F(RunTargets, ReadsTheProfileOfTheFolderItIsCalledIn) {
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

TEST_F(RunTargets, JudgesEveryTargetAndEndsWithTheWorstOfTheirCodes) {
  RunningServer server;
  write("p.json", R"({ "targets": [
    { "name": "gone", "url": "ws://127.0.0.1:1/" },
    { "name": "there", "url": ")" +
                      server.url() + R"(" } ] })");
  fs::create_directory(path("out"));
  const Ended all = run({"run", "--profile", path("p.json"), "--cases", cases(), "--json",
                         path("out/{target}.json")});
  EXPECT_EQ(all.exit_code, exit_unreachable) << all.out;
  EXPECT_NE(all.err.find("cannot be judged"), std::string::npos) << all.err;
  EXPECT_TRUE(fs::exists(path("out/there.json")));
  const Ended one =
      run({"run", "--profile", path("p.json"), "--cases", cases(), "--target", "there"});
  EXPECT_EQ(one.exit_code, exit_as_expected) << one.out << one.err;
}

TEST_F(RunTargets, FindsKnownFailingBesideTheProfile) {
  RunningServer server;
  write("sub/known.txt", "s/1-ping/ping/*  # a reason\n");
  write("sub/p.json", R"({ "known-failing": "known.txt", "url": ")" + server.url() + R"(" })");
  const Ended ended = run({"run", "--profile", path("sub/p.json"), "--cases", cases()});
  EXPECT_EQ(ended.exit_code, exit_unexpected) << "they pass now: " << ended.out;
}

TEST_F(RunTargets, EndsWithOneForAnEntryThatMatchesNothingAndOnlyTellsItInAFilteredRun) {
  RunningServer server;
  write("known.txt", "s/gone  # a reason\n");
  const std::string words = "The known-failing entry s/gone matches no case.\n";
  const auto judged = [&](std::vector<std::string> more) {
    std::vector<std::string> all = {"run",     server.url(),      "--cases",
                                    cases(),   "--known-failing", path("known.txt"),
                                    "--junit", path("r.xml"),     "--no-limits"};
    all.insert(all.end(), more.begin(), more.end());
    return run(std::move(all));
  };
  const Ended whole = judged({});
  EXPECT_EQ(whole.exit_code, exit_unexpected);
  EXPECT_NE(whole.out.find(words), std::string::npos) << whole.out;
  for (const char* filter : {"--case", "--exclude"}) {
    const Ended filtered = judged({filter, "ping/0"});
    EXPECT_EQ(filtered.exit_code, exit_as_expected) << filter;
    EXPECT_NE(filtered.out.find(words), std::string::npos) << filtered.out;
  }
}

TEST_F(RunTargets, LeavesCasesOutAndTellsHowMany) {
  RunningServer server;
  const Ended ended = run({"run", server.url(), "--cases", cases(), "--exclude", "ping/0"});
  EXPECT_EQ(ended.exit_code, exit_as_expected) << ended.err;
  EXPECT_NE(ended.out.find(": 1 case (1 excluded), "), std::string::npos) << ended.out;
}

TEST_F(RunTargets, ExpectsWhatIsNoWorseThanTheBaseline) {
  ServerOptions wrong;
  wrong.echo.defect = defect_named("pongs-masked");
  RunningServer faulty(std::move(wrong));
  RunningServer good;
  const auto judged = [&](const RunningServer& server, std::vector<std::string> more) {
    more.insert(more.begin(), {"run", server.url(), "--cases", cases(), "--no-limits"});
    return run(std::move(more)).exit_code;
  };
  EXPECT_EQ(judged(faulty, {"--json", path("faulty.json")}), exit_unexpected);
  EXPECT_EQ(judged(good, {"--json", path("good.json")}), exit_as_expected);
  EXPECT_EQ(judged(faulty, {"--baseline", path("faulty.json")}), exit_as_expected);
  EXPECT_EQ(judged(faulty, {"--baseline", path("good.json")}), exit_unexpected);
  EXPECT_EQ(judged(good, {"--baseline", path("faulty.json")}), exit_as_expected);
  EXPECT_EQ(judged(good, {"--baseline", path("faulty.json"), "--json", path("faulty.json")}),
            exit_as_expected);
  EXPECT_EQ(judged(good, {"--baseline", path("none.json")}), exit_usage);
}

TEST_F(RunTargets, AsksForThePortOfATargetThatItDoesNotStart) {
  const Ended ended = run({"run", "ws://127.0.0.1:{port}/", "--cases", cases()});
  EXPECT_EQ(ended.exit_code, exit_usage);
  EXPECT_EQ(
      ended.err,
      "wsconform: The URL 'ws://127.0.0.1:{port}/' leaves the port open, which wsconform chooses "
      "only for a target that it starts: give --exec, or the port.\n");
}

TEST_F(RunTargets, TakesTheCommandForAProfileThatLeavesThePortOpen) {
  write("p.json", R"({ "url": "ws://127.0.0.1:{port}/" })");
  TargetOptions options;
  options.profile = path("p.json");
  const auto no_needs = [] { return std::set<std::string>(); };
  EXPECT_THROW(options.load(no_needs), UsageError);
  options.exec = "server {port}";
  EXPECT_EQ(options.load(no_needs).front().exec, "server {port}");
}

TEST_F(RunTargets, LetsTheCommandLineWinOverTheProfile) {
  RunningServer server;
  write("p.json", R"({ "name": "a", "url": "ws://127.0.0.1:1/" })");
  const Ended ended = run({"run", server.url(), "--profile", path("p.json"), "--name", "b",
                           "--cases", cases(), "--json", path("{target}.json")});
  EXPECT_EQ(ended.exit_code, exit_as_expected) << ended.out << ended.err;
  EXPECT_TRUE(fs::exists(path("b.json")));
}

TEST_F(RunTargets, EndsWithTwoAndOneLineForABadProfile) {
  write("p.json", "{\n\"url\": 1 }");
  const Ended bad = run({"run", "--profile", path("p.json")});
  EXPECT_EQ(bad.exit_code, exit_usage);
  EXPECT_EQ(bad.err,
            "wsconform: " + path("p.json") + ":2: /url: is 1, but has to be a text in quotes\n");
  EXPECT_EQ(run({"run", "--profile", path("none.json")}).exit_code, exit_usage);
  write("p.json", "{ \"url\": \"ws://h/\",\n\"features\": [\"flying\"] }");
  EXPECT_EQ(
      run({"run", "--profile", path("p.json"), "--cases", cases()}).err,
      "wsconform: " + path("p.json") + ":2: /features: names \"flying\", which no case needs\n");
}

TEST_F(RunTargets, EndsWithTwoWhereOptionsAndProfileDoNotFit) {
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
            "wsconform: --known-failing belongs to one target: choose it with --target.\n");
  EXPECT_EQ(told({"--update-known-failing"}),
            "wsconform: --update-known-failing needs a file: --known-failing, or that of the "
            "profile.\n");
  EXPECT_EQ(run({"run", "ws://127.0.0.1:1/", "--target", "a", "--cases", cases()}).exit_code,
            exit_usage);
}

}  // namespace
}  // namespace wsconform::run_targets_test
