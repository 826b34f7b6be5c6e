// Runs of the suite over real sockets on 127.0.0.1.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runner/casebook/case.h"
#include "runner/suite/suite_run.h"
#include "server-under-test/running_server.h"

namespace wsconform {

using tested::RunningServer;

TargetProfile profile_at(std::uint16_t port);

// Judges it by the cases, and tells nobody meanwhile.
Results judge(const TargetProfile& profile, const std::vector<Case>& cases,
              TargetProcess* process = nullptr, RunOptions options = {});
Results judge(std::uint16_t port, const std::vector<Case>& cases, TargetProcess* process = nullptr,
              RunOptions options = {});

// Returns once the target answers; a failed expectation where it does not.
void start(TargetProcess& process, std::uint16_t port);

// The command of npm ws with the options of tests/peers/ws_echo.mjs.
std::string ws_echo(const std::string& options = "");

}  // namespace wsconform
