#include "server-under-test/status/server_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "server-under-test/status/chronicle.h"

namespace wsconform::server_log_test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::MatchesRegex;

TEST(LogText, HasAWordForEachField) {
  EXPECT_EQ(
      log_text(LogForm::text, "request",
               {{"id", std::uint64_t{7}}, {"path", "/a"}, {"reason", "in words"}, {"age-s", 1.5}}),
      "request id=7 path=/a reason=\"in words\" age-s=1.500");
}

TEST(LogText, LetsNoClientWriteFieldsOrLines) {
  EXPECT_EQ(log_text(LogForm::text, "request", {{"path", "/a\" status=200\n\x1b[2J"}}),
            "request path=\"/a\\x22 status=200\\n\\x1b[2J\"");
  EXPECT_EQ(log_text(LogForm::text, "request", {{"path", ""}}), "request path=\"\"");
}

TEST(LogText, IsAMemberOfAnObjectEachAsJson) {
  const json line = json::parse(
      "{" + log_text(LogForm::json, "request", {{"id", std::uint64_t{7}}, {"path", "/\"\n\xff"}}) +
      "}");
  EXPECT_EQ(line, json::parse(R"({ "event": "request", "id": 7, "path": "/\"\\n\\xff" })"));
}

// Two files of its own, read once the log is no more.
class ALog : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directory(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  LogOptions options() const {
    return {.access_file = folder_ / "access", .error_file = folder_ / "error"};
  }
  std::string text_of(const char* name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / name).rdbuf();
    return text.str();
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("wsconform-log-" + std::to_string(getpid()));
};

TEST_F(ALog, HasALineForEachRequestAndEachClose) {
  Chronicle chronicle;
  chronicle.write_to(std::make_shared<ServerLog>(options()));
  chronicle.answered(
      7, {.client = {.address = "192.0.2.1"}, .user = "ann"},
      {.method = "GET", .path = "/a b", .agent = "curl", .status = 404, .reason = "no"});
  chronicle.ended({.id = 7, .address = "192.0.2.1", .path = "/", .age = std::chrono::seconds(2)},
                  {.code = 1002, .failed = true, .reason = "wrong"});
  chronicle.happened(8, "192.0.2.2", Incident::stalled, "It took nothing.");
  chronicle.write_to(nullptr);
  const std::string time = "[0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+.[0-9]+Z ";
  EXPECT_THAT(text_of("access"),
              MatchesRegex(time +
                           "info access request id=7 address=192.0.2.1 user=ann method=GET "
                           "path=\"/a b\" status=404 reason=no agent=curl\n" +
                           time +
                           "info access close id=7 address=192.0.2.1 path=/ code=1002 "
                           "reason=wrong age-s=2.000 received-messages=0 received-bytes=0 "
                           "sent-messages=0 sent-bytes=0\n"));
  EXPECT_THAT(text_of("error"), MatchesRegex(time + "warning error stalled id=8 address=192.0.2.2 "
                                                    "reason=\"It took nothing.\"\n"));
}

TEST_F(ALog, HasAnObjectALineAsJson) {
  LogOptions json_options = options();
  json_options.form = LogForm::json;
  Chronicle chronicle;
  chronicle.write_to(std::make_shared<ServerLog>(json_options));
  chronicle.answered(7, {}, {.method = "GET", .path = "/", .status = 200});
  chronicle.write_to(nullptr);
  const json line = json::parse(text_of("access"));
  EXPECT_EQ(line["level"], "info");
  EXPECT_EQ(line["log"], "access");
  EXPECT_EQ(line["status"], 200);
}

TEST_F(ALog, LeavesOutWhatItsLevelDoesNotTake) {
  LogOptions warnings = options();
  warnings.level = LogLevel::warning;
  Chronicle chronicle;
  chronicle.write_to(std::make_shared<ServerLog>(warnings));
  chronicle.answered(7, {}, {.method = "GET", .path = "/", .status = 200});
  chronicle.answered(8, {}, {.method = "GET", .path = "/", .status = 503});
  chronicle.write_to(nullptr);
  EXPECT_THAT(text_of("access"), MatchesRegex("[^\n]* status=503\n"));
}

TEST_F(ALog, TellsOnceASecondThatNoConnectionCanBeAccepted) {
  Chronicle chronicle;
  chronicle.write_to(std::make_shared<ServerLog>(options()));
  const Instant start(std::chrono::hours(1));
  for (const int milliseconds : {0, 10, 999, 1000})
    chronicle.cannot_accept("why", start + std::chrono::milliseconds(milliseconds));
  chronicle.write_to(nullptr);
  EXPECT_THAT(text_of("error"), MatchesRegex("[^\n]*cannot-accept reason=why\n"
                                             "[^\n]*cannot-accept reason=why\n"));
}

TEST(ServerLogTest, SaysWhichFileItCannotWrite) {
  try {
    const ServerLog log({.access_file = "/dev/null/access"});
    FAIL() << "opened";
  } catch (const LogError& error) {
    EXPECT_THAT(error.what(), HasSubstr("/dev/null/access"));
  }
}

}  // namespace
}  // namespace wsconform::server_log_test
