#include "tests/over_sockets.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <utility>

#include "runner/casebook/case.h"

namespace wsconform {

namespace asio = boost::asio;

TargetProfile profile_at(std::uint16_t port) {
  TargetProfile profile;
  profile.url = "ws://127.0.0.1:" + std::to_string(port) + "/";
  profile.name = profile.url;
  profile.address = *parse_target_url(profile.url);
  return profile;
}

Results judge(const TargetProfile& profile, const std::vector<Case>& cases, TargetProcess* process,
              RunOptions options) {
  asio::io_context loop;
  SuiteRun run(loop, profile, std::move(options), process,
               {[](const Results&, std::size_t) {}, [](const CaseResult&) {}});
  return run.run(cases);
}

Results judge(std::uint16_t port, const std::vector<Case>& cases, TargetProcess* process,
              RunOptions options) {
  return judge(profile_at(port), cases, process, std::move(options));
}

void start(TargetProcess& process, std::uint16_t port) {
  asio::io_context loop;
  TargetProfile profile = profile_at(port);
  Pace pace;
  const StopSign never;
  TcpStage stage(loop, profile, pace, never, &process);
  EXPECT_FALSE(TargetKeeper(stage).start());
}

std::string ws_echo(const std::string& options) {
  return "exec node " WSCONFORM_SOURCE_DIR "/tests/peers/ws_echo.mjs {port} " + options;
}

}  // namespace wsconform
