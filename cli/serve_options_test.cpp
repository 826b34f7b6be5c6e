#include "cli/serve_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "cli/tested_program.h"

namespace wsconform::serve_options_test {
namespace {

using testing::ElementsAre;

class ServeOptions : public tested::Program {
 protected:
  ServeOptions() { add_serve_options(command_, settings_); }
  void parse(std::vector<std::string> arguments) {
    std::ranges::reverse(arguments);
    command_.parse(arguments);
  }

  CLI::App command_;
  ServeSettings settings_;
};

TEST_F(ServeOptions, AreReadOnceMoreWithWhatTheirFileSaysThen) {
  write("serve.json", R"({ "port": 1, "keep-alive": 7, "limits": { "max-connections": 5 } })");
  parse({"--port", "2", "--origin", "https://a.example", "--no-deflate", "--log-level", "error",
         "--config", path("serve.json")});
  write("serve.json", R"({ "port": 3, "limits": { "max-connections": 6 } })");
  reread_serve_options(command_, settings_);
  EXPECT_EQ(settings_.server.port, 2);
  EXPECT_EQ(settings_.server.max_connections, 6U);
  EXPECT_EQ(settings_.keep_alive, 30);
  EXPECT_THAT(settings_.access.origins, ElementsAre("https://a.example"));
  EXPECT_FALSE(settings_.server.echo.deflate);
  EXPECT_EQ(settings_.log.level, LogLevel::error);
}

TEST_F(ServeOptions, StayAsTheyWereWhereTheFileIsWrongThen) {
  write("serve.json", R"({ "limits": { "max-connections": 5 } })");
  parse({"--config", path("serve.json")});
  write("serve.json", R"({ "limits": { "max-connections": 0 } })");
  EXPECT_THROW(reread_serve_options(command_, settings_), std::exception);
  EXPECT_EQ(settings_.server.max_connections, 5U);
}

TEST_F(ServeOptions, NameChatsByTheirPaths) {
  parse({"--chat", "/Chat/", "--chat", "/b", "--max-rooms", "3", "--max-backlog", "9"});
  EXPECT_THAT(settings_.chats, ElementsAre("/chat", "/b"));
  EXPECT_EQ(settings_.server.chat.rooms, 3U);
  EXPECT_EQ(settings_.server.chat.backlog, 9U);
  const tested::Ended told = tested::run({"serve", "--chat", "rooms"});
  EXPECT_EQ(told.exit_code, exit_usage);
  EXPECT_NE(told.err.find("--chat: a path begins with /"), told.err.npos) << told.err;
}

TEST_F(ServeOptions, TellWhichWordsTheLogTakes) {
  const tested::Ended told = tested::run({"serve", "--log-level", "loud"});
  EXPECT_EQ(told.exit_code, exit_usage);
  EXPECT_NE(told.err.find("--log-level: give one of debug|error|info|off|warning"), told.err.npos)
      << told.err;
}

}  // namespace
}  // namespace wsconform::serve_options_test
