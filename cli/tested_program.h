// The program called by a test, in a folder with two small cases, and a server for it to judge.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "cli/program.h"
#include "server-under-test/running_server.h"

namespace wsconform::tested {

struct Ended {
  int exit_code = 0;
  std::string out;
  std::string err;
};

inline Ended run(std::vector<std::string> arguments) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Ended ended;
  ended.exit_code = run_program(std::move(arguments));
  ended.out = testing::internal::GetCapturedStdout();
  ended.err = testing::internal::GetCapturedStderr();
  return ended;
}

inline constexpr const char* two_cases = R"({
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
    folder_ =
        std::filesystem::path(testing::TempDir()) / ("program_test_" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    write("cases/s/1-ping.json", two_cases);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string cases() const { return path("cases"); }

  std::filesystem::path folder_;
};

}  // namespace wsconform::tested
