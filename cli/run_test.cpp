#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/exit_code.h"
#include "cli/tested_program.h"
#include "runner/process/target_process.h"

namespace wsconform::run_test {
namespace {

using tested::Ended;
using tested::run;

class Run : public tested::Program {};

TEST_F(Run, EndsWithTwoAndOneLineForAProcessThatIsGone) {
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
  EXPECT_EQ(json["target"]["url"], "ws://127.0.0.1:{port}/");
  EXPECT_EQ(json["target"]["name"], "ws://127.0.0.1:{port}/");
  for (const auto& fact : json["target"]["facts"]) names += fact["name"].get<std::string>() + '\n';
  return names;
}

TEST_F(Run, SearchesForLimitsInAWholeRunAndWhereItIsToldTo) {
  const auto searches = [&](const std::vector<std::string>& options) {
    return facts_told(options, cases(), path("results.json")).find("largest text message") !=
           std::string::npos;
  };
  EXPECT_TRUE(searches({}));
  EXPECT_FALSE(searches({"--no-limits"}));
  EXPECT_FALSE(searches({"--case", "ping"}));
  EXPECT_TRUE(searches({"--case", "ping", "--limits"}));
}

TEST_F(Run, TellsWhatATargetUsesThatItStarted) {
  EXPECT_NE(
      facts_told({"--no-limits"}, cases(), path("results.json")).find("memory after the cases"),
      std::string::npos);
}

TEST_F(Run, EndsWithTwoForAProcessIdThatIsNone) {
  for (const char* pid : {"0", "-4", "server"})
    EXPECT_EQ(run({"run", "ws://127.0.0.1:9/", "--pid", pid}).exit_code, exit_usage) << pid;
  EXPECT_EQ(run({"run", "ws://127.0.0.1:9/", "--pid", "1", "--exec", "x"}).exit_code, exit_usage);
}

TEST_F(Run, EndsWithTwoForAProcessThatDoesNotListenOnThePort) {
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

}  // namespace
}  // namespace wsconform::run_test
